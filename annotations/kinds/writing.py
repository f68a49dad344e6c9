"""Rows of the kinds on their way into the database: with those of one batch, or with those of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.kinds.write_context import Object, WriteContext


def add(context: WriteContext, model: type[Any], rows: Sequence[Object]) -> None:
    """New rows of one model. Sending raises IntegrityError where one is there already."""
    if rows:
        context.out.add(model, rows)


def overwrite(context: WriteContext, model: type[Any], rows: Sequence[Object]) -> None:
    """Rows of one model that exist."""
    if rows:
        context.out.add(model, rows, over=True)
