"""Lakes: where they lie, and whose they are. Only superusers see them here: a folder is a place on the server."""

from __future__ import annotations

from django.contrib import admin

from corpus.admin.download import columns
from corpus.admin.logs import ReadOnlyLog
from lake.models import Lake, Promotion


@admin.register(Lake)
class LakeAdmin(ReadOnlyLog):
    """They are named by `manage.py lake open`."""

    list_display = ("slug", "name", "folder")
    search_fields = ("slug", "name", "folder")
    ordering = ("slug",)
    fields = ("slug", "name", "folder", "crawls", "corpora")
    csv_columns = columns("id=pk slug name folder")


@admin.register(Promotion)
class PromotionAdmin(ReadOnlyLog):
    list_display = ("at", "lake", "corpus", "state", "pages", "total", "detail")
    list_filter = ("state",)
    list_select_related = ("lake", "corpus")
    search_fields = ("lake__slug", "corpus__name", "detail")
    date_hierarchy = "at"
    ordering = ("-at",)
    fields = ("at", "lake", "corpus", "intake", "originals", "state", "pages", "total", "sql", "detail")
    csv_columns = columns("id=pk at lake=lake.slug corpus=corpus.slug originals state pages total detail")
