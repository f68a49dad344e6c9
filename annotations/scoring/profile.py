"""How somebody's readings differ from the gold, by kinds of slips, with examples. Pure but for what it is given."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from annotations.scoring.differences import PairDifference
from annotations.scoring.score_rows import ScoreRow

EXAMPLES = 3
NUMBER = re.compile(r"\b(low|high) (-?[\d,.]+)")
# In this order; of marks, then of what hangs on them.
SLIPS = {
    "missed": "Missed: only in the gold",
    "extra": "Extra: only in the reading",
    "label": "Another label",
    "too long": "Too long",
    "too short": "Too short",
    "words": "Other words",
    "power of ten": "Numbers wrong by a power of ten",
    "value": "Values of figures",
    "entity": "Entities",
    "event": "Attributes of events",
    "argument": "Roles of events",
    "source": "Sources",
}


class SlipExample(NamedTuple):
    row: ScoreRow
    difference: PairDifference


class SlipLine(NamedTuple):
    """`label`: LAYER.LABEL of the gold, where it has one there."""

    slip: str
    label: str
    number: int
    examples: list[SlipExample]


def slips_of(differences: Iterable[tuple[ScoreRow, PairDifference]]) -> list[SlipLine]:
    """By kind and label, the kinds in their order and the most frequent label first; the gold is on the left."""
    groups: dict[tuple[str, str], list[SlipExample]] = defaultdict(list)
    for row, difference in differences:
        groups[slip_of(difference), label_of(difference)].append(SlipExample(row, difference))
    order = list(SLIPS)
    lines = [SlipLine(slip, label, len(some), some[:EXAMPLES]) for (slip, label), some in groups.items()]
    return sorted(lines, key=lambda line: (order.index(line.slip), -line.number, line.label))


def label_of(difference: PairDifference) -> str:
    return f"{difference.layer}.{difference.labels[0]}"


def slip_of(difference: PairDifference) -> str:
    """Of SLIPS."""
    if difference.kind == "value":
        return "power of ten" if is_power_of_ten(difference) else "value"
    if difference.kind != "mark":
        return difference.kind
    if difference.outcome in ONE_SIDED:
        return ONE_SIDED[difference.outcome]
    if difference.outcome == "label":
        return "label"
    gold, own = (side.partition(": ")[2] for side in (difference.left, difference.right))
    if gold in own:
        return "too long"
    return "too short" if own in gold else "words"


ONE_SIDED = {"only left": "missed", "only right": "extra"}


def is_power_of_ten(difference: PairDifference) -> bool:
    """Whether a bound is 10, 100 … times the other one, or a tenth, a hundredth …"""
    gold, own = (dict(NUMBER.findall(side)) for side in (difference.left, difference.right))
    return any(steps(amount(gold[name]), amount(own[name])) for name in gold.keys() & own.keys())


def amount(text: str) -> float:
    return float(text.replace(",", ""))


def steps(gold: float, own: float) -> int:
    """How many powers of ten are between two numbers; 0: none, or something else."""
    if gold * own <= 0 or gold == own:
        return 0
    power = math.log10(own / gold)
    return round(power) if abs(power - round(power)) < 1e-9 else 0
