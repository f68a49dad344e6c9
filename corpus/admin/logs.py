"""What happened: edits made in the admin, and log-ins that failed. Superusers read, nobody writes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest

from corpus.admin.base import SuperuserTable
from corpus.admin.download import columns
from corpus.models import Deletion, Edit, EvidenceLog, LoginFailure, Robots, Seal, Site


class ReadOnlyLog(SuperuserTable):
    may_add = may_change = may_delete = False


@admin.register(LoginFailure)
class LoginFailureAdmin(ReadOnlyLog):
    list_display = ("at", "network", "short_account", "waiting", "is_known")
    list_filter = ("waiting",)
    search_fields = ("network", "account")
    search_help_text = "Search by network, or by the SHA-256 of the user name."
    date_hierarchy = "at"
    ordering = ("-at",)
    csv_columns = columns(
        "at network block account_sha256=account waiting asked kept browser",
    )

    @admin.display(description="account (SHA-256)", ordering="account")
    def short_account(self, row: Any) -> str:
        return f"{row.account[:12]}…"

    @admin.display(description="known browser", boolean=True)
    def is_known(self, row: Any) -> bool:
        return bool(row.browser)


@admin.register(Deletion)
class DeletionAdmin(ReadOnlyLog):
    list_display = ("at", "corpus", "kind", "label", "reason", "user", "restored_at", "purged_at")
    list_filter = ("kind",)
    list_select_related = ("corpus", "user")
    search_fields = ("label", "reason", "=object")
    search_help_text = "Search by name, reason or id."
    date_hierarchy = "at"
    ordering = ("-at",)
    csv_columns = columns(
        "id=pk corpus=corpus.slug kind object label reason counts user=user.username at restored_at purged_at",
    )


@admin.register(EvidenceLog)
class EvidenceLogAdmin(ReadOnlyLog):
    list_display = ("number", "at", "op", "kind", "chain", "position")
    list_filter = ("op", "kind")
    search_fields = ("=chain",)
    search_help_text = "Search by chain: article/… with its id, or document/…, assignment/…, entity/…."
    date_hierarchy = "at"
    ordering = ("-number",)
    readonly_fields = ("sha256",)
    fields = ("number", "at", "op", "kind", "chain", "position", "state", "sha256")
    csv_columns = columns("number at op kind chain position state sha256", sha256=lambda row: bytes(row.hash).hex())

    @admin.display(description="SHA-256")
    def sha256(self, row: Any) -> str:
        return bytes(row.hash).hex()


@admin.register(Edit)
class EditAdmin(ReadOnlyLog):
    list_display = ("at", "user", "kind", "label", "corpus_id", "before", "after")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("label", "=object", "user__username")
    date_hierarchy = "at"
    ordering = ("-id",)
    fields = ("at", "user", "kind", "object", "label", "corpus_id", "before", "after", "batch", "undoes")
    readonly_fields = fields
    csv_columns = columns("id=pk at user=user.username corpus=corpus_id kind object label before after batch undoes=undoes_id")


@admin.register(Seal)
class SealAdmin(ReadOnlyLog):
    list_display = ("number", "at", "entries", "hash")
    search_fields = ("=hash",)
    date_hierarchy = "at"
    ordering = ("-number",)
    csv_columns = columns("number at upto entries sha256=hash")


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyLog):
    list_display = ("action_time", "user", "action", "object_repr", "table", "what")
    list_filter = ("action_flag",)
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__username", "change_message")
    date_hierarchy = "action_time"
    ordering = ("-action_time",)
    readonly_fields = ("what",)
    fields = ("action_time", "user", "action_flag", "content_type", "object_id", "object_repr", "what")
    csv_columns = columns(
        "at=action_time user=user.username action=get_action_flag_display table=content_type.name id=object_id "
        "row=object_repr what=get_change_message",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    @admin.display(description="action", ordering="action_flag")
    def action(self, row: LogEntry) -> str:
        return row.get_action_flag_display()

    @admin.display(description="table")
    def table(self, row: LogEntry) -> str:
        return row.content_type.name if row.content_type else ""

    @admin.display(description="change")
    def what(self, row: LogEntry) -> str:
        return row.get_change_message()


@admin.register(Site)
class SiteAdmin(ReadOnlyLog):
    list_display = ("name", "free")
    search_fields = ("name",)
    ordering = ("name",)
    csv_columns = columns("name free")


@admin.register(Robots)
class RobotsAdmin(ReadOnlyLog):
    list_display = ("origin", "is_shut", "until")
    list_filter = ("is_shut",)
    search_fields = ("origin", "text")
    ordering = ("origin",)
    csv_columns = columns("origin is_shut until text")
