"""Rows into tables: one statement for each table, and all statements of a batch in one round trip.

What `bulk_create` does, but the statement's head is built once for each table and not at every
save, where building it took longer than the database takes to carry it out. And a batch holds the
lock of its assignment: the fewer times it waits for an answer, the sooner the next one has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from annotations.kinds.place import Place


def add(place: Place, rows: Sequence[Any]) -> None:
    """New rows of one model. `send` raises IntegrityError where one is there already."""
    if rows:
        fields, head, _ = statement(type(rows[0]))
        queue(place, rows, fields, head, "")


def overwrite(place: Place, rows: Sequence[Any]) -> None:
    """Rows of one model that exist."""
    if rows:
        fields, head, tail = statement(type(rows[0]))
        queue(place, rows, fields, head, tail)


def queue(place: Place, rows: Sequence[Any], fields: list[Any], head: str, tail: str) -> None:
    row = f"({', '.join(['%s'] * len(fields))})"
    values = [field.get_db_prep_save(field.pre_save(each, add=True), connection) for each in rows for field in fields]
    place.pending.append((head + ", ".join([row] * len(rows)) + tail, values))


def send(place: Place) -> None:
    """Write what was added and overwritten, in that order. Raises IntegrityError or DataError."""
    if not place.pending:
        return
    statements, values = zip(*place.pending, strict=True)
    place.pending.clear()
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), [value for each in values for value in each])


@cache
def statement(model: type[models.Model]) -> tuple[list[Any], str, str]:
    """The fields that a row brings, and what stands before their values and, for rows that exist, behind."""
    quote, meta = connection.ops.quote_name, model._meta
    fields = [each for each in meta.concrete_fields if not filled_by_database(each)]
    names = [quote(each.column) for each in fields]
    head = f"INSERT INTO {quote(meta.db_table)} ({', '.join(names)}) VALUES "
    changed = ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
    return fields, head, f" ON CONFLICT ({quote(meta.pk.column)}) DO UPDATE SET {changed}"


def filled_by_database(field: Any) -> bool:
    return bool(field.generated or field.has_db_default() or isinstance(field, models.AutoField))
