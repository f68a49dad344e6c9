"""Entities of two readings: which are the same, and how alike the marks of both are grouped by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from annotations.agreement.marks import MarkPair
from annotations.agreement.matching import best_matching, weight_of
from annotations.agreement.reading import ReadingView


def aligned_entities(left: ReadingView, right: ReadingView, shared: Sequence[MarkPair]) -> dict[str, str]:
    """Entities of `right` → of `left`. Those that both know are the same; those that only one of them marks are paired one to one where
    they have one type, by the most pairs of marks in `shared`."""
    votes = Counter((own["attributes"].get("entity"), other["attributes"].get("entity")) for own, other in shared)
    only_left = sorted(left.marked_entities - right.marked_entities)
    only_right = sorted(right.marked_entities - left.marked_entities)
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    for i, own in enumerate(only_left):
        for j, other in enumerate(only_right):
            is_possible = left.types.get(own) == right.types.get(other) and other not in left.types
            if is_possible and (count := votes[own, other]):
                weights[i][j] = weight_of(1, count)
    return {name: name for name in right.types} | {only_right[j]: only_left[i] for i, j in best_matching(weights)}


class Grouping(NamedTuple):
    """Sums over marks: B³ is these divided by `marks`."""

    marks: int
    precision: float
    recall: float


def grouping(keys: Sequence[Hashable], answers: Sequence[Hashable]) -> Grouping:
    """How alike two groupings of the same marks are (B³), `keys` being the key."""
    of_key, of_answer, of_both = Counter(keys), Counter(answers), Counter(zip(keys, answers, strict=True))
    precision = sum(count * count / of_answer[answer] for (_, answer), count in of_both.items())
    recall = sum(count * count / of_key[key] for (key, _), count in of_both.items())
    return Grouping(len(keys), precision, recall)
