"""Readers: one module for each kind of input, chosen by content and not by name.

A reader is a module with

    TITLE    what people call the kind: "Plain text"
    VERSION  changes when the same bytes would give another text
    claims(data: bytes, name: str) -> bool
    read(data: bytes, name: str, url: str) -> Iterator[Record]

`claims` looks at the content first; `name` only settles what content cannot. `read` yields one
Record for each text (an archive or a feed has many) and raises UnreadableError for bytes that it
cannot vouch for. A new reader is its file and its line below; the order is the order of asking.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType

from corpus.readers import html, text
from corpus.record import Record, UnreadableError

READERS: dict[str, ModuleType] = {
    "html": html,
    "text": text,
}

_CONTRACT = {"claims": ["data", "name"], "read": ["data", "name", "url"]}


def records(data: bytes, name: str = "", url: str = "") -> Iterator[Record]:
    """What the first reader that claims these bytes makes of them. Raises UnreadableError."""
    for reader in READERS.values():
        if reader.claims(data, name):
            yield from reader.read(data, name, url)
            return
    raise UnreadableError("no reader knows this kind of file")


def read(data: bytes, name: str = "", url: str = "") -> Record:
    """The only record of a thing that holds one. Raises UnreadableError if it holds more or none."""
    found = list(records(data, name, url))
    if len(found) != 1:
        raise UnreadableError(f"one text was expected, {len(found)} were found")
    return found[0]


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
