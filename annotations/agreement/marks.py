"""Marks of two readings: which have the same words, and which share characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotations.agreement.matching import best_matching, weight_of
from corpus.budget import go_on

Mark = Mapping[str, Any]
Bounds = tuple[tuple[int, int], ...]
MarkPair = tuple[Mark, Mark]
Edge = tuple[int, int, int]  # position on the left, on the right, characters that the two share


def bounds_of(mark: Mark) -> Bounds:
    return tuple((part["start"], part["end"]) for part in mark["fragments"])


def same_words(left: Sequence[Mark], right: Sequence[Mark], *, label: bool = True) -> list[MarkPair]:
    """Pairs of the same fragments (and label); each mark is in one pair at most."""
    waiting: dict[Any, list[Mark]] = defaultdict(list)
    for mark in reversed(right):
        waiting[bounds_of(mark), label and mark["label"]].append(mark)
    keys = [(bounds_of(mark), label and mark["label"]) for mark in left]
    return [(mark, waiting[key].pop()) for mark, key in zip(left, keys, strict=True) if waiting[key]]


def overlapping(left: Sequence[Mark], right: Sequence[Mark], *, label: bool = True) -> list[MarkPair]:
    """Pairs that share characters (and have one label): as many as possible, then with as many shared characters as possible, then
    with as many equal labels."""
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    for i, j, shared in edges([bounds_of(mark) for mark in left], [bounds_of(mark) for mark in right]):
        is_equal = left[i]["label"] == right[j]["label"]
        if is_equal or not label:
            weights[i][j] = weight_of(1, shared, is_equal)
    return [(left[i], right[j]) for i, j in best_matching(weights)]


def edges(left: Sequence[Bounds], right: Sequence[Bounds]) -> Iterator[Edge]:
    """Every two that share characters. One sweep over both from the first character to the last; `near` still reach the next one."""
    near: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    sides = (left, right)
    starts = sorted((bounds[0][0], side, position) for side, rows in enumerate(sides) for position, bounds in enumerate(rows))
    for start, side, position in starts:
        go_on()
        own, other = sides[side][position], 1 - side
        near[other][:] = [each for each in near[other] if each[0] > start]
        for _, across in near[other]:
            if shared := shared_characters(own, sides[other][across]):
                yield (position, across, shared) if side == 0 else (across, position, shared)
        near[side].append((own[-1][1], position))


def shared_characters(one: Bounds, other: Bounds) -> int:
    if len(one) == len(other) == 1:
        return max(0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    return sum(max(0, min(end, until) - max(start, since)) for start, end in one for since, until in other)


def by_layer(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    layers: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        layers[mark["layer"]].append(mark)
    return layers
