"""Things that would overlap, in rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class RowSpan(NamedTuple):
    """From left to right, and over how many rows."""

    left: float
    right: float
    rows: int = 1


def stack(reaches: Iterable[RowSpan], most: int, gap: float = 3) -> list[int] | None:
    """The row of each, in their order: the first one in which, and in those below that it needs, it is free. None where `most` do not hold them."""
    ends = [float("-inf")] * most
    rows: list[int] = []
    for left, right, height in reaches:
        row = next((row for row in range(most - height + 1) if max(ends[row : row + height]) + gap <= left), None)
        if row is None:
            return None
        ends[row : row + height] = [right] * height
        rows.append(row)
    return rows
