"""Files of marks that were given on the page. Done there; shown here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from annotations.models import Load
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.show import tidy_json


@admin.register(Load)
class LoadAdmin(CorpusTable):
    list_display = ("at", "name", "format", "begun", "done", "user", "corpus")
    list_filter = (CORPUS_FILTER, "format", "begun")
    list_select_related = ("corpus", "user")
    search_fields = ("name",)
    search_help_text = "Search by file name."
    date_hierarchy = "at"
    ordering = ("-at", "id")
    readonly_fields = ("shown_options", "shown_mapping", "shown_report")
    fieldsets = (
        (None, {"fields": ("corpus", ("name", "format"), ("user", "at"), ("begun", "done"))}),
        ("Options", {"fields": ("shown_options",)}),
        ("Mapping", {"fields": ("shown_mapping",)}),
        ("Result", {"fields": ("shown_report",)}),
    )
    csv_columns = columns("id=pk corpus=corpus.slug name format begun done user=user.username at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    @admin.display(description="options")
    def shown_options(self, row: Load) -> str:
        return tidy_json(row.options)

    @admin.display(description="mapping")
    def shown_mapping(self, row: Load) -> str:
        return tidy_json(row.mapping)

    @admin.display(description="report")
    def shown_report(self, row: Load) -> str:
        return tidy_json(row.report)
