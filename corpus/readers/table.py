"""JSON, JSON Lines and CSV: an article for each object or row, by the names of its columns."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.readers import text as plain
from corpus.readers.charset import media_type
from corpus.readers.extracted import Known, Record, Unread, UnreadableError
from corpus.text.storable import UnstorableText, storable

TITLE = "Table of articles"
VERSION = "1"

# What columns are called, by what they hold; the first that is there and not blank is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "articlebody", "content_text", "fulltext", "full_text", "data"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "address", "source_url", "uri"),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet", "publisher", "source", "site", "sitename", "domain"),
    "language": ("language", "lang"),
    "published": ("published", "date", "published_at", "pubdate", "publication_date", "datepublished", "publish_date"),
}
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_JSON_NAMES, _JSON_TYPES = (".json", ".jsonl", ".ndjson"), ("/json", "+json", "/x-ndjson", "/jsonl")
MOST_FIELD = 50_000_000  # characters


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """JSON by its name, its media type or what it is; CSV by its name and a first line that names a column of text."""
    if name.lower().endswith(_JSON_NAMES) or media_type(kind).endswith(_JSON_TYPES):
        return True
    first = first_line(data)
    if first.startswith((b"{", b"[")) and (
        isinstance(loaded(first), dict) or loaded(data.removeprefix(codecs.BOM_UTF8)) is not None
    ):
        return True
    return name.lower().endswith((".csv", ".tsv")) and b"\x00" not in data[:1000]


def first_line(data: bytes) -> bytes:
    return next((line.strip() for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n", 20) if line.strip()), b"")


def loaded(line: bytes | str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record | Unread]:
    """A record for each row. Raises UnreadableError where no column holds the text."""
    content, codec, basis = plain.decode(data)
    content = content.lstrip("\ufeff")
    is_table = name.lower().endswith((".csv", ".tsv")) and not content.lstrip().startswith("{")
    for number, row in csv_rows(content, name) if is_table else json_rows(content):
        label = f"{name}:{number}"
        if isinstance(row, str):
            yield Unread(name=label, why=row)
            continue
        facts = {key: value_of(row, names) for key, names in COLUMNS.items()}
        if not facts["text"].strip():
            yield Unread(name=label, why=f"no text column; name it one of: {', '.join(COLUMNS['text'])}")
            continue
        try:
            yield record_of(row, facts, label, codec, basis)
        except UnstorableText as error:
            yield Unread(name=label, why=str(error))


Row = Mapping[str, Any] | str
"""Values by the names of their columns, or why the row cannot be read."""


def json_rows(content: str) -> Iterator[tuple[int, Row]]:
    """One object, an array of objects, an object around such an array, or an object on each line. Raises UnreadableError for other JSON."""
    whole = loaded(content)
    if whole is None:
        yield from json_lines(content)
        return
    for number, row in enumerate(articles_in(whole), start=1):
        yield number, row if isinstance(row, dict) else "it is not a JSON object"


def articles_in(whole: Any) -> list[Any]:
    if isinstance(whole, dict):
        arrays = [value for value in whole.values() if isinstance(value, list) and any(isinstance(one, dict) for one in value)]
        whole = [whole] if value_of(whole, COLUMNS["text"]) else arrays[0] if len(arrays) == 1 else []
    if not isinstance(whole, list) or not any(isinstance(one, dict) for one in whole):
        raise UnreadableError(
            f"the JSON contains no articles: give one object per article, with its text in one of: {', '.join(COLUMNS['text'])}"
        )
    return whole


def json_lines(content: str) -> Iterator[tuple[int, Row]]:
    rows = [(number, loaded(line)) for number, line in enumerate(content.split("\n"), start=1) if line.strip()]
    if not any(isinstance(row, dict) for _, row in rows):
        raise UnreadableError(f"the JSON is damaged: {damage(content)}")
    yield from ((number, row if isinstance(row, dict) else "the line is not a JSON object") for number, row in rows)


def damage(content: str) -> str:
    try:
        json.loads(content)
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return str(error)
    return "it is empty"


def csv_rows(content: str, name: str) -> Iterator[tuple[int, Row]]:
    """A quotation mark that is not closed takes in all rows up to the next one: its row is told of, and the ones before it are whole."""
    head = content.partition("\n")[0]
    delimiter = "\t" if name.lower().endswith(".tsv") else max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    number, begun = 0, 1
    while True:
        number, begun = number + 1, reader.line_num + 1
        csv.field_size_limit(MOST_FIELD)  # one of the process, in which others read CSV
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = f"row {number}: {quotation(error, reader.line_num - begun)}"
            if columns is None:
                raise UnreadableError(why) from error
            yield begun, why
            continue
        if columns is None:
            columns = with_text_column(values)
        elif values:
            yield reader.line_num, dict(zip(columns, values, strict=False))


def with_text_column(columns: list[str]) -> list[str]:
    if not {column.strip().lower() for column in columns} & set(COLUMNS["text"]):
        raise UnreadableError(f"no text column; name it one of: {', '.join(COLUMNS['text'])}")
    return columns


def quotation(error: csv.Error, more: int) -> str:
    """In words for people; `more`: lines behind the first that went along."""
    lost = f"; the {more} lines after it were lost in it" if more > 1 else "; the line after it was lost in it" if more else ""
    if "unexpected end of data" in str(error):
        return f"a quotation mark is not closed{lost}. Close it, or double it if it belongs to the text"
    if "expected after" in str(error):
        return f"a quotation mark occurs inside quoted text{lost}. Double it, or close the one before it"
    return f"{error}{lost}"


def value_of(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    lowered = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
    values = (lowered.get(name) for name in names)
    return next((as_text(value) for value in values if value not in (None, "", []) and not isinstance(value, dict)), "")


def as_text(value: Any) -> str:
    """Names of several authors stand in an array, each by itself or in an object."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(as_text, value)))
    return str(value.get("name") or "") if isinstance(value, dict) else str(value)


def record_of(row: Mapping[str, Any], facts: Mapping[str, str], label: str, codec: str, basis: str) -> Record:
    text, title = facts["text"].replace("\r\n", "\n"), " ".join(facts["title"].split())[:1000]
    head = f"{title}\n\n" if title and not text.lstrip().startswith(title) else ""
    published = day(facts["published"])
    return Record(
        raw=json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace"),
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
    match = _DAY.match(value.strip())
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else ""
