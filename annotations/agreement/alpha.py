"""Krippendorff's alpha of values that several readings give to the same units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from annotations.agreement.marks import Bounds, Mark, bounds_of

Coincidences = Mapping[tuple[Any, Any], float]
Distance = Callable[[Any, Any], float]


def nominal(a: Any, b: Any) -> float:
    return float(a != b)


def ratio(a: float, b: float) -> float:
    return ((a - b) / (a + b)) ** 2 if a + b else 0.0


def coincidences(units: Iterable[Sequence[Hashable]]) -> Counter[tuple[Any, Any]]:
    """How often two values meet in a unit, each unit weighing as many values as it has. Sums of several texts are those of all."""
    counts: Counter[tuple[Any, Any]] = Counter()
    for values in units:
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    counts[a, b] += 1 / (len(values) - 1)  # type: ignore[assignment]
    return counts


def disagreement(counts: Coincidences, distance: Distance = nominal) -> tuple[float, float]:
    """(observed, expected by chance), both times the number of values."""
    sums: dict[Any, float] = defaultdict(float)
    for (a, _), count in counts.items():
        sums[a] += count
    total = sum(sums.values())
    if total <= 1:
        return 0.0, 0.0
    observed = sum(count * distance(a, b) for (a, b), count in counts.items() if a != b)
    expected = sum(sums[a] * sums[b] * distance(a, b) for a in sums for b in sums if a != b) / (total - 1)
    return observed, expected


def alpha(groups: Iterable[Coincidences], distance: Distance = nominal) -> float | None:
    """Of groups among which chance does not mix values, such as units of money. None where all values are equal: then nobody could err."""
    observed = expected = 0.0
    for counts in groups:
        own = disagreement(counts, distance)
        observed, expected = observed + own[0], expected + own[1]
    return 1 - observed / expected if expected else None


def labels_of_same_words(readings: Iterable[Sequence[Mark]]) -> list[list[str]]:
    """The labels of words that at least two readings have marked in a layer. `readings`: the marks of that layer, of each reading."""
    units: dict[Bounds, list[str]] = defaultdict(list)
    for marks in readings:
        for mark in marks:
            units[bounds_of(mark)].append(mark["label"])
    return [labels for _, labels in sorted(units.items()) if len(labels) > 1]
