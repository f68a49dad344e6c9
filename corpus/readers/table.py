"""JSON Lines and CSV: an article for each line, by the names of its columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.readers import text as plain
from corpus.record import Known, Record, Unread, UnreadableError
from corpus.text import storable

TITLE = "Table of articles"
VERSION = "1"

# What columns are called, by what they hold; the first that is there and not blank is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "articlebody", "fulltext", "full_text", "data"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "address", "source_url", "uri"),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet", "publisher", "source", "site", "sitename", "domain"),
    "language": ("language", "lang"),
    "published": ("published", "date", "published_at", "pubdate", "publication_date", "datepublished", "publish_date"),
}
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
csv.field_size_limit(50_000_000)


def claims(data: bytes, name: str) -> bool:
    """JSON Lines by their first line; CSV by its name and a first line that names a column of text."""
    first = first_line(data)
    if first.startswith(b"{"):
        return isinstance(loaded(first), dict)
    return name.lower().endswith((".csv", ".tsv")) and b"\x00" not in data[:1000]


def first_line(data: bytes) -> bytes:
    return next((line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 20) if line.strip()), b"")


def loaded(line: bytes | str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def read(data: bytes, name: str, url: str) -> Iterator[Record | Unread]:
    """A record for each line. Raises UnreadableError where no column holds the text."""
    content, codec, basis = plain.decode(data)
    rows = json_rows(content) if content.lstrip("\ufeff \r\n").startswith("{") else csv_rows(content, name)
    for number, row in rows:
        label = f"{name}:{number}"
        if row is None:
            yield Unread(name=label, why="the line is no JSON object")
            continue
        facts = {key: value_of(row, names) for key, names in COLUMNS.items()}
        if not facts["text"].strip():
            yield Unread(name=label, why=f"it has no text; one of these columns must hold it: {', '.join(COLUMNS['text'])}")
            continue
        yield record_of(row, facts, label, codec, basis)


def json_rows(content: str) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    for number, line in enumerate(content.lstrip("\ufeff").split("\n"), start=1):
        if line.strip():
            row = loaded(line)
            yield number, row if isinstance(row, dict) else None


def csv_rows(content: str, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        dialect: Any = csv.Sniffer().sniff(content[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if name.lower().endswith(".tsv") else csv.excel
    reader = csv.DictReader(io.StringIO(content.lstrip("\ufeff"), newline=""), dialect=dialect)
    named = {str(column).strip().lower() for column in reader.fieldnames or ()}
    if not named & set(COLUMNS["text"]):
        raise UnreadableError(f"no column holds the text; it must be called one of: {', '.join(COLUMNS['text'])}")
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UnreadableError(f"line {reader.line_num}: {error}") from error


def value_of(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    lowered = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
    found = (lowered.get(name) for name in names)
    return next((as_text(value) for value in found if value not in (None, "", [])), "")


def as_text(value: Any) -> str:
    return "; ".join(map(as_text, value)) if isinstance(value, list) else value if isinstance(value, str) else str(value)


def record_of(row: Mapping[str, Any], facts: Mapping[str, str], label: str, codec: str, basis: str) -> Record:
    text, title = facts["text"].replace("\r\n", "\n"), " ".join(facts["title"].split())[:1000]
    head = f"{title}\n\n" if title and not text.lstrip().startswith(title) else ""
    published = day(facts["published"])
    return Record(
        raw=json.dumps(row, ensure_ascii=False, default=str).encode(),
        raw_text=storable(head + text),
        known=(Known("title", 0, len(title)),) if head else (),
        encoding=codec,
        encoding_basis=basis,
        reader="table",
        reader_version=VERSION,
        name=label,
        url=facts["url"][:2000] if facts["url"].startswith(("http://", "https://")) else "",
        title=title,
        byline=facts["byline"][:300],
        outlet=facts["outlet"][:200],
        language=facts["language"][:35],
        published=published,
        published_basis="stated" if published else "",
    )


def day(value: str) -> str:
    """ISO 8601, with slashes too: other orders of day and month could mean two days."""
    found = _DAY.match(value.strip())
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
