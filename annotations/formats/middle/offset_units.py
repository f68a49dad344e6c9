"""In which unit a file counts that quotes no words: code points, UTF-16 units, or what a reader sees as one character.

Pure. Where the three lead to different places, only one may be such that no mark begins or ends inside of a word or a character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotations.formats.base import Option, Unreadable
from annotations.formats.middle.flat import Fragment
from annotations.text.graphemes import clusters, cuts
from corpus.text.offsets import Offsets

CODEPOINTS, UTF16, GRAPHEMES = UNITS = ("codepoints", "utf16", "graphemes")
UNIT = Option("Unit of offsets. Default: code points, or the unit that matches the marks.", UNITS)


class Counting:
    """Positions of one text in each unit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Offsets(text)
        plain = text.isascii() and "\r" not in text
        self.clusters = None if plain else [*clusters(text), len(text)]

    def codepoints(self, position: int, unit: str) -> int:
        """Raises ValueError for a position that is none in the unit."""
        if unit == UTF16:
            return self.offsets.to_codepoints(position)
        if unit == GRAPHEMES and self.clusters is not None:
            if position >= len(self.clusters):
                raise ValueError(position)
            return self.clusters[position]
        if position > len(self.text):
            raise ValueError(position)
        return position

    def position(self, codepoint: int, unit: str) -> int:
        """The inverse. Raises ValueError for a place inside a character, which the unit does not have."""
        if unit == UTF16:
            return self.offsets.to_utf16(codepoint)
        if unit == GRAPHEMES and self.clusters is not None:
            index = bisect_left(self.clusters, codepoint)
            if self.clusters[index] != codepoint:
                raise ValueError(codepoint)
            return index
        return codepoint

    def ranges(self, positions: Sequence[Fragment], unit: str) -> list[Fragment] | None:
        """In code points; None where one is not in the text."""
        try:
            return [(self.codepoints(start, unit), self.codepoints(end, unit)) for start, end in positions]
        except ValueError:
            return None


def unit_of(counting: Counting, positions: Sequence[Fragment], location: str) -> str:
    """The only unit that fits. Raises Unreadable where several do and differ, or none does."""
    ways = {unit: counting.ranges(positions, unit) for unit in UNITS}
    if ways[CODEPOINTS] == ways[UTF16] == ways[GRAPHEMES]:
        return CODEPOINTS
    fitting = [unit for unit, ranges in ways.items() if ranges is not None and is_whole(counting.text, ranges)]
    if len({tuple(ways[unit] or ()) for unit in fitting}) != 1:
        raise Unreadable(
            f"{location}: {'more than one unit matches' if fitting else 'no unit matches'} the marks: set `unit` to one of "
            f"{', '.join(UNITS)}"
        )
    return fitting[0]


def is_whole(text: str, ranges: Sequence[Fragment]) -> bool:
    """Whether each begins and ends with a word, and cuts none."""
    return all(start < end and not cuts(text, start) and not cuts(text, end) and bare(text[start:end]) for start, end in ranges)


def bare(words: str) -> bool:
    return words.strip() == words
