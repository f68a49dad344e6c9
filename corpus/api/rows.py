"""Lines of a list, presented from `QuerySet.values()`: one query, and only the columns that are shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers

from corpus.api.shape import Shape


class Row(Shape):
    """A field is read from the column `source`. `also` names columns that computed fields read."""

    also: tuple[str, ...] = ()

    @classmethod
    def of[M: Model](cls, rows: QuerySet[M]) -> QuerySet[M, dict[str, Any]]:
        """The lines of these rows."""
        lines: QuerySet[M, dict[str, Any]] = rows.values(*cls.columns())
        return lines

    @classmethod
    def columns(cls) -> list[str]:
        names = list(cls.also)
        for name, field in cls._declared_fields.items():
            if isinstance(field, Row):
                names += field.columns()
            elif not isinstance(field, serializers.SerializerMethodField):
                names.append(field.source or name)
        return list(dict.fromkeys(names))


class OrNull(serializers.CharField):
    """An empty text as null, as in the native format."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_null": True, **options})

    def to_representation(self, value: str) -> Any:
        return value or None
