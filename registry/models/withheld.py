"""Entities that a person does not see yet although they see the corpus.

They are known from annotations, of which this app knows nothing: the app of annotations puts a function here that names them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

hidden_entities: list[Callable[[Any], Any]] = []  # each: a person → a queryset of ids


def not_withheld(rows: Any, user: Any, *columns: str) -> Any:
    """Rows of which none of the `columns` is an entity that is withheld from the person. A superuser sees all."""
    if user.is_superuser:
        return rows
    for hidden in hidden_entities:
        for column in columns:
            rows = rows.exclude(**{f"{column}__in": hidden(user)})
    return rows
