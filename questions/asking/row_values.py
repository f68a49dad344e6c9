"""The value of a figure, as a row shows it and as it is compared with others."""

from __future__ import annotations

from typing import Any

from annotations.models import Event, Figure
from questions.values.extents import Value

Object = dict[str, Any]
# Statuses that tell on which side of the publication an event lies.
TOLD_WHEN = ("happened", "ongoing", "expected")
SHOWN = {
    **{name: name for name in ("label", "low", "high", "comparator", "unit", "currency")},
    "approximate": "is_approximate",
    "vague": "is_vague",
}


def amount_of(number: Object, figure: Figure) -> Object:
    """`number`: its entry of the index, which has all but the period and the number of people that it is for."""
    return {name: number[column] for name, column in SHOWN.items()} | {
        "per_unit": figure.per_unit,
        "per_period": figure.per_period,
        "per_count": figure.per_count_n,
    }


def value_of(number: Object, figure: Figure) -> Value:
    amount = amount_of(number, figure)
    amount.pop("vague")
    return Value(**amount | {"approximate": bool(amount["approximate"])})


def possible_days(entry: Object, event: Event | None, undated: bool) -> Object:
    """From which day and before which one it was; null for an undated event that is only considered, or of unknown status: it
    may lie on either side of its report."""
    is_bound = not undated or event is None or event.status in TOLD_WHEN
    return {
        "possible_from": entry["possible"].lower if is_bound else None,
        "possible_before": entry["possible"].upper if is_bound else None,
    }
