"""What was brought in, when, by whom, and what became of each thing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from corpus.admin.base import CORPUS_FILTER, CorpusTable, ShownInline
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link, excerpt, list_link
from corpus.models import Delivery, Held, Intake, IntakeItem


class Results:
    @admin.display(description="text")
    def text(self, row: Any) -> Any:
        return admin_link(row.document)


class ItemInline(Results, ShownInline):
    model = IntakeItem
    fields = ("name", "outcome", "detail", "text")
    readonly_fields = fields
    verbose_name_plural = "results"

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document__article")
        return rows.defer("document__text", "document__source_map")


@admin.register(Intake)
class IntakeAdmin(CorpusTable):
    list_display = ("started", "corpus", "user", "door", "items_in_it", "failures", "finished")
    list_filter = (CORPUS_FILTER, "door")
    list_select_related = ("corpus", "user")
    search_fields = ("items__name", "items__detail", "user__username")
    date_hierarchy = "started"
    ordering = ("-started", "-id")
    fields = ("corpus", "user", "door", "look_first", "started", "finished")
    inlines = (ItemInline,)
    csv_columns = columns(
        "id=pk corpus=corpus.slug user=user.username door items=number failed started finished",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        failed = Count("items", filter=Q(items__outcome=IntakeItem.Outcome.FAILED))
        return super().get_queryset(request).annotate(number=Count("items"), failed=failed)

    @admin.display(description="items", ordering="number")
    def items_in_it(self, row: Any) -> Any:
        return list_link(IntakeItem, f"{row.number:,}", intake__id__exact=row.pk)

    @admin.display(description="failed", ordering="failed")
    def failures(self, row: Any) -> Any:
        if not row.failed:
            return ""
        filters = {"intake__id__exact": row.pk, "outcome__exact": IntakeItem.Outcome.FAILED.value}
        return list_link(IntakeItem, f"{row.failed:,}", **filters)


@admin.register(IntakeItem)
class IntakeItemAdmin(Results, CorpusTable):
    corpus_path = "intake__corpus"
    list_display = ("short_name", "outcome", "detail", "text", "intake")
    list_filter = ("outcome", ("intake__corpus", VisibleRelated))
    list_select_related = ("intake__corpus", "document__article")
    search_fields = ("name", "detail")
    date_hierarchy = "intake__started"
    ordering = ("-intake__started", "id")
    more_lookups = ("intake",)
    readonly_fields = ("text",)
    fields = ("intake", "name", "outcome", "detail", "text")
    csv_columns = columns(
        "id=pk corpus=intake.corpus.slug intake=intake_id started=intake.started name outcome detail document_id",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("intake__corpus", "document__article")
        return rows.defer("document__text", "document__source_map")

    @admin.display(description="name", ordering="name")
    def short_name(self, row: Any) -> str:
        return excerpt(row.name, 80)


@admin.register(Delivery)
class DeliveryAdmin(CorpusTable):
    """What was given, until a worker has read it. The bytes themselves are not shown."""

    corpus_path = "intake__corpus"
    list_display = ("short_name", "state", "tries", "shown_size", "intake")
    list_filter = ("state", ("intake__corpus", VisibleRelated))
    list_select_related = ("intake__corpus",)
    search_fields = ("name", "url")
    date_hierarchy = "intake__started"
    ordering = ("-intake__started", "position")
    more_lookups = ("intake",)
    readonly_fields = ("shown_size",)
    fields = (
        "intake", "position", "name", "url", "site", "due", "fetched_from", "media_type", "shown_size", "state", "tries", "job", "with_pages",
    )  # fmt: skip
    csv_columns = columns(
        "id=pk corpus=intake.corpus.slug intake=intake_id position name url size state tries with_pages",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("intake__corpus").defer("content")

    @admin.display(description="name", ordering="name")
    def short_name(self, row: Any) -> str:
        return excerpt(row.name, 80)

    @admin.display(description="size", ordering="size")
    def shown_size(self, row: Any) -> str:
        return filesizeformat(row.size) if row.size else ""


@admin.register(Held)
class HeldAdmin(CorpusTable):
    """What waits for a look. It is looked at, and saved or left out, on the site."""

    corpus_path = "item__intake__corpus"
    list_display = ("name", "intake")
    list_filter = (("item__intake__corpus", VisibleRelated),)
    search_fields = ("item__name",)
    date_hierarchy = "item__intake__started"
    ordering = ("-item__intake__started", "item")
    readonly_fields = ("name", "intake")
    fields = readonly_fields
    csv_columns = columns("item=pk corpus=item.intake.corpus.slug intake=item.intake_id name=item.name")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("item__intake__corpus").defer("raw", "record")

    @admin.display(description="name", ordering="item__name")
    def name(self, row: Any) -> str:
        return excerpt(row.item.name, 80)

    @admin.display(description="intake", ordering="item__intake")
    def intake(self, row: Any) -> Any:
        return admin_link(row.item.intake)
