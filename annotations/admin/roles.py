"""Roles: the places in the frame of an event type, and what may fill them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from annotations.admin.schemeparts import PartForm, SchemePart, scheme_of
from annotations.models import Role
from corpus.admin.download import columns
from corpus.admin.show import admin_link


class RoleForm(PartForm):
    sentences = {
        "role_one_owner": "Give either a label or a layer.",
        "role_min_max": "The minimum is greater than the maximum.",
    }

    def clean_fillers(self) -> Any:
        """What the outline and the write take for granted of a filler."""
        fillers = self.cleaned_data["fillers"]
        if not isinstance(fillers, list) or not all(isinstance(one, dict) and one.get("kind") for one in fillers):
            raise ValidationError('Enter a list such as [{"kind": "actor", "labels": ["PERSON"]}].')
        return fillers


def fillers_of(role: Role) -> list[str]:
    """ "actor: ANY_ACTOR" for each kind of filler that the role takes."""
    fillers = role.fillers if isinstance(role.fillers, list) else []
    return [
        ": ".join(filter(None, [filler.get("kind"), filler.get("set") or ", ".join(filler.get("labels", []))]))
        for filler in fillers
    ]


@admin.register(Role)
class RoleAdmin(SchemePart):
    form = RoleForm
    scheme_path = "label__layer__scheme"
    list_display = ("name", "code", "owner", "min", "max", "filled_by", "version")
    list_filter = ("code",)
    list_select_related = ("label__layer__scheme", "layer__scheme")
    search_fields = ("name", "code", "label__name", "layer__name")
    ordering = ("label__layer__scheme", "label__order", "order")
    autocomplete_fields = ("label", "layer")
    fields = (("label", "layer"), ("code", "name"), ("min", "max", "order"), "fillers", "help")
    csv_columns = columns(
        "version owner code name min max fillers order help",
        version=lambda row: scheme_of(row).version,
        owner=lambda row: str(row.label or row.layer),
        fillers=fillers_of,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("layer__scheme")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("label", "layer") if obj else ()

    @admin.display(description="owner")
    def owner(self, row: Role) -> str:
        return admin_link(row.label or row.layer)

    @admin.display(description="filled by")
    def filled_by(self, row: Role) -> str:
        return "; ".join(fillers_of(row))

    @admin.display(description="version")
    def version(self, row: Role) -> str:
        scheme = scheme_of(row)
        return admin_link(scheme, scheme.version)
