"""Layers and labels of a scheme, with their attributes and roles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from annotations.admin.roles import RoleForm
from annotations.admin.schemeparts import BRIEF, AnyAttributeForm, PartForm, SchemePart, SchemePartInline
from annotations.models import Attribute, Label, Layer, Role, Span
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.forms import CodesFormSet
from corpus.admin.show import admin_link, list_link


class OwnedAttributeForm(AnyAttributeForm):
    """An attribute of a layer or label: its scheme is theirs."""

    def clean(self) -> Any:
        owner = self.instance.label or self.instance.layer
        if owner:
            self.instance.scheme = owner.scheme if isinstance(owner, Layer) else owner.layer.scheme
        return super().clean()

    def next_order(self) -> int:
        rows = Attribute.objects.filter(layer=self.instance.layer, label=self.instance.label)
        return (rows.aggregate(last=models.Max("order"))["last"] or 0) + 1


class AttributeInline(SchemePartInline):
    """Its choices are on its own page."""

    model = Attribute
    form = OwnedAttributeForm
    formset = CodesFormSet
    fields = ("code", "name", "type", "required", "help", "order")
    formfield_overrides = BRIEF
    verbose_name_plural = "attributes (open one to edit its choices)"


class RoleInline(SchemePartInline):
    model = Role
    form = RoleForm
    formset = CodesFormSet
    fields = ("code", "name", "fillers", "min", "max", "order")
    formfield_overrides = BRIEF


class LabelInline(SchemePartInline):
    """An overview: a label is edited on its own page, where it is held against its layer."""

    model = Label
    fields = ("swatch", "code", "badge", "key", "order", "definition")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="preview")
    def swatch(self, row: Label) -> str:
        return swatch(row)


# The line of a layer's marks, as in css/marks.css.
DASHES: dict[str, str] = {Layer.Kind.ACTOR: "none", Layer.Kind.FIGURE: "3 3", Layer.Kind.EVENT: "9 3"}


def swatch(label: Label) -> str:
    """The badge in its colours on light and on dark. Drawn, since no page has inline style."""
    return format_html(
        '<svg class="swatch" width="104" height="22" role="img" aria-label="{}">{}{}</svg>',
        label.name,
        drawn(label, "light", 0),
        drawn(label, "dark", 54),
    )


def drawn(label: Label, mode: str, left: int) -> str:
    colors = label.color.get(mode)
    colors = colors if isinstance(colors, dict) else {}
    return format_html(
        '<rect x="{}" width="50" height="22" rx="4" fill="{}"/>'
        '<path d="M{} 20h42" stroke="{}" stroke-width="3" stroke-dasharray="{}"/>'
        '<text x="{}" y="14" text-anchor="middle" font-size="11" fill="{}">{}</text>',
        left,
        str(colors.get("background", "none")),
        left + 4,
        str(colors.get("line", "none")),
        DASHES[label.layer.kind],
        left + 25,
        str(colors.get("ink", "currentColor")),
        label.badge,
    )


@admin.register(Layer)
class LayerAdmin(SchemePart):
    list_display = ("name", "code", "kind", "key", "label_count", "scheme")
    list_filter = (("scheme", VisibleRelated), "kind")
    search_fields = ("name", "code", "scheme__version")
    ordering = ("scheme", "order")
    autocomplete_fields = ("scheme",)
    inlines = (LabelInline, AttributeInline, RoleInline)
    fieldsets = (
        (None, {"fields": ("scheme", ("code", "name", "kind"), ("key", "order"), "description")}),
        ("Other data of the scheme file", {"fields": ("extra",), "classes": ("collapse",)}),
    )
    csv_columns = columns(
        "scheme=scheme.code version=scheme.version code name kind key labels=labels_in_it order description",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(labels_in_it=count_of(Label, "layer"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("scheme",) if obj else ()

    @admin.display(description="labels", ordering="labels_in_it")
    def label_count(self, row: Any) -> str:
        return list_link(Label, f"{row.labels_in_it:,}", layer__id__exact=row.pk)


class LabelForm(PartForm):
    sentences = {
        "label_key_once": "Another label of this layer uses this shortcut key.",
    }


@admin.register(Label)
class LabelAdmin(SchemePart):
    form = LabelForm
    scheme_path = "layer__scheme"
    list_display = ("name", "look", "code", "key", "layer", "version", "mark_count", "definition")
    list_filter = (("layer__scheme", VisibleRelated), "layer__kind")
    list_select_related = ("layer__scheme",)
    search_fields = ("name", "code", "badge", "definition")
    ordering = ("layer__scheme", "layer__order", "order")
    more_lookups = ("layer",)
    autocomplete_fields = ("layer",)
    inlines = (AttributeInline, RoleInline)
    fieldsets = (
        (None, {"fields": ("layer", ("code", "name"), "definition", "examples", "not_examples")}),
        ("Appearance and shortcut key", {"fields": ("look", ("badge", "key", "order"), "color")}),
        ("Other data of the scheme file", {"fields": ("uses", "extra"), "classes": ("collapse",)}),
    )
    csv_columns = columns(
        "scheme=layer.scheme.code version=layer.scheme.version layer=layer.code code name badge key marks=marks_of_it "
        "definition examples not_examples order",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(marks_of_it=count_of(Span, "label"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("layer", "look") if obj else ("look",)

    @admin.display(description="preview")
    def look(self, row: Label) -> str:
        return swatch(row) if row.pk else ""

    @admin.display(description="version", ordering="layer__scheme__version")
    def version(self, row: Label) -> str:
        return admin_link(row.layer.scheme, row.layer.scheme.version)

    @admin.display(description="marks", ordering="marks_of_it")
    def mark_count(self, row: Any) -> str:
        return f"{row.marks_of_it:,}"
