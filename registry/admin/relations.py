"""Relations between entities, as a list of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from registry.admin.entities import RelationForm
from registry.admin.writing import count_up
from registry.models import Relation


@admin.register(Relation)
class RelationAdmin(CorpusTable):
    form = RelationForm
    edit_role = add_role = delete_role = "manager"
    list_display = ("source", "type", "target", "basis", "note", "corpus")
    list_filter = (CORPUS_FILTER, "type", "basis")
    list_select_related = ("source", "target", "corpus")
    search_fields = ("source__name", "target__name", "note")
    ordering = ("source__name", "type", "target__name")
    autocomplete_fields = ("source", "target")
    csv_columns = columns(
        "id=pk corpus=corpus.slug source=source.name source_id type target=target.name target_id basis note revision",
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        state = ("corpus", "revision", "read_revision") if obj else ()
        return ("source", "type", "target", "basis", "note", *state)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("source", "corpus", "revision") if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.has_changed():
            count_up(obj)
