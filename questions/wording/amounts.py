"""A value of a row in words, as short as a table has room for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from annotations.statements.wording import PERIODS, UNITS, per_unit

COMPARATORS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
OPEN = "value not stated"


def amount_words(value: Mapping[str, Any]) -> str:
    """ "more than 20", "about 5,000 to 7,000", "CNY 45,000 a month for every 300"."""
    number = numbers(value["low"], value["high"], value["comparator"])
    if not number:
        return OPEN
    about = "about " if value["approximate"] and not value["vague"] else ""
    vague = " (vague)" if value["vague"] else ""
    return f"{about}{measured_number(number, value)}{per(value)}{vague}"


def numbers(low: Decimal | None, high: Decimal | None, comparator: str) -> str:
    if low is not None and high is not None:
        return digits(low) if low == high else f"{digits(low)} to {digits(high)}"
    if low is not None:
        return f"{COMPARATORS.get(comparator, 'at least')} {digits(low)}"
    return f"{COMPARATORS.get(comparator, 'at most')} {digits(high)}" if high is not None else ""


def digits(number: Decimal) -> str:
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"


def measured_number(number: str, value: Mapping[str, Any]) -> str:
    """With its currency before the digits, or its unit after them."""
    if value["currency"]:
        head, space, last = number.rpartition(" ") if number.startswith(tuple(COMPARATORS.values())) else ("", "", number)
        return f"{head}{space}{value['currency']} {last}"
    if value["unit"] == "%":
        return f"{number} %"
    if not value["unit"]:
        return number
    word = UNITS.get(value["unit"], value["unit"])
    plural = "s" if word != value["unit"] and number != "1" else ""
    return f"{number} {word}{plural}"


def per(value: Mapping[str, Any]) -> str:
    period, count = value["per_period"], value["per_count"]
    every = f" for every {digits(count)}" if count is not None and count != 1 else " per person" if count == 1 else ""
    article = "an" if period == "PT1H" else "a"
    when = f" {article} {PERIODS[period]}" if period in PERIODS else f" per {period}" if period else ""
    unit = f" per {per_unit(value['per_unit'])}" if value.get("per_unit") else ""
    return f"{unit}{when}{every}"


def sources_words(count: Mapping[str, Any]) -> str:
    """ "2 to 3 sources", "1 source", "at least 12 sources", "no source"."""
    fewest, most = count["fewest"], count["most"]
    if not most:
        return "no source"
    number = f"{fewest} to {most}" if fewest != most else str(most)
    return f"{'' if count['exact'] or fewest == most else 'at least '}{number} source{'s' if most != 1 else ''}"
