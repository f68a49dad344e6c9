"""The dates beside a list, from the first to the last day that its table has.

Django looks for the years, months and days of the rows that are shown, which means to read all of them. Here a step without a row
may be offered; two look-ups in an index tell where the table begins and ends.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django import template
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Max, Min
from django.utils import timezone

register = template.Library()

MOST_YEARS = 100  # the latest: one wrong date in a table is not to offer two thousand


class Days:
    """In place of the rows, as Django's tag asks them: `first` and `last` are dates or moments, or None where there are no rows."""

    def __init__(self, first: Any, last: Any, year: int | None, month: int | None) -> None:
        self.first, self.last, self.year, self.month = first, last, year, month

    def aggregate(self, **_: Any) -> dict[str, Any]:
        return {"first": self.first, "last": self.last}

    def dates(self, _: str, step: str) -> list[date]:
        """The first day of each step between the two, of `year` and `month` where the steps are smaller."""
        if not (self.first and self.last):
            return []
        first, last = day_of(self.first), day_of(self.last)
        if step == "year":
            return [date(year, 1, 1) for year in range(max(first.year, last.year - MOST_YEARS + 1), last.year + 1)]
        year, months = self.year or last.year, range(1, 13) if step == "month" else [self.month or last.month]
        days = [date(year, month, day) for month in months for day in days_of(year, month, step)]
        return [
            day
            for day in days
            if first.replace(day=1) <= day.replace(day=1) <= last and (step == "month" or first <= day <= last)
        ]

    datetimes = dates


def days_of(year: int, month: int, step: str) -> range:
    return range(1, 2 if step == "month" else monthrange(year, month)[1] + 1)


def day_of(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


@register.inclusion_tag("admin/date_hierarchy.html", takes_context=True)
def bounded_date_hierarchy(context: Any, changes: Any) -> Any:
    """What Django's tag says of a list, without asking its rows."""
    path = changes.date_hierarchy
    if not path:
        return {"show": False}
    first, last = bounds(changes, context["request"])
    year, month = (number(changes.params.get(f"{path}__{step}")) for step in ("year", "month"))
    bounded: Any = SimpleNamespace(
        date_hierarchy=path,
        model=changes.model,
        params=changes.params,
        get_query_string=changes.get_query_string,
        queryset=Days(first, last, year or only(first, last, "year"), month or only(first, last, "month")),
    )
    return admin_list.date_hierarchy(bounded)


def bounds(changes: Any, request: Any) -> tuple[Any, Any]:
    """The first and the last of the column, in the table that has it, as far as the person may see that."""
    field = get_fields_from_path(changes.model, changes.date_hierarchy)[-1]
    site = changes.model_admin.admin_site
    rows = site.get_model_admin(field.model).get_queryset(request) if site.is_registered(field.model) else changes.root_queryset
    name = field.name if site.is_registered(field.model) else changes.date_hierarchy
    dates = rows.order_by().aggregate(first=Min(name), last=Max(name))
    return dates["first"], dates["last"]


def number(words: Any) -> int | None:
    value = words[0] if isinstance(words, list) else words
    return int(value) if value and str(value).isdecimal() else None


def only(first: Any, last: Any, step: str) -> int | None:
    """The year, or month, where all are of the same."""
    if not (first and last):
        return None
    a, b = day_of(first), day_of(last)
    same = a.year == b.year and (step == "year" or a.month == b.month)
    return getattr(a, step) if same else None
