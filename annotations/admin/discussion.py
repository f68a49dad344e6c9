"""Threads and posts. Written on their pages; shown here."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import Thread, ThreadPost
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated


@admin.register(Thread)
class ThreadAdmin(CorpusTable):
    list_display = ("quote", "label", "state", "opened_by", "assignee", "at", "corpus")
    list_filter = (CORPUS_FILTER, "state")
    list_select_related = ("corpus", "opened_by", "assignee")
    search_fields = ("quote", "opened_by__username")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    csv_columns = columns(
        "id=pk corpus=corpus.slug assignment=assignment_id mark label quote state opened_by=opened_by.username at "
        "resolved_by=resolved_by.username resolved_at guideline=guideline_id"
    )


@admin.register(ThreadPost)
class ThreadPostAdmin(CorpusTable):
    corpus_path = "thread__corpus"
    list_display = ("text", "thread", "user", "at")
    list_filter = (("thread__corpus", VisibleRelated),)
    list_select_related = ("thread__corpus", "user")
    search_fields = ("text", "user__username")
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk corpus=thread.corpus.slug thread=thread_id text user=user.username at")
