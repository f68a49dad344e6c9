"""How often a reader uses a label, beside how often all do. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

FEW = 20  # marks of a reader, below which nothing is told


@dataclass(frozen=True)
class LabelLine:
    """`expected`: marks if the reader used the label as often as all; `residual`: how far that is off, in standard deviations.

    None for both where the reader has made fewer than FEW marks.
    """

    user: int
    name: str
    label: str
    marks: int
    expected: float | None
    residual: float | None


def label_lines(marks: Mapping[tuple[int, str], int], names: Mapping[int, str], shown: Iterable[int]) -> Iterator[LabelLine]:
    """`marks`: of all readers, by reader and label. A line for each label that one of `shown` or somebody else uses."""
    by_user, by_label, total = Counter[int](), Counter[str](), 0
    for (user, label), count in marks.items():
        by_user[user] += count
        by_label[label] += count
        total += count
    for user in sorted(shown, key=lambda each: names[each]):
        for label in sorted(by_label):
            own = marks.get((user, label), 0)
            yield LabelLine(user, names[user], label, own, *deviation(own, by_user[user], by_label[label], total))


def deviation(own: int, of_user: int, of_label: int, total: int) -> tuple[float | None, float | None]:
    """(expected, adjusted residual) of a cell of the table reader × label."""
    if of_user < FEW:
        return None, None
    expected = of_user * of_label / total
    variance = expected * (1 - of_user / total) * (1 - of_label / total)
    return expected, (own - expected) / sqrt(variance) if variance else None
