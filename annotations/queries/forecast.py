"""How long the rest takes: weeks are drawn again from the last ones, many times. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

WEEKS = 12  # the last ones, from which weeks are drawn
FEWEST = 4  # weeks, below which they say too little
DRAWS = 1_000
HORIZON = 520  # weeks after which a draw ends
LOW, HIGH = 0.1, 0.9
SEED = 1


@dataclass(frozen=True)
class Forecast:
    """Weeks after which the rest is submitted in 80 of 100 draws: not before `low`, not after `high`."""

    low: int
    high: int


def forecast(weekly: Sequence[int], left: int) -> Forecast | None:
    """`weekly`: what was submitted in each whole week, the last one at the end. None where these are too few, or none is left."""
    drawn_from = list(weekly[-WEEKS:])
    if len(drawn_from) < FEWEST or not any(drawn_from) or not left:
        return None
    random = Random(SEED)  # noqa: S311 - the same numbers give the same forecast
    ends = sorted(weeks_until(left, drawn_from, random) for _ in range(DRAWS))
    return Forecast(ends[int(LOW * DRAWS)], ends[int(HIGH * DRAWS) - 1])


def weeks_until(left: int, drawn_from: Sequence[int], random: Random) -> int:
    for week in range(1, HORIZON + 1):
        left -= random.choice(drawn_from)
        if left <= 0:
            return week
    return HORIZON
