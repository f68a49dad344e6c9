"""Entities that a person does not see yet although they see the corpus.

They are known from annotations, of which this app knows nothing: the app of annotations puts functions here that name them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

hidden_entities: list[Callable[[Any], Any]] = []  # each: a person → a queryset of ids
partly_hidden: list[
    Callable[[Any], Any]
] = []  # each: a person → a queryset of ids of corpora in which there may be such entities


def not_withheld(rows: Any, user: Any, *columns: str) -> Any:
    """Rows of which none of the `columns` is an entity that is withheld from the person. A superuser sees all."""
    if user.is_superuser:
        return rows
    for hidden in hidden_entities:
        for column in columns:
            rows = rows.exclude(**{f"{column}__in": hidden(user)})
    return rows


def of_whole_corpora(user: Any) -> Any:
    """Whether nothing of the row's corpus may be withheld: the same before and after others make an entity, so that it tells of none."""
    condition = ~Q(pk=None)
    for hidden in partly_hidden if not user.is_superuser else ():
        condition &= ~Q(corpus__in=hidden(user))
    return ExpressionWrapper(condition, output_field=BooleanField())
