"""WARC: the pages of a crawl, each read in its turn with its address and the time at which it was fetched."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from corpus.readers.budget import EACH, MEGABYTE
from corpus.readers.charset import media_type
from corpus.readers.extracted import Part, Unread, UnreadableError

TITLE = "Web archive"
VERSION = "1"

CHUNK = 1 << 20
_BEGIN = b"WARC/"
_GZIP = b"\x1f\x8b"
PADDING = b"\r\n\0 "
_LENGTH = re.compile(rb"^Content-Length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion  # the last: the texts of a WET file
# Kinds of content that can hold an article; pictures, scripts and style sheets of a page are passed over in silence.
_TEXTS = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "application/xml",
    "text/xml",
    "application/rss",
    "application/atom",
)


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """Also a packed one: each of its records is packed by itself, so that it cannot be unpacked as one file."""
    return data.startswith(_BEGIN) or (data.startswith(b"\x1f\x8b") and name.lower().endswith(".warc.gz"))


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Part | Unread]:
    """A Part for each page. Raises UnreadableError behind what is whole, or where the file has no page."""
    count = 0
    for record in crawl_pages(io.BytesIO(data), name, len(data)):
        if record.part is not None:
            count += 1
            yield record.part
    if not count:
        raise UnreadableError("the web archive contains no page")


class CrawlPage(NamedTuple):
    """Where a record lies in the file of a crawl, in bytes as they are stored, and the page in it; None for one that is no page."""

    offset: int
    length: int
    part: Part | Unread | None


def crawl_pages(stream: BinaryIO, name: str, size: int) -> Iterator[CrawlPage]:
    """All records of a web archive from where the stream stands, also the texts of a WET file; nothing but one page is in memory.

    `size`: bytes of the file. Raises UnreadableError behind what is whole, with the byte from where on it is not.
    """
    last: tuple[int, Part | Unread | None] | None = None
    end = stream.tell()
    damage: Exception | None = None
    try:
        for offset, part in parts_at(stream, name):
            if last:
                yield CrawlPage(last[0], offset - last[0], last[1])
            last = offset, part
    except (OSError, ValueError, EOFError) as error:
        damage = error
    if last:
        whole = record_end(stream, last[0], size)
        if whole is None:
            raise UnreadableError(f"the web archive ends in the middle of its record at byte {last[0]:,}")
        end = whole
        yield CrawlPage(last[0], end - last[0], last[1])
    if damage:
        raise UnreadableError(f"the web archive is damaged at byte {end:,}, and what follows was not read: {damage}")
    if has_more(stream, end):
        raise UnreadableError(f"the web archive ends in the middle of its record at byte {end:,}")


def parts_at(stream: BinaryIO, name: str) -> Iterator[tuple[int, Part | Unread | None]]:
    for record in ArchiveIterator(stream, parse_http=True, auto_decode="all"):
        yield record.stream_pos, page(record, name) if record.record_type & _WANTED else None


def page_places(stream: BinaryIO) -> Iterator[int]:
    """Where the records begin that may be pages; as far as the archive is whole. Their contents are passed over."""
    with suppress(OSError, ValueError, EOFError):
        for record in ArchiveIterator(stream, record_types=_WANTED, parse_http=False):
            yield record.stream_pos


def record_end(stream: BinaryIO, offset: int, size: int) -> int | None:
    """Where the record that begins there ends; None where the file ends before it, since its parser gives what there is of it."""
    stream.seek(offset)
    head = stream.read(CHUNK)
    if not head.startswith(_GZIP):
        fields, blank, _ = head.partition(b"\r\n\r\n")
        length = _LENGTH.search(fields)
        if not blank and offset + len(head) == size:
            return None
        return min(size, offset + len(fields) + 4 + int(length[1]) + 4) if length else size
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    while head and not unpacking.eof:
        unpacking.decompress(head)
        head = b"" if unpacking.eof else stream.read(CHUNK)
    return stream.tell() - len(unpacking.unused_data) if unpacking.eof else None


def has_more(stream: BinaryIO, end: int) -> bool:
    """Whether anything stands behind the last record: the parser passes over one that ends within its first bytes. Padding is nothing."""
    stream.seek(end)
    rest = stream.read(CHUNK).lstrip(PADDING)
    while rest.startswith(_GZIP):
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            content = unpacking.decompress(rest, CHUNK)
        except zlib.error:
            return True
        if content.strip(PADDING) or not unpacking.eof:
            return True
        rest = unpacking.unused_data.lstrip(PADDING)
    return bool(rest)


def unpacked(stream: Any, most: int) -> bytes | None:
    """All of it; None where it is too much. Even then it is read, as far as is bearable, so that the next page can be."""
    chunks: list[bytes] = []
    size = 0
    while size < 20 * most and (chunk := stream.read(CHUNK)):
        size += len(chunk)
        chunks = [*chunks, chunk] if size <= most else []
    return b"".join(chunks) if size <= most else None


def page(record: Any, name: str) -> Part | Unread | None:
    address = record.headers.get("WARC-Target-URI", "").strip("<>")
    status = record.http_headers.status_code if record.is_http and record.http_headers else 200
    kind = (record.http_headers or {}).get("Content-Type") if record.is_http else record.headers.get("Content-Type", "")
    if status is None or not 200 <= status < 300 or not media_type(kind or "text/html").startswith(_TEXTS):
        return None
    if address and not address.startswith(("http://", "https://")):
        return None  # what the crawler wrote down of itself: metadata://, dns:, urn:
    declared = record.content_length
    label = f"{name}/{address}" if address else name
    content = unpacked(record.reader, EACH)
    if content is None:
        return Unread(name=label, why=f"it expands to more than {EACH // MEGABYTE} MB")
    packed = record.is_http and any(record.http_headers.get(name) for name in ("Transfer-Encoding", "Content-Encoding"))
    if len(content) < declared and not packed:
        return Unread(name=label, why=f"the record declares {declared:,} bytes but has {len(content):,}")
    return Part(data=content, name=label, url=address, kind=kind or "", retrieved=record.record_date)
