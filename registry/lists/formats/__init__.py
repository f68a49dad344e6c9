"""The formats of sanctions lists: which there are, and which one a file is in."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from registry.lists.formats import own, un
from registry.lists.record import ListContents, UnreadableList


class Loader(Protocol):
    """A module that reads files of one format. NUMBER grows with every change of what is read of a file."""

    NUMBER: int

    def claims(self, beginning: bytes) -> bool: ...

    def read(self, file: Path) -> ListContents: ...


def loader(module: ModuleType) -> Loader:
    return cast(Loader, module)


# Own lists have no mark of their own: they come last.
FORMATS: dict[str, Loader] = {"un": loader(un), "own": loader(own)}
BEGINNING = 65_536


def sniffed(file: Path) -> str:
    """The code of the format, by content. Raises UnreadableList."""
    with file.open("rb") as stream:
        beginning = stream.read(BEGINNING)
    for code, each in FORMATS.items():
        if each.claims(beginning):
            return code
    raise UnreadableList("the file is in none of the known formats of sanctions lists")
