"""How many rows of another table point at a row, for a column of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count_of(model: Any, field: str) -> Any:
    """An annotation. A subquery for each shown row: two joins side by side would multiply their rows."""
    rows = model._base_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(number=Count("*")).values("number")), 0)
