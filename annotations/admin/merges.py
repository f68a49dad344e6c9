"""Which entities were merged and parted again. Done on the pages of entities; shown here."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import Merge, MovedBatch
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import tidy_json


@admin.register(Merge)
class MergeAdmin(CorpusTable):
    list_display = ("at", "gone_name", "kept_name", "marks", "user", "undone_at", "corpus")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus", "user", "undone_by")
    search_fields = ("gone_name", "kept_name", "=gone", "=kept")
    search_help_text = "Search by name or entity id."
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    readonly_fields = ("shown_before",)
    fieldsets = (
        (None, {"fields": ("corpus", ("gone_name", "gone"), ("kept_name", "kept"), "marks", ("user", "at"))}),
        ("Progress", {"fields": (("moved", "total"), "is_finished")}),
        ("Undone", {"fields": (("undone_by", "undone_at"),)}),
        ("Before the merge", {"fields": ("shown_before",)}),
    )
    csv_columns = columns(
        "id=pk corpus=corpus.slug gone gone_name kept kept_name marks user=user.username at undone_by=undone_by.username undone_at"
    )

    @admin.display(description="before")
    def shown_before(self, row: Merge) -> str:
        return tidy_json(row.before)


@admin.register(MovedBatch)
class MovedBatchAdmin(CorpusTable):
    corpus_path = "merge__corpus"
    list_display = ("merge", "assignment", "revision", "objects_moved", "is_undone")
    list_filter = (("merge__corpus", VisibleRelated), "is_undone")
    list_select_related = ("merge__corpus", "assignment__document__article", "assignment__annotator")
    ordering = ("-id",)
    csv_columns = columns("id=pk merge=merge_id assignment=assignment_id revision objects_moved is_undone")
