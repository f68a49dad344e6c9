"""When something was, as a row says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

PARTS_OF_DAY = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
STATED = "stated"


def written_day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def span(first: date | None, last: date | None) -> str:
    """ "5 Aug – 30 Sep 2017", "from 5 Aug 2017"; empty without any day."""
    if first is None or last is None:
        return f"from {written_day(first)}" if first else f"until {written_day(last)}" if last else ""
    if first == last:
        return written_day(first)
    if is_month(first, last):
        return f"{first:%b} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {written_day(last)}"
    start = f"{first.day} {first:%b}" if first.year == last.year else written_day(first)
    return f"{start} – {written_day(last)}"


def is_month(first: date, last: date) -> bool:
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last + timedelta(1)).day == 1


def stated_time(time: Mapping[str, Any]) -> str:
    """ "5 Aug – 30 Sep 2017 (inferred)", "4 Sep 2017, morning", "undated, not later than 30 Sep 2017"."""
    words = f"“{time['words']}”" if time["words"] else ""
    if time["undated"]:
        return ", ".join(filter(None, ("undated", words, undated_bound(time["possible_from"], time["possible_before"]))))
    part = PARTS_OF_DAY.get(time["part_of_day"], "")
    basis = time["basis"] if time["basis"] != STATED else ""
    return f"{span(time['earliest'], time['latest'])}{f', {part}' if part else ''}{f' ({basis})' if basis else ''}"


def undated_bound(first: date | None, before: date | None) -> str:
    """On which side of the publication it was."""
    if before:
        return f"not later than {written_day(before - timedelta(1))}"
    return f"not before {written_day(first)}" if first else ""
