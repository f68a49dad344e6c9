"""One page of a lake: what is kept of it, worked out as the corpus would."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any

from corpus.intake.article_text import clean_record, language_or_guess, refuse_blank, stated_language, title_of
from corpus.near_duplicates.shingles import BANDS, SIZE, bands, signature
from corpus.provenance.sites import host_of
from corpus.readers.extracted import Record
from lake.read.cleaning import packed

VERSION = "2"  # changes when the same record would give another page
SALT = 0  # of bands: all pages of a lake are compared with each other
LONGEST_ADDRESS, LONGEST_FIELD = 2_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LakePage:
    """A text of a crawl. Offset and length: bytes of the file `crawl` as it is stored, or 0; `number`: which text of that record, or row, from 0."""

    page: str
    """Its id in every lake: of the bytes of the crawl, the offset and the number."""
    crawl: str
    crawl_sha256: str
    offset: int
    length: int
    number: int
    name: str
    url: str
    domain: str
    claimed: str
    title: str
    outlet: str
    published: str
    """EDTF"""
    published_basis: str
    language: str
    text: str
    text_sha256: str
    raw_sha256: str
    encoding: str
    reader: str
    reader_version: str
    retrieved: str
    """ISO 8601; empty where the crawl does not say it."""
    cleaning: str
    """How the text came of the raw one: source map, segments, zones, repairs, as JSON."""
    minima: bytes
    bands: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPage:
    """A thing that gave no page, and why, in words for people. Length 0: up to the end of the file."""

    crawl: str
    crawl_sha256: str
    offset: int
    length: int
    name: str
    stage: str
    """crawl: the file itself; page: its reader; text: what was read is no article."""
    why: str


def page_fields(record: Record) -> dict[str, Any]:
    """What a record says of a page, without its position. Raises ValueError for what is no article."""
    cleaned = clean_record(record)
    refuse_blank(cleaned)
    minima = signature(cleaned.text)
    return {
        "name": record.name[:LONGEST_ADDRESS],
        "url": record.url[:LONGEST_ADDRESS],
        "domain": host_of(record.url).removeprefix("www."),
        "claimed": record.claimed[:LONGEST_ADDRESS],
        "title": title_of(record.title, cleaned.text),
        "outlet": record.outlet[:LONGEST_FIELD],
        "published": record.published,
        "published_basis": record.published_basis,
        "language": stated_language(record),  # guessed outside: the table of languages unpacks itself into a file
        "text": cleaned.text,
        "text_sha256": sha256(cleaned.text.encode()),
        "raw_sha256": sha256(record.raw),
        "encoding": record.encoding,
        "reader": record.reader,
        "reader_version": record.reader_version,
        "retrieved": record.retrieved.isoformat() if record.retrieved else "",
        "cleaning": packed(cleaned, record.encoding_basis),
        "minima": minima.astype("<u4").tobytes(),
        "bands": bands(minima, SALT),
    }


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def page_id(crawl_sha256: str, offset: int, number: int) -> str:
    return sha256(f"{crawl_sha256} {offset} {number}".encode())[:32]


WHOLE, MANY = {"offset", "length", "number"}, {"bands"}


def page_from(values: dict[str, Any]) -> LakePage:
    """A page as another process gives it, its language read off the text where it is not stated. Raises TypeError, ValueError or KeyError for what no reader of ours gives."""
    checked = {field.name: checked_value(field.name, values[field.name]) for field in fields(LakePage)}
    if len(checked["minima"]) != 4 * SIZE or len(checked["bands"]) != BANDS:
        raise ValueError("a sketch of another size")
    return LakePage(**checked | {"language": language_or_guess(checked["language"], checked["text"])})


def checked_value(name: str, value: Any) -> Any:
    if name in MANY:
        return [as_whole(one) for one in value]
    if name in WHOLE:
        return as_whole(value)
    kind = bytes if name == "minima" else str
    if not isinstance(value, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return value


def as_whole(value: Any) -> int:
    if not isinstance(value, int) or not -(1 << 63) <= value < 1 << 63:
        raise TypeError("no whole number of 64 bits")
    return value
