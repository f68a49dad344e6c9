"""The register of legal measures with their paragraphs: public law, so all staff may read it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import Inline, SuperuserTable
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from registry.admin.measures_signed import SignedForm, signed
from registry.models import Measure, Paragraph, ParagraphEffect, RegisterSource

# Limits and scope have a shape that no form checks: they are loaded from a file.
PARAGRAPH = (
    ("number", "topic", "effect"),
    ("number_verified", "number_verified_source", "number_verified_by", "number_verified_on"),
    "summary",
    ("content_verified", "content_verified_source", "content_verified_by", "content_verified_on"),
    ("in_force_from", "in_force_to"),
    ("deadline", "deadline_verified"),
    "report_dates",
    "exceptions",
    "limits",
    "applies_to",
    "hs",
    "hs_verified",
    "replaces",
    "replaced_by",
    "tightened_by",
    "note",
    "evidence",
)


class ParagraphInline(Inline):
    model = Paragraph
    template = admin.StackedInline.template
    form = SignedForm
    fields = PARAGRAPH
    readonly_fields = ("limits", "applies_to", *signed(Paragraph))


@admin.register(Measure)
class MeasureAdmin(SuperuserTable):
    staff_may_read = True
    list_display = ("symbol", "code", "issuer", "adopted", "adopted_verified", "regime", "paragraph_count")
    list_filter = ("issuer", "regime", "kind", "adopted_verified")
    search_fields = ("code", "symbol", "issuer", "regime", "paragraphs__summary")
    date_hierarchy = "adopted"
    ordering = ("-adopted", "code")
    inlines = (ParagraphInline,)
    form = SignedForm
    readonly_fields = tuple(signed(Measure))
    fields = (
        ("symbol", "code"),
        ("issuer", "kind"),
        "adopted",
        ("adopted_verified", "adopted_verified_source", "adopted_verified_by", "adopted_verified_on"),
        ("in_force_from", "in_force_to"),
        "regime",
        "programmes",
        "countries",
        "aliases",
        "address",
        "note",
        "evidence",
    )
    csv_columns = columns(
        "code symbol issuer kind adopted adopted_verified adopted_verified_on adopted_verified_source in_force_from in_force_to regime "
        "programmes countries aliases address note evidence "
        "paragraphs=paragraphs_of_it",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(paragraphs_of_it=count_of(Paragraph, "measure"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.sign(request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for each in formset.forms:
            each.sign(request.user)
        super().save_formset(request, form, formset, change)

    @admin.display(description="paragraphs", ordering="paragraphs_of_it")
    def paragraph_count(self, row: Any) -> str:
        return f"{row.paragraphs_of_it:,}"


@admin.register(Paragraph)
class ParagraphAdmin(SuperuserTable):
    staff_may_read = True
    list_display = ("measure", "number", "topic", "effect", "summary", "deadline", "content_verified", "number_verified")
    list_filter = ("topic", "effect", "content_verified", "number_verified")
    list_select_related = ("measure",)
    search_fields = ("measure__code", "measure__symbol", "number", "topic", "summary")
    date_hierarchy = "deadline"
    ordering = ("-measure__adopted", "id")
    autocomplete_fields = ("measure",)
    form = SignedForm
    fields = ("measure", *PARAGRAPH)
    readonly_fields = ("limits", "applies_to", *signed(Paragraph))
    csv_columns = columns(
        "measure=measure.code paragraph=number number_verified topic effect summary content_verified in_force_from in_force_to "
        "number_verified_on number_verified_source content_verified_on content_verified_source "
        "deadline deadline_verified report_dates exceptions hs replaces replaced_by tightened_by note evidence",
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.sign(request.user)
        super().save_model(request, obj, form, change)


@admin.register(ParagraphEffect)
class ParagraphEffectAdmin(SuperuserTable):
    """As the last loaded file has them, like sources: an edit would be lost."""

    may_add = may_change = may_delete = False
    list_display = ("code", "does", "requires")
    search_fields = ("code", "does")
    ordering = ("code",)
    fields = ("code", "does", "requires")
    csv_columns = columns("code does requires")


@admin.register(RegisterSource)
class RegisterSourceAdmin(SuperuserTable):
    may_add = may_change = may_delete = False
    list_display = ("code", "location", "description")
    search_fields = ("code", "location", "description")
    ordering = ("code",)
    fields = ("code", "location", "description")
    csv_columns = columns("code location description")
