"""Conditions on days: two columns hold the first and the last day of something, and an open end has no day in its column.

Both empty: no day is known at all, and no condition on days holds.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def not_before(day: date | str, first: str, last: str) -> Q:
    """Rows that may be on `day` or later; `first` and `last` are paths of the two columns."""
    return Q(**{f"{last}__gte": day}) | Q(**{f"{last}__isnull": True, f"{first}__isnull": False})


def not_after(day: date | str, first: str, last: str) -> Q:
    """Rows that may be on `day` or earlier."""
    return Q(**{f"{first}__lte": day}) | Q(**{f"{first}__isnull": True, f"{last}__isnull": False})
