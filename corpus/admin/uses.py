"""How often a row is used, in words: why it cannot be deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models


def uses_of(row: models.Model) -> str:
    """ "41 marks and 3 events", from every table whose rows protect this one; empty for none."""
    counts = [counted(number, model) for model, number in protecting(row).items()]
    return " and ".join(filter(None, [", ".join(counts[:-1]), *counts[-1:]]))


def protecting(row: models.Model) -> dict[Any, int]:
    numbers: dict[Any, int] = {}
    for field in protecting_fields(row):
        number = field.model._base_manager.filter(**{field.name: row}).count()
        if number:
            numbers[field.model] = numbers.get(field.model, 0) + number
    return numbers


def protecting_fields(row: models.Model) -> Iterator[Any]:
    for relation in row._meta.get_fields(include_hidden=True):
        pointed_at = relation.auto_created and not relation.concrete and not relation.many_to_many
        if pointed_at and relation.on_delete in (models.PROTECT, models.RESTRICT):
            yield relation.field


def counted(number: int, model: Any) -> str:
    noun = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number:,} {noun}"
