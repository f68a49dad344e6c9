"""With which chance each text of a plan is read more than once where longer ones are likelier, and which are drawn. Pure.

The draw is systematic: on a line of the chances, one after the other, each whole step after a random start falls into one text. So exactly
as many are drawn as should be, and each with exactly its chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import floor


def chances_by_length(lengths: Sequence[int], number: int) -> list[float]:
    """Of texts in proportion to their lengths, in sum `number`. What would be above 1 is drawn for certain, and the others share the rest."""
    sizes = [max(length, 1) for length in lengths]
    certain: set[int] = set()
    while True:
        rest = [n for n in range(len(sizes)) if n not in certain]
        left, total = number - len(certain), sum(sizes[n] for n in rest)
        above = {n for n in rest if left * sizes[n] >= total}
        if not above:
            return [1.0 if n in certain else left * size / total for n, size in enumerate(sizes)]
        certain |= above
        if len(certain) == len(sizes):
            return [1.0] * len(sizes)


def start_of(seed: int) -> float:
    """The random start of a draw, from 0 to 1."""
    return int.from_bytes(hashlib.sha256(str(seed).encode()).digest()[:6]) / 2**48


def drawn(chances: Sequence[float], start: float) -> list[bool]:
    # A sum of fractions is a whole number but for its last digits.
    steps = [floor(end - start + 1e-9) for end in accumulate(chances, initial=0.0)]
    return [now > before for before, now in pairwise(steps)]
