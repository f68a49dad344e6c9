"""Two texts side by side: paragraph by paragraph, and inside those that differ word by word.

The time that it takes is bounded for any text: of the first COMPARED code points, each paragraph is
held against the next few of the other side, very long ones differ as a whole, and what stands
everywhere (the matcher's own junk) is no place to begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

_WORD = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff]|\w+|[^\w\s]")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")
# Paragraphs that share fewer of their pairs of words are not two versions of one.
ALIKE = 0.25
COMPARED, WINDOW, WORDS = 100_000, 20, 4_000


class DiffPiece(NamedTuple):
    """Words of one side; `own`: the other side does not have them here."""

    text: str
    own: bool


class DiffRow(NamedTuple):
    """One paragraph of each side; an empty side has none."""

    left: list[DiffPiece]
    right: list[DiffPiece]

    @property
    def same(self) -> bool:
        return not any(piece.own for piece in (*self.left, *self.right))


def side_by_side(left: str, right: str) -> list[DiffRow]:
    a, b = paragraphs(left[:COMPARED]), paragraphs(right[:COMPARED])
    rows: list[DiffRow] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b).get_opcodes():
        if tag == "equal":
            rows += [DiffRow([DiffPiece(text, False)], [DiffPiece(text, False)]) for text in a[a0:a1]]
        else:
            rows += aligned(a[a0:a1], b[b0:b1])
    return rows


def paragraphs(text: str) -> list[str]:
    return [part for part in text.strip().split("\n\n") if part.strip()]


def aligned(a: Sequence[str], b: Sequence[str]) -> Iterator[DiffRow]:
    """Paragraphs that are versions of each other in one row, the others alone, in the order of both."""
    at = 0
    for text in a:
        match = next((n for n in range(at, min(at + WINDOW, len(b))) if likeness(text, b[n]) >= ALIKE), None)
        if match is None:
            yield DiffRow([DiffPiece(text, True)], [])
            continue
        yield from (DiffRow([], [DiffPiece(other, True)]) for other in b[at:match])
        yield row(text, b[match])
        at = match + 1
    yield from (DiffRow([], [DiffPiece(other, True)]) for other in b[at:])


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring words that both have."""
    a, b = pairs(one), pairs(other)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def pairs(text: str) -> Counter[tuple[str, str]]:
    tokens = _TOKEN.findall(text)
    return Counter(pairwise(["", *tokens, ""]))


def row(left: str, right: str) -> DiffRow:
    a, b = words(left), words(right)
    if max(len(a), len(b)) > 2 * WORDS:
        return DiffRow([DiffPiece(left, True)], [DiffPiece(right, True)])
    pair = DiffRow([], [])
    for tag, a0, a1, b0, b1 in SequenceMatcher(str.isspace, a, b).get_opcodes():
        if a0 < a1:
            pair.left.append(DiffPiece("".join(a[a0:a1]), tag != "equal"))
        if b0 < b1:
            pair.right.append(DiffPiece("".join(b[b0:b1]), tag != "equal"))
    return pair


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sides(left: str, right: str) -> dict[str, Any]:
    """Two texts for the template `corpus/_sides.html`."""
    rows = side_by_side(left, right)
    return {
        "rows": rows,
        "differing": sum(not row.same for row in rows),
        "cut": max(len(left), len(right)) > COMPARED and COMPARED,
    }
