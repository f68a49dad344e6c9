"""How far the value of a figure reaches, and whether two values are equal, compatible or in conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

SLACK = Decimal("0.05")  # of an approximate end, as the sums of one article have it
PERIOD = re.compile(r"P(\d+)([MY])")
MONTHS = {"M": 1, "Y": 12}


class Value(NamedTuple):
    """What a figure says. `low` and `high` in `unit` (UCUM) or `currency` (ISO 4217); `per_count`: N of "for every N"; `per_unit`: UCUM of "a tonne"."""

    label: str
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: str = ""
    approximate: bool = False
    unit: str = ""
    currency: str = ""
    per_period: str = ""
    per_count: Decimal | None = None
    per_unit: str = ""


class Extent(NamedTuple):
    """From `low` to `high`, None without bound; counts begin at 0. Each end is part of it or not."""

    low: Decimal
    has_low: bool
    high: Decimal | None
    has_high: bool


class ValueRelation(StrEnum):
    NONE = "none"  # of another label, unit, currency or basis
    EQUAL = "equal"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"


def dimension(value: Value) -> tuple[str, ...]:
    """What two values must share to be compared: label, unit, currency, months of the period, N, what it is for. No rate of exchange is applied."""
    period = PERIOD.fullmatch(value.per_period)
    months = str(int(period[1]) * MONTHS[period[2]]) if period else value.per_period
    n = "" if value.per_count is None else format(value.per_count.normalize(), "f")
    return value.label, value.unit, value.currency, months, n, value.per_unit


def extent(value: Value) -> Extent:
    """An approximate end lies up to 5 % farther out, and is then part of it."""
    slack = SLACK if value.approximate else Decimal(0)
    low, has_low, high, has_high = Decimal(0), True, None, False
    if value.low is not None:
        low, has_low = value.low - abs(value.low) * slack, value.comparator != "gt" or value.approximate
    if value.high is not None:
        high, has_high = value.high + abs(value.high) * slack, value.comparator != "lt" or value.approximate
    return Extent(low, has_low, high, has_high)


def is_apart(one: Extent, other: Extent) -> bool:
    """Whether no number lies in both."""
    return is_below(one, other) or is_below(other, one)


def is_below(one: Extent, other: Extent) -> bool:
    if one.high is None:
        return False
    return one.high < other.low or (one.high == other.low and not (one.has_high and other.has_low))


def compare(one: Value, other: Value) -> ValueRelation:
    if dimension(one) != dimension(other):
        return ValueRelation.NONE
    if essence(one) == essence(other):
        return ValueRelation.EQUAL
    return ValueRelation.CONFLICT if is_apart(extent(one), extent(other)) else ValueRelation.COMPATIBLE


def essence(value: Value) -> tuple[Decimal | None, Decimal | None, str, bool]:
    """What values of one dimension have in common that are written once."""
    return value.low, value.high, value.comparator, value.approximate


def is_disputed(values: Iterable[Value]) -> bool:
    """Whether any two of them are in conflict."""
    return any(compare(one, other) is ValueRelation.CONFLICT for one, other in combinations(values, 2))
