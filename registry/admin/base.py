"""The shared register, to be read and searched: it is loaded from its file, and written by nobody."""

from __future__ import annotations

from django.contrib import admin

from corpus.admin.base import ShownInline, SuperuserTable
from corpus.admin.download import columns
from registry.models import BaseEntity, BaseName


class BaseNameInline(ShownInline):
    model = BaseName
    fields = ("name", "kind", "language", "script")
    readonly_fields = ("script",)


@admin.register(BaseEntity)
class BaseEntityAdmin(SuperuserTable):
    staff_may_read = True
    may_add = may_change = may_delete = False
    list_display = ("name", "code", "type", "countries", "source")
    list_filter = ("type",)
    search_fields = ("code", "name", "names__name")
    search_help_text = "Search by any name, or by code."
    ordering = ("name", "code")
    inlines = (BaseNameInline,)
    fields = ("name", "code", "type", "countries", "identifiers", "source", "licence")
    csv_columns = columns("code type name countries identifiers source licence")


@admin.register(BaseName)
class BaseNameAdmin(SuperuserTable):
    staff_may_read = True
    may_add = may_change = may_delete = False
    list_display = ("name", "kind", "language", "script", "entity")
    list_filter = ("kind", "script")
    list_select_related = ("entity",)
    search_fields = ("name", "entity__code")
    ordering = ("name", "id")
    fields = ("name", "entity", "kind", "language", "script")
    readonly_fields = ("script",)
    csv_columns = columns("entity=entity_id name kind language script position")
