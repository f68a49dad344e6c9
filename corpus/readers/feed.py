"""RSS and Atom feeds: an article for each entry, with what the feed says of it. The pages themselves are fetched apart."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any
from xml.sax import ContentHandler, SAXException

import defusedxml.sax
import feedparser
from defusedxml.common import DefusedXmlException

from corpus.readers import html
from corpus.readers.extracted import Known, Record, Unread, UnreadableError
from corpus.text.storable import storable

TITLE = "Feed"
VERSION = "1"

_BEGIN = re.compile(
    rb"(?:"
    + html.PROLOG
    + rb"(?:<\?[^>]*+>|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\])?+\s*+>)?+){1,20}+<(?:\w++:)?(?:rss|feed|RDF|channel)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*+[\s/>]|<!--", re.IGNORECASE)
_MARKUP = re.compile(rf"{_TAG.pattern}|&(?:[a-z][a-z0-9]{{1,30}}|#[0-9]{{1,7}}|#x[0-9a-f]{{1,6}});", re.IGNORECASE)
_FIRST = 65_536
# Byte order marks and what UTF-16 without one begins with.
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


def claims(data: bytes, name: str, kind: str = "") -> bool:
    head = data[:_FIRST]
    for mark, codec in _WIDE:
        if head.startswith(mark):
            head = head.decode(codec, "ignore").encode()
    return bool(_BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")))


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record | Unread]:
    """A record for each entry that has text. Raises UnreadableError for XML that does harm, and where nothing is found."""
    refuse_harm(data)
    feed = feedparser.parse(
        data, sanitize_html=False, resolve_relative_uris=False, response_headers={"content-location": url} if url else {}
    )
    if not feed.entries:
        raise UnreadableError("the feed has no entries" if feed.version else "it is XML, but not a feed")
    for number, entry in enumerate(feed.entries, start=1):
        yield record_of(data, feed, entry, f"{name}/{entry.get('link') or entry.get('id') or number}")


def refuse_harm(data: bytes) -> None:
    """Entities that grow or reach out, before the parser sees them. Feeds that are merely ill-formed pass."""
    try:
        defusedxml.sax.parseString(data, ContentHandler(), forbid_dtd=False, forbid_entities=True)
    except DefusedXmlException as error:
        raise UnreadableError("its XML declares entities, which no feed needs: it may be malicious") from error
    except (SyntaxError, ValueError, SAXException, LookupError):
        return  # the lenient parser makes of it what can be made


def record_of(data: bytes, feed: Any, entry: Any, name: str) -> Record | Unread:
    title = line(entry.get("title", ""), is_html=is_html(feed, entry.get("title_detail"), entry.get("title", "")))
    body, is_page = longest(feed, entry)
    text = text_of(body) if is_page else body.strip()
    if not text and not title:
        return Unread(name=name, why="the entry has neither title nor text")
    known = (Known("title", 0, len(title)),) if title and text else ()
    published = stated_day(entry)
    return Record(
        raw=body.encode() if body else title.encode(),
        raw_text=storable("\n\n".join(filter(None, [title, text])) + "\n"),
        known=known,
        encoding=feed.get("encoding") or "utf-8",
        encoding_basis="as the feed declares",
        reader="feed",
        reader_version=f"{VERSION} (feedparser {feedparser.__version__})",
        name=name,
        url=entry.get("link", "") if str(entry.get("link", "")).startswith("http") else "",
        title=title,
        byline=line(entry.get("author", "")),
        outlet=line(feed.feed.get("title", "")),
        language=str(feed.feed.get("language", "") or ""),
        published=published,
        published_basis="stated" if published else "",
    )


def longest(feed: Any, entry: Any) -> tuple[str, bool]:
    """The whole text where the feed has it, else its summary; and whether it is HTML."""
    summary = {"value": entry.get("summary"), "type": (entry.get("summary_detail") or {}).get("type")}
    best = max([*entry.get("content", ()), summary], key=lambda part: len(part.get("value") or ""))
    body = best.get("value") or ""
    return body, is_html(feed, best, body)


def is_html(feed: Any, stated: Any, text: str) -> bool:
    """Atom states it, and means it: "a &lt;b&gt;" of type text is no tag. In RSS all is HTML that has a tag or an entity in it."""
    if str(feed.version).startswith("atom"):
        return bool(stated) and stated.get("type") != "text/plain"
    return bool(_MARKUP.search(text))


def text_of(body: str) -> str:
    """Of HTML. One without tags keeps its lines."""
    if not _TAG.search(body):
        return unescape(body).strip()
    return "\n\n".join(content for _, content in html.all_blocks(html.tree_of(f"<html><body>{body}</body></html>")))


def line(value: Any, *, is_html: bool = True) -> str:
    """One line without tags."""
    text = str(value or "")
    if is_html and ("<" in text or "&" in text):
        text = html.line_of(html.tree_of(f"<html><body>{text}</body></html>"))
    return " ".join(text.split())[:1000]


def stated_day(entry: Any) -> str:
    # Asked as a plain dict: feedparser's own look-up passes one date off as another, with a warning.
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).date().isoformat() if parsed else ""
    except (ValueError, OverflowError, TypeError):
        return ""
