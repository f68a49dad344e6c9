"""Filters beside a list. They offer what the person may see and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

LONGEST = 200


class VisibleRelated(admin.RelatedFieldListFilter):
    """The rows that a foreign key points at, as far as the person may see them in the admin.

    Django's own filter lists every row of the table: the names of other people's corpora.
    """

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[Any, Any]]:
        table = model_admin.admin_site.get_model_admin(field.remote_field.model)
        rows = table.get_queryset(request)[:LONGEST]
        return [(row.pk, str(row)) for row in rows]
