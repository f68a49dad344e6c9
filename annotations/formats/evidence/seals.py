"""Seals of the rows of evidence tables: by them it is told which rows of a saved table are out of date.

Pure. A seal names an assignment and a line in it, and says by a digest what the row said. It is found again as text,
whatever program the table went through: in CSV, workbooks, Word files, Markdown and what is copied out of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import BinaryIO

from annotations.formats.base import Unreadable
from annotations.formats.files.zipped import PIECE, Archive, is_zip
from corpus.readers.budget import ALL, MEMBERS

DIGITS = 12
HEX = f"[0-9a-f]{{{DIGITS}}}"
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SEAL = re.compile(rf"({UUID}):({HEX}):({HEX})".encode())
LENGTH = 36 + 2 * (1 + DIGITS)  # of a seal
MOST_ROWS = 2_000  # of a table that is looked at in one go
PLACE = re.compile(f"(?P<assignment>{UUID}):{HEX}")


@dataclass(frozen=True)
class RowSeal:
    """`assignment`: its UUID. `line`, `state`: digests of the id of a figure or event, and of what its row said."""

    assignment: str
    line: str
    state: str

    def __str__(self) -> str:
        return f"{self.assignment}:{self.line}:{self.state}"


def seal_name(assignment: str, line: str) -> str:
    """What a seal begins with, by which one can ask for its row again."""
    return f"{assignment}:{digest(line)}"


def sealed(assignment: str, line: str, state: str) -> RowSeal:
    """Of the whole id and row. Hexadecimal digits, hyphens and colons alone, whatever a file calls its things."""
    return RowSeal(assignment if re.fullmatch(UUID, assignment) else "", digest(line), digest(state))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGITS]


def seals_in(file: BinaryIO, name: str, most: int | None = None) -> list[RowSeal]:
    """Of the rows of a saved table, each once, in their order; no more than `most`. A piece of the file is held in memory at a time.

    Raises Unreadable for an archive that is none, or unfolds to too much.
    """
    seals: dict[RowSeal, None] = {}
    for seal in chain.from_iterable(map(seals_of, contents(file, name))):
        seals[seal] = None
        if len(seals) == most:
            break
    return list(seals)


def seals_of(pieces: Iterable[bytes]) -> Iterator[RowSeal]:
    """Also those that are cut in two between pieces."""
    rest = b""
    for piece in pieces:
        # Without the NULs, what a spreadsheet saved in UTF-16 reads the same.
        window, end = rest + piece.replace(b"\0", b""), 0
        for match in SEAL.finditer(window):
            yield RowSeal(*(part.decode() for part in match.groups()))
            end = match.end()
        rest = window[max(end, len(window) - LENGTH + 1) :]


def contents(file: BinaryIO, name: str) -> Iterator[Iterable[bytes]]:
    """Of the file, or of each member of the archive that it is, in pieces."""
    if not is_zip(file):
        yield iter(partial(file.read, PIECE), b"")
        return
    archive = Archive(file, name, most=ALL)
    if len(archive.names) > MEMBERS:
        raise Unreadable(f"{name}: has {len(archive.names):,} files in it; a table is read out of at most {MEMBERS:,}")
    yield from map(archive.pieces, sorted(archive.names))
