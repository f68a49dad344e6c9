"""Gamma (Mathet, Widlöcher and Métivier 2015) of two readings: position and label of units together, with α = β = 1 and Δ∅ = 1.

The alignment of least disorder is exact. Chance is estimated by random pairs with the numbers, gaps, lengths and labels of the readings.
"""

from __future__ import annotations

import random
import statistics
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotations.agreement.matching import best_matching
from annotations.agreement.unitising import LabelledUnit

ALONE = 1.0  # what a unit without partner costs; a pair costs less than two of them, or is none
Spread = tuple[float, float]  # mean and standard deviation


Units = Sequence[LabelledUnit]


class Disorders(NamedTuple):
    """Both times the mean number of units, so that they add up over texts: gamma is 1 − observed / expected."""

    observed: float
    expected: float


def gamma(left: Units, right: Units, *, samples: int = 30, seed: int = 1) -> Disorders:
    """Raises ValueError where neither has a unit."""
    if not left and not right:
        raise ValueError("Gamma needs at least one unit.")
    size = (len(left) + len(right)) / 2
    observed = disorder(left, right)
    if not observed:
        return Disorders(0.0, size)
    drawn = [disorder(*pair) / ((len(pair[0]) + len(pair[1])) / 2) for pair in random_pairs(left, right, samples, seed)]
    return Disorders(observed, statistics.fmean(drawn) * size)


def disorder(left: Units, right: Units) -> float:
    """Of the best alignment, times the mean number of units."""
    weights: dict[int, dict[int, float]] = defaultdict(dict)
    for i, j, dissimilarity in near(left, right):
        weights[i][j] = 2 * ALONE - dissimilarity
    saved = sum(weights[i][j] for i, j in best_matching(weights))
    return (len(left) + len(right)) * ALONE - saved


def near(left: Units, right: Units) -> Iterator[tuple[int, int, float]]:
    """Pairs that cost less than two units alone, with what they cost."""
    order = sorted(range(len(right)), key=lambda j: right[j].start)
    starts = [right[j].start for j in order]
    longest = max((unit.end - unit.start for unit in right), default=0)
    for i, one in enumerate(left):
        width = one.end - one.start
        # The starts of a pair are less than √2 times the sum of the two lengths apart.
        reach = 1.5 * (width + longest)
        for j in order[bisect_left(starts, one.start - reach) : bisect_right(starts, one.start + reach)]:
            other = right[j]
            apart = abs(one.start - other.start) + abs(one.end - other.end)
            cost = (apart / (width + other.end - other.start)) ** 2 + (one.label != other.label)
            if cost < 2 * ALONE:
                yield i, j, cost


def random_pairs(left: Units, right: Units, samples: int, seed: int) -> Iterator[list[list[LabelledUnit]]]:
    """As the statistical sampler of pygamma-agreement draws them."""
    sides = [sorted(units) for units in (left, right)]
    every = [unit for units in sides for unit in units]
    gaps = [0.0, *(after.start - before.end for units in sides for before, after in pairwise(units))]
    gaps += [units[0].start for units in sides if units and units[0].start > 0]
    numbers, lengths = spread([len(units) for units in sides]), spread([unit.end - unit.start for unit in every])
    labels, gap = [unit.label for unit in every], spread(gaps)
    chance = random.Random(seed)  # noqa: S311 - a statistic, to be the same each time
    for _ in range(samples):
        pair: list[list[LabelledUnit]] = []
        for _ in sides:
            least = 0 if any(pair) else 1
            pair.append(random_units(max(least, abs(int(chance.gauss(*numbers)))), gap, lengths, labels, chance))
        yield pair


def random_units(number: int, gap: Spread, length: Spread, labels: Sequence[str], chance: random.Random) -> list[LabelledUnit]:
    position, units = 0.0, []
    for _ in range(number):
        start = position + chance.gauss(*gap)
        width = at_least_one(lambda: abs(chance.gauss(*length)))
        units.append(LabelledUnit(start, start + width, chance.choice(labels)))
        position = start + width
    return units


def at_least_one(draw: Callable[[], float]) -> float:
    while (number := draw()) < 1:
        pass
    return number


def spread(numbers: Sequence[float]) -> Spread:
    return statistics.fmean(numbers), statistics.pstdev(numbers)
