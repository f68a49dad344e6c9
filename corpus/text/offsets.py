"""Positions in a text: Unicode code points, UTF-16 units (browsers).

Everything stored is in code points. Only characters outside the basic plane make UTF-16 differ, so
the index holds their places alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left

ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Converts positions of one text, each in O(log n). Positions count from 0; `len` is allowed.

    Raises ValueError for a position outside the text, and for one inside a surrogate pair.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._astral = [match.start() for match in ASTRAL.finditer(text)]
        # In UTF-16 the nth astral character starts n units later than in code points.
        self._astral_utf16 = [position + n for n, position in enumerate(self._astral)]

    @property
    def utf16_length(self) -> int:
        return len(self.text) + len(self._astral)

    def to_utf16(self, position: int) -> int:
        """Code points → UTF-16 units."""
        self._within(position, len(self.text), "code points")
        return position + bisect_left(self._astral, position)

    def to_codepoints(self, position: int) -> int:
        """UTF-16 units → code points."""
        self._within(position, self.utf16_length, "UTF-16 units")
        before = bisect_left(self._astral_utf16, position)
        if before and self._astral_utf16[before - 1] == position - 1:
            raise ValueError(f"{position} is inside a surrogate pair")
        return position - before

    @staticmethod
    def _within(position: int, length: int, unit: str) -> None:
        if not 0 <= position <= length:
            raise ValueError(f"{position} is outside a text of {length} {unit}")
