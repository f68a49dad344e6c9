"""Attributes with their choices, and the checks of a scheme."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from annotations.admin.schemeparts import BRIEF, AnyAttributeForm, SchemePart, SchemePartInline, scheme_of
from annotations.models import Attribute, Choice, Rule
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link


class ChoiceInline(SchemePartInline):
    model = Choice
    show_change_link = False
    fields = ("code", "name", "definition", "order")
    formfield_overrides = BRIEF


class AttributeForm(AnyAttributeForm):
    sentences = {
        "attribute_one_owner": "Give exactly one of layer, label and section.",
    }

    def clean(self) -> Any:
        cleaned = super().clean()
        owners = [cleaned.get("label"), cleaned.get("layer")]
        for owner in filter(None, owners):
            if cleaned.get("scheme") and scheme_of(owner) != cleaned["scheme"]:
                raise ValidationError(f"{owner} belongs to another version of the scheme.")
        return cleaned

    def next_order(self) -> int:
        mine = {name: getattr(self.instance, name) for name in ("scheme", "layer", "label")}
        rows = Attribute.objects.filter(section=self.cleaned_data.get("section", ""), **mine)
        return (rows.aggregate(last=models.Max("order"))["last"] or 0) + 1


@admin.register(Attribute)
class AttributeAdmin(SchemePart):
    form = AttributeForm
    list_display = ("name", "code", "type", "owner", "required", "choice_names", "version")
    list_filter = (("scheme", VisibleRelated), "type", "required")
    list_select_related = ("scheme", "layer", "label__layer")
    search_fields = ("name", "code", "label__name", "layer__name", "section", "help")
    ordering = ("scheme", "layer__order", "label__layer__order", "label__order", "section", "order")
    autocomplete_fields = ("scheme", "layer", "label")
    inlines = (ChoiceInline,)
    csv_columns = columns(
        "scheme=scheme.code version=scheme.version owner code name type required default choices choices_path order help",
        owner=lambda row: str(row.label or row.layer or row.section),
        choices=lambda row: [choice.code for choice in row.choices.all()],
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("scheme", "layer", "label__layer")
        return rows.prefetch_related("choices")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        owner = ("owner", "version") if obj else ("scheme", ("layer", "label", "section"))
        return (
            (None, {"fields": (*owner, ("code", "name"), ("type", "required", "order"), "help")}),
            ("More", {"fields": ("default", "choices_path", "extra"), "classes": ("collapse",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("owner", "version")

    @admin.display(description="owner")
    def owner(self, row: Attribute) -> str:
        return admin_link(row.label or row.layer) or row.section

    @admin.display(description="version", ordering="scheme__version")
    def version(self, row: Attribute) -> str:
        return admin_link(row.scheme, row.scheme.version)

    @admin.display(description="choices")
    def choice_names(self, row: Attribute) -> str:
        return row.choices_path or ", ".join(choice.name for choice in row.choices.all())


@admin.register(Choice)
class ChoiceAdmin(SchemePart):
    scheme_path = "attribute__scheme"
    list_display = ("name", "code", "attribute", "definition", "version")
    list_filter = (("attribute__scheme", VisibleRelated),)
    list_select_related = ("attribute__scheme", "attribute__layer", "attribute__label")
    search_fields = ("name", "code", "attribute__name", "definition")
    ordering = ("attribute__scheme", "attribute__label__order", "attribute__order", "order")
    autocomplete_fields = ("attribute",)
    fields = ("attribute", ("code", "name", "order"), "definition")
    csv_columns = columns(
        "version=attribute.scheme.version attribute code name definition order",
        attribute=lambda row: str(row.attribute),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("attribute",) if obj else ()

    @admin.display(description="version", ordering="attribute__scheme__version")
    def version(self, row: Choice) -> str:
        return admin_link(row.attribute.scheme, row.attribute.scheme.version)


@admin.register(Rule)
class RuleAdmin(SchemePart):
    """The code names a validator in the program."""

    may_add = False
    list_display = ("code", "level", "text", "applies", "scheme")
    list_filter = (("scheme", VisibleRelated), "level")
    list_select_related = ("scheme",)
    search_fields = ("code", "text")
    ordering = ("scheme", "order")
    readonly_fields = ("scheme", "code", "text", "applies", "order")
    fields = ("scheme", "code", "level", "text", "applies", "extra")
    csv_columns = columns(
        "version=scheme.version code level text applies_to",
    )

    @admin.display(description="applies to")
    def applies(self, row: Rule) -> str:
        return ", ".join(row.applies_to)
