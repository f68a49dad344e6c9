"""E-mail messages, and pages saved as one file (MHTML): the body, and each attachment in its turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Any

from corpus.readers import html
from corpus.readers import text as plain
from corpus.readers.charset import Decision, declared
from corpus.readers.extracted import Known, Part, Record, Unread, UnreadableError
from corpus.text.storable import storable

TITLE = "E-mail or saved page"
VERSION = "1"

# Header lines only, and one of those that every message or saved page has.
_HEADERS = re.compile(rb"(?:[ \t]*+\r?\n)*+(?:From [^\n]*+\n)?+(?:[!-9;-~]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)++\r?\n")
_SURE = re.compile(
    rb"^(?:from|received|mime-version|message-id|return-path|delivered-to|snapshot-content-location):",
    re.IGNORECASE | re.MULTILINE,
)
_SECOND = re.compile(rb"^(?:to|subject|date|content-type|sender|received|mime-version|message-id):", re.IGNORECASE | re.MULTILINE)


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """Headers first. Articles that begin with "From: …" alone are no mail, unless they are named so."""
    match = _HEADERS.match(data[:65_536])
    if not match or b"\n" not in data:
        return False
    head = match[0]
    return bool(_SURE.search(head) and _SECOND.search(head)) or name.lower().endswith((".eml", ".mht", ".mhtml"))


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record | Part | Unread]:
    """The text of the message, then its attachments. Raises UnreadableError for a message without any text."""
    message = BytesParser(policy=policy.default).parsebytes(data.lstrip(b"\r\n"))
    if message.get_content_type() == "multipart/related" and header(message, "Snapshot-Content-Location", "Content-Location"):
        yield saved_page(data, message, name, url)
        return
    has_parts = False
    body = body_of(message)
    if body is not None:
        record = message_record(data, message, body, name, url)
        if record is not None:
            has_parts = True
            yield record
    for number, part in enumerate(attachments(message, body), start=1):
        has_parts = True
        yield attachment(part, f"{name}/{part.get_filename() or f'attachment {number}'}")
    if not has_parts:
        raise UnreadableError("the message contains no text")


def header(message: EmailMessage, *names: str) -> str:
    """The first of these headers; blank where it is missing or cannot be read."""
    for name in names:
        try:
            value = message.get(name)
        except (ValueError, IndexError, AttributeError, TypeError):
            continue  # the parser of the standard library fails on some malformed headers
        if value:
            return " ".join(str(value).split())
    return ""


def body_of(message: EmailMessage) -> EmailMessage | None:
    """Plain text before HTML, as the sender offers both; else the first text that is no file."""
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except (AttributeError, KeyError):
        body = None
    if body is None:
        leaves = (part for part in message.walk() if part.get_content_type() in ("text/plain", "text/html"))
        body = next((part for part in leaves if not part.get_filename() and payload(part).strip()), None)
    return body if isinstance(body, EmailMessage) else None


def attachments(message: EmailMessage, body: EmailMessage | None) -> Iterator[EmailMessage]:
    """Parts that a person would open: files, and messages that were passed on."""
    if message.get_content_type() == "message/rfc822":
        yield message
        return
    todo = [message]
    while todo:
        part = todo.pop(0)
        inner = part.iter_parts() if part.is_multipart() and part.get_content_type() != "message/rfc822" else ()
        todo = [*(one for one in inner if isinstance(one, EmailMessage)), *todo]
        is_file = part.get_content_disposition() == "attachment" or part.get_filename()
        if (
            part is not body
            and part.get_content_maintype() != "multipart"
            and (is_file or part.get_content_type() == "message/rfc822")
        ):
            yield part


def attachment(part: EmailMessage, label: str) -> Part | Unread:
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        return (
            Part(data=bytes(inner[0]), name=label)
            if isinstance(inner, list) and inner
            else Unread(name=label, why="the message in it is damaged")
        )
    if part.get_content_maintype() in ("image", "audio", "video"):
        return Unread(
            name=label,
            why=f"it is {'an' if part.get_content_maintype() in ('image', 'audio') else 'a'} {part.get_content_maintype()} file, not text",
        )
    return Part(data=payload(part), name=label, kind=header(part, "Content-Type"))


def payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def message_record(data: bytes, message: EmailMessage, body: EmailMessage, name: str, url: str) -> Record | None:
    """The subject as its title, then the text. None where the body is blank."""
    is_page = body.get_content_type() == "text/html"
    try:
        content, codec, basis = decoded(body)
        text = html.record_of(data, content, name=name, url=url, encoding=codec, basis=basis).raw_text if is_page else content
    except UnreadableError:
        return None
    subject, published = header(message, "Subject"), day_of(message)
    if not text.strip():
        return None
    head = f"{subject}\n\n" if subject and not is_page else ""
    return Record(
        raw=data,
        raw_text=storable(head + text),
        known=(Known("title", 0, len(subject)),) if head else (),
        encoding=codec,
        encoding_basis=basis,
        reader="mail",
        reader_version=VERSION,
        name=name,
        url=url,
        title=subject,
        byline=header(message, "From")[:300],
        published=published,
        published_basis="stated" if published else "",
    )


def decoded(part: EmailMessage) -> Decision:
    content = payload(part)
    if not content.strip():
        raise UnreadableError("the message is empty")
    label = str(part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        text, codec, basis = html.decode(content, label, "the message")
    elif label == "us-ascii":  # what a message is that declares nothing
        text, codec, basis = plain.decode(content)
    else:
        text, codec, basis = declared(content, label, "the message") or plain.decode(content)
    return text.replace("\r\n", "\n"), codec, basis


def day_of(message: EmailMessage) -> str:
    """The day on which it was sent, where the sender was."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def saved_page(data: bytes, message: Any, name: str, url: str) -> Record:
    """MHTML: the first page in it is the one that was saved; pictures and styles follow."""
    address = header(message, "Snapshot-Content-Location", "Content-Location") or url
    page = next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        raise UnreadableError("it contains no page")
    text, codec, basis = html.decode(payload(page), str(page.get_content_charset() or ""), "the saved page")
    return html.record_of(data, text, name=name, url=address if address.startswith("http") else url, encoding=codec, basis=basis)
