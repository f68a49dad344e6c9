"""Subscriptions to feeds. They are changed on the page of the corpus."""

from __future__ import annotations

from django.contrib import admin

from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.models import Feed


@admin.register(Feed)
class FeedAdmin(CorpusTable):
    list_display = ("__str__", "corpus", "is_active", "asked", "due", "failures", "problem")
    list_filter = (CORPUS_FILTER, "is_active")
    list_select_related = ("corpus",)
    search_fields = ("url", "title", "problem")
    date_hierarchy = "created"
    ordering = ("corpus__slug", "url")
    fields = (
        "corpus",
        "url",
        "title",
        "with_pages",
        "other_sites",
        "is_active",
        "created_by",
        "created",
        "minutes",
        "due",
        "asked",
        "failures",
        "problem",
        "left_over",
        "elsewhere",
    )
    csv_columns = columns("id=pk corpus=corpus.slug url title is_active minutes asked due failures problem")
