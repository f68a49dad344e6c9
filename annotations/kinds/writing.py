"""Rows into tables, one statement for each table.

What `bulk_create` does, but the statement's head is built once for each table and not at every
save, where building it took longer than the database takes to carry it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models


def add(rows: Iterable[Any]) -> None:
    """New rows of one model. Raises IntegrityError where one is there already."""
    write(list(rows), overwriting=False)


def overwrite(rows: Iterable[Any]) -> None:
    """Rows of one model that exist."""
    write(list(rows), overwriting=True)


def write(rows: list[Any], *, overwriting: bool) -> None:
    if not rows:
        return
    fields, head, tail = statement(type(rows[0]))
    places = f"({', '.join(['%s'] * len(fields))})"
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(head + ", ".join([places] * len(rows)) + (tail if overwriting else ""), values)


@cache
def statement(model: type[models.Model]) -> tuple[list[Any], str, str]:
    """The fields that a row brings, and what stands before their values and, for rows that exist, behind."""
    quote, meta = connection.ops.quote_name, model._meta
    fields = [each for each in meta.concrete_fields if not each.generated and not isinstance(each, models.AutoField)]
    names = [quote(each.column) for each in fields]
    head = f"INSERT INTO {quote(meta.db_table)} ({', '.join(names)}) VALUES "
    changed = ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
    return fields, head, f" ON CONFLICT ({quote(meta.pk.column)}) DO UPDATE SET {changed}"
