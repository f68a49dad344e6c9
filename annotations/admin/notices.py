"""Notices, choices and digests of people. For superusers alone: they are personal."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from annotations.models import Notice, NoticeChoice, NoticeDigest, NoticeSettings
from corpus.admin.base import SuperuserTable
from corpus.admin.download import columns


class NoticeTable(SuperuserTable):
    may_add = may_change = False
    list_select_related: ClassVar[tuple[str, ...]] = ("user",)
    search_fields: ClassVar[tuple[str, ...]] = ("user__username",)


@admin.register(Notice)
class NoticeAdmin(NoticeTable):
    list_display = ("kind", "user", "corpus", "number", "at", "read")
    list_filter = ("kind",)
    list_select_related = ("user", "corpus")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    csv_columns = columns(
        "id=pk kind user=user.username corpus=corpus.slug assignment=assignment_id thread=thread_id guideline=guideline_id "
        "article=article_id plan=plan_id number in_app at read digest=digest_id"
    )


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(NoticeTable):
    list_display = ("user", "kind", "in_app", "mail")
    list_filter = ("kind", "mail")
    ordering = ("user__username", "kind")
    csv_columns = columns("user=user.username kind in_app mail")


@admin.register(NoticeSettings)
class NoticeSettingsAdmin(NoticeTable):
    list_display = ("user", "mail", "corpus_names")
    ordering = ("user__username",)
    csv_columns = columns("user=user.username mail corpus_names")


@admin.register(NoticeDigest)
class NoticeDigestAdmin(NoticeTable):
    list_display = ("user", "state", "tries", "at")
    list_filter = ("state",)
    date_hierarchy = "at"
    ordering = ("-at", "id")
    csv_columns = columns("id=pk user=user.username state tries at")
