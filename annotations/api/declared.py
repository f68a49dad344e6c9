"""Serializers with the fields of a declared type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.kinds.write_context import plain
from annotations.native.types import FLAG, NUMBER, WORD, Field, fields
from corpus.api.rows import OrNull, Row


@extend_schema_field({"type": "number", "nullable": True})
class Number(serializers.Field[Any, Any, Any, Any]):
    """A decimal as JSON writes it: whole numbers without a point."""

    def to_representation(self, value: Any) -> Any:
        return plain(value)


COLUMNS: dict[str, Callable[..., serializers.Field[Any, Any, Any, Any]]] = {
    WORD: OrNull,
    NUMBER: Number,
    FLAG: lambda **options: serializers.BooleanField(allow_null=True, **options),
}


def declared(kind: type) -> Callable[[type[Row]], type[Row]]:
    """Gives a row the fields of a declared type, in its order and after the row's own: plain columns by their kind,
    the others as the class states them. Raises KeyError for one that it does not state."""

    def add(row: type[Row]) -> type[Row]:
        own = row._declared_fields  # noqa: SLF001 - which `Row.columns` reads, too
        for name, field in fields(kind).items():
            own[name] = of_column(field) if field.column else own.pop(name)
        return row

    return add


def of_column(field: Field) -> serializers.Field[Any, Any, Any, Any]:
    return COLUMNS[field.column](help_text=field.help or None)
