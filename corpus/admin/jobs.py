"""Background jobs: the package's own page, without its inline style and without a query per row."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from corpus.admin.base import ShownInline, SuperuserTable
from corpus.admin.download import columns
from corpus.admin.show import excerpt, tidy_json

admin.site.unregister(ProcrastinateJob)


class EventInline(ShownInline):
    model = ProcrastinateEvent
    fields = ("at", "type")
    readonly_fields = fields
    verbose_name_plural = "events"


@admin.register(ProcrastinateJob)
class JobAdmin(SuperuserTable):
    may_add = may_change = may_delete = False
    list_display = ("id", "task_name", "status", "queue_name", "attempts", "scheduled_at", "short_args")
    list_filter = ("status", "queue_name", "task_name")
    search_fields = ("task_name",)
    ordering = ("-id",)
    readonly_fields = ("shown_args",)
    fields = (
        "task_name", "shown_args", "status", "queue_name", "attempts", "priority", "scheduled_at", "lock",
    )  # fmt: skip
    inlines = (EventInline,)
    actions = ("download_csv", "retry")
    csv_columns = columns(
        "id=pk task=task_name status queue=queue_name attempts scheduled=scheduled_at arguments",
        arguments=lambda row: json.dumps(row.args, ensure_ascii=False),
    )

    @admin.display(description="arguments")
    def short_args(self, row: Any) -> str:
        return excerpt(json.dumps(row.args, ensure_ascii=False), 80)

    @admin.display(description="arguments")
    def shown_args(self, row: Any) -> Any:
        return tidy_json(row.args)

    @admin.action(description="Retry failed or stalled jobs", permissions=["view"])
    def retry(self, request: HttpRequest, queryset: Any) -> None:
        retry: Any = ProcrastinateJobAdmin.retry
        retry(self, request, queryset)
        self.message_user(request, "The jobs are queued for retry.")
