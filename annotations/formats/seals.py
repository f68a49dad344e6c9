"""Seals of the rows of evidence tables: by them it is told which rows of a saved table are out of date.

Pure. A seal names an assignment and a line in it, and says by a digest what the row said. It is found again as text,
whatever program the table went through: in CSV, workbooks, Word files, Markdown and what is copied out of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotations.formats.zipped import LARGEST_MEMBER, Archive, is_zip

DIGITS = 12
HEX = f"[0-9a-f]{{{DIGITS}}}"
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SEAL = re.compile(rf"({UUID}):({HEX}):({HEX})".encode())
PLACE = re.compile(f"(?P<assignment>{UUID}):{HEX}")


@dataclass(frozen=True)
class Seal:
    """`assignment`: its UUID. `line`, `state`: digests of the id of a figure or event, and of what its row said."""

    assignment: str
    line: str
    state: str

    def __str__(self) -> str:
        return f"{self.assignment}:{self.line}:{self.state}"


def placed(assignment: str, line: str) -> str:
    """What a seal begins with, by which one can ask for its row again."""
    return f"{assignment}:{digest(line)}"


def sealed(assignment: str, line: str, said: str) -> Seal:
    """Of the whole id and row. Hexadecimal digits, hyphens and colons alone, whatever a file calls its things."""
    return Seal(assignment if re.fullmatch(UUID, assignment) else "", digest(line), digest(said))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGITS]


def seals_in(file: BinaryIO, name: str) -> list[Seal]:
    """Of the rows of a saved table, each once, in their order. Raises Unreadable for an archive that is none."""
    # Without the NULs, what a spreadsheet saved in UTF-16 reads the same.
    found = (match for content in contents(file, name) for match in SEAL.findall(content.replace(b"\0", b"")))
    return list(dict.fromkeys(Seal(*(part.decode() for part in match)) for match in found))


def contents(file: BinaryIO, name: str) -> Iterator[bytes]:
    if is_zip(file):
        archive = Archive(file, name)
        yield from (archive.content(member) for member in sorted(archive.names))
    else:
        yield file.read(LARGEST_MEMBER)
