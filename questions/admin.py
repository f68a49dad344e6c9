"""Saved questions, what people have seen of their answers, and judgements of events. Superusers read; the pages write."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from corpus.admin.download import columns
from corpus.admin.logs import ReadOnlyLog
from questions.models import Judgement, SavedQuestion, SeenState


@admin.register(SavedQuestion)
class SavedQuestionAdmin(ReadOnlyLog):
    list_display = ("name", "corpus", "owner", "ledger", "is_shared", "changed")
    list_filter = ("ledger", "is_shared")
    list_select_related = ("corpus", "owner")
    search_fields = ("name", "query", "owner__username")
    search_help_text = "Search by name, filters or owner."
    date_hierarchy = "changed"
    ordering = ("-changed",)
    fields = ("name", "corpus", "owner", "ledger", "query", "note", "is_shared", "created", "changed")
    csv_columns = columns("id=pk name corpus=corpus.slug owner=owner.username ledger query note is_shared created changed")


@admin.register(SeenState)
class SeenStateAdmin(ReadOnlyLog):
    """Without its rows: what a person has seen is theirs."""

    list_display = ("question", "user", "at", "new", "changed", "gone")
    list_select_related = ("question", "user")
    search_fields = ("question__name", "user__username")
    search_help_text = "Search by question or user."
    date_hierarchy = "at"
    ordering = ("-at",)
    fields = ("question", "user", "at", "is_whole", "new", "changed", "gone", "counted_at")
    csv_columns = columns("id=pk question=question.name user=user.username at is_whole new changed gone counted_at")

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer("rows")


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyLog):
    list_display = ("at", "corpus", "verdict", "by", "note", "undone_by", "undone_at")
    list_filter = ("verdict",)
    list_select_related = ("corpus", "by", "undone_by")
    search_fields = ("=one", "=other", "note", "by__username")
    search_help_text = "Search by the id of an event, reason or reviewer."
    date_hierarchy = "at"
    ordering = ("-at",)
    fields = ("at", "corpus", "one", "other", "verdict", "note", "by", "undone_by", "undone_at")
    csv_columns = columns(
        "id=pk at corpus=corpus.slug one other verdict note by=by.username undone_by=undone_by.username undone_at"
    )
