"""Suggestions: what readings were offered, and what people did with it."""

from __future__ import annotations

from django.contrib import admin

from annotations.admin.filters import IN_CORPUS, AnnotatorFilter
from annotations.admin.owned import WHOSE, OwnedTable
from annotations.models import SuggestionOutcome, SuggestionsShown
from corpus.admin.base import SuperuserTable
from corpus.admin.download import columns


@admin.register(SuggestionOutcome)
class SuggestionOutcomeAdmin(OwnedTable):
    list_display = ("label", "outcome", "changed", "article", "annotator")
    list_filter = (IN_CORPUS, AnnotatorFilter, "outcome")
    search_fields = ("label", "assignment__document__article__title")
    ordering = ("-assignment__created", "assignment", "fragments", "id")
    readonly_fields = ("article", "annotator")
    fields = (
        "kind",
        "layer",
        "label",
        "fragments",
        "by",
        "outcome",
        "changed",
        "made_kind",
        "made",
        "seconds",
        "article",
        "annotator",
        "key",
        "id",
        "revision",
    )
    csv_columns = (
        columns("id=pk") + WHOSE + columns("revision key kind layer label fragments by outcome changed made_kind made seconds")
    )


@admin.register(SuggestionsShown)
class SuggestionsShownAdmin(SuperuserTable):
    may_add = may_change = False
    list_display = ("at", "assignment", "digest")
    list_select_related = ("assignment__document__article", "assignment__annotator")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk assignment=assignment_id at digest items")
