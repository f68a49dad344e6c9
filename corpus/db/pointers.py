"""Indexes for foreign keys that most rows leave empty: with those rows in them, each new one would be written to all of them."""

from django.db import models


def pointers(*names: str, prefix: str) -> list[models.Index]:
    return [
        models.Index(fields=[name], condition=models.Q(**{f"{name}__isnull": False}), name=f"{prefix}_{name}_there")
        for name in names
    ]
