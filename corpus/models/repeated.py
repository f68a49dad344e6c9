"""Queries that nearly every request asks: their SQL is built once in the life of a process.

Django builds the SQL of a queryset anew at each evaluation. For a join or two that takes it five
times as long as PostgreSQL takes to answer, and only one thread at a time can do it. The queryset
stays the one place that says who may see what: only the values change from call to call.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, Model, QuerySet

Part = tuple[str, type[Model], list[str]]


class Slot(Expression):
    """Stands in a queryset for a value that each call brings: `filter(digest=Slot("digest"))`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Repeated:
    """`rows` gives a queryset with Slots in it; `fields` of its model and of `related` ones are
    fetched (all, where none is named), the others are deferred."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], fields: tuple[str, ...] = (), **related: tuple[str, ...]) -> None:
        self.rows = rows
        self.fields = fields
        self.related = related

    @cached_property
    def parts(self) -> list[Part]:
        """("", model, columns) and (name, model, columns) of each related one, in the order in which Django selects them."""
        own = self.rows().model
        joined = [each for each in own._meta.concrete_fields if each.name in self.related]
        related = [(each.name, each.related_model, columns(each.related_model, self.related[each.name])) for each in joined]
        return [("", own, columns(own, (*self.fields, *self.related) if self.fields else ())), *related]

    @cached_property
    def statement(self) -> tuple[str, tuple[Any, ...]]:
        wanted = [f"{name}__{field}" if name else field for name, _, names in self.parts for field in names]
        rows = self.rows().only(*wanted)
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.query.sql_with_params()

    def first(self, **values: Any) -> Any | None:
        """The first row as an object, or None. `values`: one for each Slot, of the type of its column."""
        sql, parameters = self.statement
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[each.name] if isinstance(each, Slot) else each for each in parameters])
            row = cursor.fetchone()
        return self.built(row) if row else None

    def built(self, row: tuple[Any, ...]) -> Any:
        whole, start = None, 0
        for name, model, names in self.parts:
            end = start + len(names)
            item = model.from_db(connection.alias, names, row[start:end])
            if name:
                setattr(whole, name, item)
            whole, start = whole or item, end
        return whole


def columns(model: type[Model], fields: tuple[str, ...]) -> list[str]:
    """The columns in the order in which Django selects them; all of them where none is named."""
    return [
        each.attname
        for each in model._meta.concrete_fields
        if each.primary_key or not fields or {each.name, each.attname} & set(fields)
    ]
