"""Rows of the kinds on their way into the database: with those of one batch, or with those of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.kinds.write_context import Object, Place


def add(place: Place, model: type[Any], rows: Sequence[Object]) -> None:
    """New rows of one model. Sending raises IntegrityError where one is there already."""
    if rows:
        place.out.add(model, rows)


def overwrite(place: Place, model: type[Any], rows: Sequence[Object]) -> None:
    """Rows of one model that exist."""
    if rows:
        place.out.add(model, rows, over=True)
