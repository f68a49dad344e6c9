"""What corpora call their labels in files of other tools. Made on the page of an export or of a load; corrected here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from annotations.models import FormatMapping
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns


@admin.register(FormatMapping)
class FormatMappingAdmin(CorpusTable):
    edit_role = delete_role = "manager"
    list_display = ("format", "corpus", "changed_by", "changed")
    list_filter = (CORPUS_FILTER, "format")
    list_select_related = ("corpus", "changed_by")
    search_fields = ("corpus__name", "corpus__slug", "=format")
    search_help_text = "Search by corpus or format."
    ordering = ("corpus__slug", "format")
    readonly_fields = ("corpus", "format", "changed_by", "changed")
    fields = ("corpus", "format", "words", ("changed_by", "changed"))
    csv_columns = columns("corpus=corpus.slug format words changed_by=changed_by.username changed")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)
