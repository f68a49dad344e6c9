"""Readers: one module for each kind of input, chosen by content first, then by media type and name.

A reader is a module with

    TITLE    what people call the kind: "Plain text"
    VERSION  changes when the same bytes would give another text
    claims(data: bytes, name: str, kind: str) -> bool
    read(data: bytes, name: str, url: str, kind: str) -> Iterator[Record | Part | Unread]

`claims` looks at the content first; `kind` (the Content-Type that came with it) and `name` settle what content cannot. `read` yields a Record
for each text; a Part for what lies in it and must be read in its turn (an archive, a mail, a crawl);
an Unread for what it passes over and should be told of. It raises UnreadableError for bytes that it
cannot vouch for. A new reader is its file and its line below; the order is the order of asking.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from corpus.readers import archive, docx, feed, html, mail, markdown, pdf, squeezed, table, text, warc
from corpus.readers.budget import Budget, SpentError
from corpus.readers.extracted import Part, Record, Unread, UnreadableError
from corpus.text.storable import UnstorableText

READERS: dict[str, ModuleType] = {
    "pdf": pdf,
    "docx": docx,
    "archive": archive,
    "warc": warc,
    "squeezed": squeezed,
    "feed": feed,
    "html": html,
    "markdown": markdown,
    "mail": mail,
    "table": table,
    "text": text,
}

# What only holds other things.
CONTAINERS = (archive, warc, squeezed)

_CONTRACT = {"claims": ["data", "name", "kind"], "read": ["data", "name", "url", "kind"]}


def records(
    data: bytes, name: str = "", url: str = "", kind: str = "", budget: Budget | None = None
) -> Iterator[Record | Unread]:
    """Every text in these bytes, however deep, and what could not be read; never raises for bad bytes."""
    budget = budget or Budget()
    try:
        reader = reader_of(data, name, kind)
        budget.take(data, name, is_container=reader in CONTAINERS)
        for record in reader.read(data, name, url, kind):
            budget.check_time(name)
            if not isinstance(record, Part):
                yield record
                continue
            with budget.inside(record.name):
                inner = records(record.data, record.name, record.url, record.kind, budget)
                yield from (dated(one, record) for one in inner)
    except SpentError as error:
        if budget.level:
            raise  # to the upload as a whole: nothing more of it is read
        yield Unread(name=error.name, why=str(error))
    except (UnreadableError, UnstorableText) as error:
        yield Unread(name=name, why=str(error))


def dated(record: Record | Unread, part: Part) -> Record | Unread:
    """A record that was fetched when the thing around it says so."""
    if isinstance(record, Record) and part.retrieved and not record.retrieved:
        return replace(record, retrieved=part.retrieved)
    return record


def reader_of(data: bytes, name: str, kind: str = "") -> ModuleType:
    """Raises UnreadableError where nobody claims the bytes."""
    for reader in READERS.values():
        if reader.claims(data, name, kind):
            return reader
    raise UnreadableError("files of this type cannot be read")


def read(data: bytes, name: str = "", url: str = "") -> Record:
    """The only record of a thing that holds one. Raises UnreadableError if it holds more or none."""
    all_records = list(records(data, name, url))
    unread = next((one for one in all_records if isinstance(one, Unread)), None)
    if unread:
        raise UnreadableError(unread.why)
    if len(all_records) != 1 or not isinstance(all_records[0], Record):
        raise UnreadableError(f"one text was expected, {len(all_records)} were found")
    return all_records[0]


def check(key: str, reader: ModuleType) -> None:
    """Raises TypeError if the module is not a reader."""
    for name in ("TITLE", "VERSION"):
        if not isinstance(getattr(reader, name, None), str):
            raise TypeError(f"reader {key!r}: {name} is missing or not a string")
    for name, parameters in _CONTRACT.items():
        function = getattr(reader, name, None)
        if not callable(function) or list(inspect.signature(function).parameters) != parameters:
            raise TypeError(f"reader {key!r}: {name}({', '.join(parameters)}) is missing")


for _key, _reader in READERS.items():
    check(_key, _reader)
