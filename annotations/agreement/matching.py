"""One-to-one matchings of greatest weight, on sparse edges."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.budget import go_on

Weights = Mapping[int, Mapping[int, float]]


def weight_of(*numbers: int) -> int:
    """One weight of several numbers: sums of weights compare by the sums of the first, then of the second, and so on."""
    weight = 0
    for number in numbers:
        weight = (weight << 64) + number
    return weight


def best_matching(weights: Weights) -> list[tuple[int, int]]:
    """The pairs (left, right) with the greatest sum of weights; each left and each right in at most one. Weights are positive."""
    search = MatchingSearch(weights)
    for left, row in sorted(weights.items()):
        if row:
            search.add(left)
    return sorted(search.right_of.items())


class PathEnd(NamedTuple):
    """Where a search ends: `left` takes the free `right`, or stays alone where that is None."""

    distance: float
    left: int
    right: int | None


@dataclass
class MatchingSearch:
    """Shortest augmenting paths with potentials (Kuhn and Munkres): one left after another finds its partner, or stays alone.

    A search ends at the nearest free right, so that marks which are far apart in a text do not slow each other down.
    """

    weights: Weights
    right_of: dict[int, int] = field(default_factory=dict)
    left_of: dict[int, int] = field(default_factory=dict)
    price: dict[int, float] = field(default_factory=dict)  # of a right
    gain: dict[int, float] = field(default_factory=dict)  # of a left: at least weight − price, at least 0

    def add(self, start: int) -> None:
        self.gain[start] = max(0, *(weight - self.price.get(right, 0) for right, weight in self.weights[start].items()))
        settled: dict[int, float] = {}
        came_from: dict[int, int] = {}
        end = self.search(start, settled, came_from)
        for right, far in settled.items():
            if far < end.distance:
                self.price[right] = self.price.get(right, 0) + end.distance - far
                self.gain[self.left_of[right]] -= end.distance - far
        self.gain[start] -= end.distance
        self.rearrange(start, end, came_from)

    def search(self, start: int, settled: dict[int, float], came_from: dict[int, int]) -> PathEnd:
        """`settled`: rights on the way with their distance; `came_from`: the left from which a right was reached."""
        reached: dict[int, float] = {}
        heap: list[tuple[float, bool, int]] = []  # of equal distances the free right: whoever has none need not move
        left, far, alone = start, 0 * self.gain[start], PathEnd(self.gain[start], start, None)
        while True:
            go_on()
            base = far + self.gain[left]
            for right, weight in self.weights[left].items():
                distance = base + self.price.get(right, 0) - weight
                if right not in settled and (right not in reached or distance < reached[right]):
                    reached[right], came_from[right] = distance, left
                    heapq.heappush(heap, (distance, right in self.left_of, right))
            while heap and heap[0][2] in settled:
                heapq.heappop(heap)
            if not heap or heap[0][0] >= alone.distance:
                return alone
            far, is_taken, right = heapq.heappop(heap)
            if not is_taken:
                return PathEnd(far, came_from[right], right)
            settled[right], left = far, self.left_of[right]
            if far + self.gain[left] < alone.distance:
                alone = PathEnd(far + self.gain[left], left, None)

    def rearrange(self, start: int, end: PathEnd, came_from: Mapping[int, int]) -> None:
        """Each left on the way takes the right by which the search left it."""
        left, right = end.left, end.right
        if right is None:
            if left == start:
                return
            right = self.right_of.pop(left)
            left = came_from[right]
        while True:
            before = self.right_of.get(left)
            self.right_of[left], self.left_of[right] = right, left
            if before is None:
                return
            right, left = before, came_from[before]
