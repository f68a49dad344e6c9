"""Rows of the kinds on their way into the database: with those of one batch, or with those of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from annotations.kinds.write_context import Object, WriteContext
from corpus.db.row_writer import Gathered, Statements


def add(context: WriteContext, model: type[Any], rows: Sequence[Object]) -> None:
    """New rows of one model. Sending raises IntegrityError where one is there already."""
    if rows:
        context.out.add(model, rows)


def overwrite(context: WriteContext, model: type[Any], rows: Sequence[Object]) -> None:
    """Rows of one model that exist."""
    if rows:
        context.out.add(model, rows, over=True)


def clear(context: WriteContext, model: type[Any], column: str, objects: Sequence[Object]) -> None:
    """Of objects that exist, the rows of another model that belong to them: they go together with what takes their place."""
    statement = f"DELETE FROM {model._meta.db_table} WHERE {column} = ANY($1::uuid[])"
    cast(Statements | Gathered, context.out).do(statement, [[record["id"] for record in objects]])
