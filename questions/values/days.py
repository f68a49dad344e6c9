"""The days on which an event may have been, from what is stated of it, else from the day of publication."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class DaySpan(NamedTuple):
    """First and last day, both included; None without bound."""

    first: date | None
    last: date | None


ANY_DAY = DaySpan(None, None)


def possible_days(stated: DaySpan, published: DaySpan, *, is_future: bool) -> DaySpan:
    """`stated`: earliest and latest day of the event's time. `is_future`: an event that is expected comes after the statement."""
    if stated != ANY_DAY:
        return stated
    return DaySpan(published.first, None) if is_future else DaySpan(None, published.last)


def meet(one: DaySpan, other: DaySpan) -> bool:
    """Whether they have a day in common."""
    return starts_by(one, other.last) and starts_by(other, one.last)


def starts_by(days: DaySpan, last: date | None) -> bool:
    return days.first is None or last is None or days.first <= last


def lies_within(inner: DaySpan, outer: DaySpan) -> bool:
    """Whether every day of `inner` is one of `outer`."""
    return is_from(inner.first, outer.first) and is_until(inner.last, outer.last)


def is_from(day: date | None, first: date | None) -> bool:
    return first is None or (day is not None and day >= first)


def is_until(day: date | None, last: date | None) -> bool:
    return last is None or (day is not None and day <= last)
