"""How often a row is used, in words: why it cannot be deleted."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

PROTECTING: tuple[object, ...] = (models.PROTECT, models.RESTRICT)


def uses_of(row: models.Model) -> str:
    """ "41 marks and 3 events", from every table whose rows protect this one; empty for none."""
    counts = [counted(number, model) for model, number in protecting(row).items()]
    return " and ".join(filter(None, [", ".join(counts[:-1]), *counts[-1:]]))


def protecting(row: models.Model) -> dict[type[models.Model], int]:
    numbers: dict[type[models.Model], int] = {}
    for field in protecting_fields(row):
        number = field.model._base_manager.filter(**{field.name: row}).count()
        if number:
            numbers[field.model] = numbers.get(field.model, 0) + number
    return numbers


def protecting_fields(row: models.Model) -> Iterator[models.ForeignObject]:
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many and relation.on_delete in PROTECTING:
            yield relation.field


def counted(number: int, model: type[models.Model]) -> str:
    noun = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number:,} {noun}"
