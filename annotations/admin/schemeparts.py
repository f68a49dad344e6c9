"""What the tables of a scheme have in common: a version in use is closed, a draft is checked.

Every write under a scheme touches `Scheme.loaded`, which is part of the key of compiled schemes:
an edit of a choice three tables down must be seen by the next write of marks.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.http import HttpRequest

from annotations.models import Attribute, Choice, Label, Layer, Role, Rule, Scheme
from annotations.schemes.stored import problems_of
from corpus.admin.base import Inline, SuperuserTable
from corpus.admin.fields import FIELDS, TidyJSONField
from corpus.admin.forms import WholeForm
from corpus.admin.uses import uses_of

# How each part knows its scheme.
OWNERS: dict[type, tuple[str, ...]] = {
    Layer: ("scheme",),
    Rule: ("scheme",),
    Attribute: ("scheme",),
    Label: ("layer",),
    Choice: ("attribute",),
    Role: ("label", "layer"),
}
CLOSED = (
    "{scheme} is in use and cannot be changed, since assignments keep their version. Copy it to a new version and edit the copy."
)


def scheme_of(part: Any) -> Any:
    """The version that a part belongs to; None while it is being added and has no owner yet."""
    if part is None or isinstance(part, Scheme):
        return part
    owners = (getattr(part, name, None) for name in OWNERS[type(part)])
    return next((scheme_of(owner) for owner in owners if owner), None)


def touch(scheme: Scheme) -> None:
    scheme.save(update_fields=["loaded"])


def closed(request: HttpRequest, scheme: Scheme | None) -> bool:
    """Whether the version is in use; asked of the database once a request."""
    if scheme is None or scheme.pk is None:
        return False
    known: dict[Any, bool] = request.__dict__.setdefault("_schemes_in_use", {})
    if scheme.pk not in known:
        known[scheme.pk] = scheme.in_use
    return known[scheme.pk]


class PartForm(WholeForm):
    """Refuses a part for a version in use, and puts new parts behind those that are there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "order" in self.fields:
            self.fields["order"].required = False
            self.fields["order"].help_text = "Leave empty to add it at the end."

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        for name in OWNERS.get(type(self.instance), ()):
            if cleaned.get(name):
                setattr(self.instance, name, cleaned[name])
        scheme = scheme_of(self.instance)
        if scheme and scheme.in_use:
            raise ValidationError(CLOSED.format(scheme=scheme))
        if "order" in self.fields and cleaned.get("order") is None and "order" not in self.errors:
            cleaned["order"] = self.instance.order = self.next_order()
        return cleaned

    def next_order(self) -> int:
        owners = OWNERS[type(self.instance)]
        mine = {f"{name}_id": getattr(self.instance, f"{name}_id") for name in owners}
        rows = type(self.instance)._base_manager.filter(**mine)
        return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


class SchemePart(SuperuserTable):
    """A table below a scheme. `scheme_path` leads from a row to its version."""

    form = PartForm
    scheme_path = "scheme"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(self.scheme_path)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not closed(request, scheme_of(obj))

    def why_kept(self, row: Any) -> str:
        """The button is there for a version in use, too: it says why, and what to do instead."""
        scheme = scheme_of(row)
        uses = uses_of(row)
        if uses:
            return f"“{row}” cannot be deleted: {uses} of {scheme}. {self.instead(row)}"
        if scheme and scheme.in_use:
            return f"“{row}” cannot be deleted. {CLOSED.format(scheme=scheme)}"
        return ""

    def instead(self, row: Any) -> str:
        return "Copy the scheme to a new version and delete it there."

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.written(request, scheme_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        scheme = scheme_of(obj)
        super().delete_model(request, obj)
        if not isinstance(obj, Scheme):
            self.written(request, scheme)

    def written(self, request: HttpRequest, scheme: Scheme | None) -> None:
        """A draft may be unfinished for a while: it is said, and a corpus does not take it."""
        if scheme is None:
            return
        touch(scheme)
        for problem in problems_of(scheme)[:10]:
            self.message_user(request, f"Incomplete: {problem}", messages.WARNING)


class SchemePartInline(Inline):
    """Parts on the page of their owner; only shown where the version is in use."""

    form = PartForm
    show_change_link = True


class AnyAttributeForm(PartForm):
    """An attribute is of a type that the program knows: one that some attribute has already."""

    def clean_type(self) -> str:
        kind: str = self.cleaned_data["type"]
        known = sorted(set(Attribute.objects.values_list("type", flat=True))) if "type" in self.changed_data else [kind]
        if kind not in known:
            raise ValidationError(f"{kind}: one of {', '.join(known)}.")
        return kind


# Rows of a table have room for a line or two.
BRIEF = {
    **FIELDS,
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 24})},
    models.JSONField: {"form_class": TidyJSONField, "widget": forms.Textarea(attrs={"rows": 3, "cols": 28})},
}
