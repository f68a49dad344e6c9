"""Values of figures that two readings have marked on overlapping words, whatever their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from annotations.agreement.alpha import alpha, coincidences, ratio
from annotations.agreement.marks import Mark, MarkPair

BOUNDS = ("low", "high")
VALUE = (*BOUNDS, "comparator", "unit", "currency", "per_currency", "per_period")
FLAGS = ("approximate", "vague", "statistic", "use")
FIELDS = ("label", *VALUE, "per_count", *FLAGS)
Numbers = Mapping[str, Sequence[tuple[float, float]]]


def value_of(figure: Mark) -> dict[str, Any]:
    """What the figure says: two readings have the value right where all of it is equal."""
    attributes = figure["attributes"]
    per_count = (attributes.get("per_count") or {}).get("n")
    return {"label": figure["label"], **{field: attributes.get(field) for field in VALUE}, "per_count": per_count}


def figure_counts(pairs: Sequence[MarkPair]) -> dict[str, Any]:
    """`right`: pairs of one value; `fields`: pairs with that field or flag equal."""
    fields = dict.fromkeys(FIELDS, 0)
    right = 0
    for left, other in pairs:
        one, two = value_of(left), value_of(other)
        # A price and a sum are two values, whatever their fields share.
        right += one == two and left["attributes"].get("per_unit") == other["attributes"].get("per_unit")
        for field, value in one.items():
            fields[field] += value == two[field]
        for flag in FLAGS:
            fields[flag] += left["attributes"].get(flag) == other["attributes"].get(flag)
    return {"pairs": len(pairs), "right": right, "fields": fields}


def numbers_by_unit(pairs: Sequence[MarkPair]) -> dict[str, list[tuple[float, float]]]:
    """The bounds that both readings give in one unit or currency, the bare count under "count"."""
    numbers: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for left, right in pairs:
        one, two = left["attributes"], right["attributes"]
        if (measure := measure_of(one)) == measure_of(two):
            both = [(one.get(bound), two.get(bound)) for bound in BOUNDS]
            numbers[measure] += [(float(a), float(b)) for a, b in both if a is not None and b is not None]
    return dict(numbers)


def measure_of(attributes: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (attributes.get("unit"), attributes.get("currency")))) or "count"


def alpha_ratio(numbers: Numbers) -> float | None:
    """Chance draws within a unit only, since nobody takes months for won."""
    return alpha([coincidences(pairs) for pairs in numbers.values()], ratio)
