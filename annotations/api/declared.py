"""Serializers with the fields of a declared type: a row of plain columns, or an object as the native format has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.kinds.write_context import plain
from annotations.native.fields import FLAG, NUMBER, WORD, Field, fields
from annotations.native.validators import Schema, schema_of
from corpus.api.rows import OrNull, Row
from corpus.api.shape import Shape


@extend_schema_field({"type": "number", "nullable": True})
class Number(serializers.Field[Any, Any, Any, Any]):
    """A decimal as JSON writes it: whole numbers without a point."""

    def to_representation(self, value: Any) -> Any:
        return plain(value)


type AnyField = serializers.Field[Any, Any, Any, Any]
COLUMNS: dict[str, Callable[..., AnyField]] = {
    WORD: OrNull,
    NUMBER: Number,
    FLAG: lambda **options: serializers.BooleanField(allow_null=True, **options),
}


def values_of(kind: type) -> Callable[[type[Row]], type[Row]]:
    """Gives a row the fields of a declared type, in its order and after the row's own: plain columns by their kind,
    the others as the class states them. Raises KeyError for one that it does not state."""

    def add(row: type[Row]) -> type[Row]:
        own = row._declared_fields  # noqa: SLF001 - which `Row.columns` reads, too
        for name, field in fields(kind).items():
            own[name] = of_column(field) if field.column else own.pop(name)
        return row

    return add


def of_column(field: Field) -> AnyField:
    return COLUMNS[field.column](help_text=field.help or None)


TYPES: dict[str, Callable[..., AnyField]] = {
    "string": serializers.CharField,
    "integer": serializers.IntegerField,
    "boolean": serializers.BooleanField,
    "object": serializers.DictField,
}


def object_of(kind: type, **after: str) -> Callable[[type[Shape]], type[Shape]]:
    """Gives a shape the fields of a declared type, in its order, but those that it has from its base or states itself.
    `after`: a field of the shape's own → the declared one that it follows; others come last."""

    def add(shape: type[Shape]) -> type[Shape]:
        own = shape._declared_fields  # noqa: SLF001 - no class body can state what is worked out
        stated = {name: own.pop(name) for name in [*own] if name not in inherited(shape)}
        for name, field in fields(kind).items():
            if name not in own:
                own[name] = (
                    stated.pop(name) if name in stated else of_schema(schema_of(field.checker), help_text=field.help or None)
                )
            own.update({each: stated.pop(each) for each, before in after.items() if before == name})
        own.update(stated)
        return shape

    return add


def inherited(shape: type[Any]) -> set[str]:
    return {name for base in shape.__bases__ for name in getattr(base, "_declared_fields", {})}


def of_schema(schema: Schema, **options: Any) -> AnyField:
    """What documents a value of which the checker says this."""
    if "anyOf" in schema:
        return of_schema(schema["anyOf"][0], allow_null=True, **options)
    if "$ref" in schema:
        return serializers.UUIDField(**options)
    if schema["type"] == "array":
        return serializers.ListField(child=of_schema(schema["items"]), **options)
    return TYPES[schema["type"]](**options)
