"""The register of legal measures with their paragraphs: public law, so all staff may read it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import Inline, SuperuserTable
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from registry.models import Measure, Paragraph


class ParagraphInline(Inline):
    model = Paragraph
    template = admin.StackedInline.template
    fields = (("number", "topic", "effect", "deadline"), "summary", "report_dates")


@admin.register(Measure)
class MeasureAdmin(SuperuserTable):
    staff_may_read = True
    list_display = ("symbol", "code", "issuer", "adopted", "regime", "paragraph_count")
    list_filter = ("issuer", "regime")
    search_fields = ("code", "symbol", "issuer", "regime", "paragraphs__summary")
    date_hierarchy = "adopted"
    ordering = ("-adopted", "code")
    inlines = (ParagraphInline,)
    fields = (("symbol", "code"), "issuer", "adopted", "regime", "aliases")
    csv_columns = columns(
        "code symbol issuer adopted regime aliases paragraphs=paragraphs_of_it",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(paragraphs_of_it=count_of(Paragraph, "measure"))

    @admin.display(description="paragraphs", ordering="paragraphs_of_it")
    def paragraph_count(self, row: Any) -> str:
        return f"{row.paragraphs_of_it:,}"


@admin.register(Paragraph)
class ParagraphAdmin(SuperuserTable):
    staff_may_read = True
    list_display = ("measure", "number", "topic", "effect", "summary", "deadline")
    list_filter = ("topic", "effect")
    list_select_related = ("measure",)
    search_fields = ("measure__code", "measure__symbol", "number", "topic", "summary")
    date_hierarchy = "deadline"
    ordering = ("-measure__adopted", "id")
    autocomplete_fields = ("measure",)
    fields = ("measure", ("number", "topic", "effect"), "summary", ("deadline", "report_dates"))
    csv_columns = columns(
        "measure=measure.code paragraph=number topic effect summary deadline report_dates",
    )
