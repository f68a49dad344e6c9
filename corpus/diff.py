"""Two texts side by side: paragraph by paragraph, and inside those that differ word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff]|\w+|[^\w\s]")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")
# Paragraphs that share less than this are not two versions of one.
ALIKE = 0.4


class Piece(NamedTuple):
    """Words of one side; `own`: the other side does not have them here."""

    text: str
    own: bool


class Row(NamedTuple):
    """One paragraph of each side; an empty side has none."""

    left: list[Piece]
    right: list[Piece]

    @property
    def same(self) -> bool:
        return not any(piece.own for piece in (*self.left, *self.right))


def side_by_side(left: str, right: str) -> list[Row]:
    a, b = paragraphs(left), paragraphs(right)
    rows: list[Row] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row([Piece(text, False)], [Piece(text, False)]) for text in a[a0:a1]]
        else:
            rows += aligned(a[a0:a1], b[b0:b1])
    return rows


def paragraphs(text: str) -> list[str]:
    return [part for part in text.strip().split("\n\n") if part.strip()]


def aligned(a: Sequence[str], b: Sequence[str]) -> Iterator[Row]:
    """Paragraphs that are versions of each other in one row, the others alone, in the order of both."""
    at = 0
    for text in a:
        match = next((n for n in range(at, len(b)) if ratio(text, b[n]) >= ALIKE), None)
        if match is None:
            yield Row([Piece(text, True)], [])
            continue
        yield from (Row([], [Piece(other, True)]) for other in b[at:match])
        yield row(text, b[match])
        at = match + 1
    yield from (Row([], [Piece(other, True)]) for other in b[at:])


def ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, _TOKEN.findall(one), _TOKEN.findall(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def row(left: str, right: str) -> Row:
    a, b = words(left), words(right)
    found = Row([], [])
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a0 < a1:
            found.left.append(Piece("".join(a[a0:a1]), tag != "equal"))
        if b0 < b1:
            found.right.append(Piece("".join(b[b0:b1]), tag != "equal"))
    return found


def words(text: str) -> list[str]:
    return _WORD.findall(text)
