"""The text itself: what may be stored, how it is named by its digest, where its lines end.

Every offset counts Unicode code points from 0, end-exclusive: `text[start:end]` is the quote.
Nothing here changes a character. Texts are not normalised (NFC, NFKC): a changed length would
move every mark behind it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|\n|\r")


class UnstorableText(ValueError):
    """A character that neither PostgreSQL nor UTF-8 can hold. `offset` in code points."""

    def __init__(self, offset: int, what: str) -> None:
        self.offset = offset
        super().__init__(f"{what} at offset {offset} cannot be stored")


class Line(NamedTuple):
    """`text[start:end]` is the line, `text[end:next]` its line end (empty on the last line)."""

    start: int
    end: int
    next: int


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits. Raises UnstorableText."""
    return hashlib.sha256(storable(text).encode()).hexdigest()


def storable(text: str) -> str:
    """The text as it is. Raises UnstorableText for NUL or a lone surrogate, naming the offset."""
    match = _UNSTORABLE.search(text)
    if match:
        char = match.group()
        what = "NUL" if char == "\x00" else f"the lone surrogate U+{ord(char):04X}"
        raise UnstorableText(match.start(), what)
    return text


def lines(text: str) -> Iterator[Line]:
    """The lines of a text, in order; they tile it.

    A line ends at CR LF, LF or CR and nowhere else: form feeds, U+0085 and U+2028 are characters
    of the line, so that the browser, PostgreSQL and Python agree where a line is.
    """
    start = 0
    for line_end in _LINE_END.finditer(text):
        yield Line(start, line_end.start(), line_end.end())
        start = line_end.end()
    if start < len(text):
        yield Line(start, len(text), len(text))
