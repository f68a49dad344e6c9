"""Formats of sanctions lists by their code, and which of them a file has."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from registry.lists.files import THE_FILE, archive, is_zip
from registry.lists.formats import eu, ftm, ofac, ofac_csv, own, uk, uk_table, un
from registry.lists.markup import root_of
from registry.lists.record import ListContents, UnreadableList
from registry.lists.spreadsheet import is_spreadsheet

UNKNOWN = f"{THE_FILE} is in none of the known formats of sanctions lists"
HEAD = 65_536  # bytes of a file that its format is recognised by
MODULES: dict[str, ModuleType] = {"ofac": ofac, "ofac_csv": ofac_csv, "eu": eu, "uk": uk, "ftm": ftm, "un": un, "own": own}
ROOTS = {ofac.ROOT: "ofac", eu.ROOT: "eu", uk.ROOT: "uk", un.ROOT: "un"}


class Loader(Protocol):
    """A module that reads files of one format. Its number rises with every change of what is read of a file."""

    TITLE: str
    NUMBER: int

    def read(self, file: Path) -> ListContents: ...


FORMATS: dict[str, Loader] = {code: cast(Loader, module) for code, module in MODULES.items()}


def sniffed(file: Path) -> str:
    """The code of the format, by what is in the file and not by its name. Raises UnreadableList with what was there instead."""
    if file.is_dir():
        return of_names([path.name for path in sorted(file.iterdir())])
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if is_zip(head):
        with archive(file) as content:
            return of_archive(content)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise UnreadableList(f"{UNKNOWN}: it is empty")
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return of_root(root_of(head, THE_FILE))
    return of_text(start)


def of_root(root: str) -> str:
    if root not in ROOTS:
        raise UnreadableList(f"{UNKNOWN}: its root element is {root[:60]}; known are {', '.join(ROOTS)}")
    return ROOTS[root]


def of_archive(content: zipfile.ZipFile) -> str:
    return "uk" if is_spreadsheet(content) else of_names(content.namelist())


def of_names(names: list[str]) -> str:
    if not any(ofac_csv.role(each) == "SDN" for each in names):
        shown = ", ".join(sorted(names)[:5]) or "nothing"
        raise UnreadableList(f"{UNKNOWN}: it contains no SDN.CSV and no content.xml, but {shown[:200]}")
    return "ofac_csv"


def of_text(start: bytes) -> str:
    """By the first lines: JSON, the header of the UK list, or one's own list."""
    first = start.partition(b"\n")[0].decode("utf-8", "replace").strip()
    if first.startswith("{"):
        return "ftm"
    if uk_table.is_table(start.decode("utf-8", "replace")):
        return "uk"
    # A list of one's own has no mark but that it has fields: it comes last.
    if own.claims(start):
        return "own"
    raise UnreadableList(f"{UNKNOWN}: it begins with {first[:60]!r}")
