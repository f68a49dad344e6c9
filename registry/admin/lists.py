"""Sanctions lists: public ones for all staff, own ones for members of their corpus. Versions, entries and names are only shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from corpus.admin.base import CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link, stacked, tidy_json
from registry.list_versions.refresh import schedule
from registry.list_versions.search import entries_named, names_like
from registry.models import ListedName, ListEntry, ListFile, ListVersion, SanctionsList


class ListTable(CorpusTable):
    """Rows of lists: everybody's where the list has no corpus."""

    corpus_path = "list__corpus"

    def permits(self, request: HttpRequest, row: Any, role: str | None) -> bool:
        """Which rows there are to view is a question of the query; a public list is a superuser's."""
        return role is not None and (role == "viewer" or super().permits(request, row, role))


@admin.register(SanctionsList)
class SanctionsListAdmin(ListTable):
    corpus_path = "corpus"
    add_role = edit_role = "manager"
    list_display = ("code", "name", "issuer", "corpus", "is_active", "asked", "due", "failures", "problem")
    list_filter = ("is_active", ("corpus", VisibleRelated))
    list_select_related = ("corpus",)
    search_fields = ("code", "name", "issuer")
    ordering = ("code",)
    readonly_fields = ("due", "asked", "failures", "problem", "created")
    fields = (
        "code",
        "name",
        "issuer",
        "corpus",
        "format",
        "programmes",
        "licence",
        "attribution",
        "address",
        ("minutes", "is_active"),
        ("due", "asked", "failures"),
        "problem",
        "created",
    )
    csv_columns = columns(
        "id=pk code name issuer corpus=corpus.slug format programmes licence attribution address minutes is_active asked due failures "
        "problem"
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Code and corpus stand in addresses and links."""
        return (*self.readonly_fields, "code", "corpus") if obj else self.readonly_fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """A public list is a superuser's: all others name their corpus."""
        form = super().get_form(request, obj, change, **options)
        if "corpus" in form.base_fields:
            form.base_fields["corpus"].required = not request.user.is_superuser
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        schedule(obj)
        super().save_model(request, obj, form, change)


@admin.register(ListFile)
class ListFileAdmin(ListTable):
    """Told by size and hash: bytes are handed out by the page of the version."""

    list_display = ("list", "name", "size", "sha256", "retrieved", "user")
    list_filter = (("list", VisibleRelated),)
    list_select_related = ("list", "user")
    search_fields = ("name", "sha256", "list__code", "address")
    date_hierarchy = "retrieved"
    ordering = ("-id",)
    readonly_fields = ("retrieved",)
    fields = ("list", "name", "address", "size", "sha256", "retrieved", "user")
    csv_columns = columns("id=pk list=list.code name address size sha256 retrieved user=user.username")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")


@admin.register(ListVersion)
class ListVersionAdmin(ListTable):
    list_display = ("list", "number", "state", "published", "loaded", "entry_count", "added", "removed", "changed", "respelled")
    list_filter = ("state", ("list", VisibleRelated))
    list_select_related = ("list", "decided_by")
    search_fields = ("list__code", "list__name", "file__name", "file__sha256")
    date_hierarchy = "loaded"
    ordering = ("-loaded", "-id")
    readonly_fields = ("loaded", "reason_lines", "loss_table", "file_link")
    fields = (
        "list",
        ("number", "state"),
        "file_link",
        ("format", "loader"),
        ("published", "loaded"),
        "based_on",
        ("entry_count", "name_count"),
        ("added", "removed", "changed", "respelled"),
        "reason_lines",
        "loss_table",
        ("decided_by", "decided_at"),
    )
    csv_columns = columns(
        "id=pk list=list.code number state format loader published loaded entries=entry_count names=name_count added removed changed "
        "respelled reasons decided_by=decided_by.username decided_at"
    )

    @admin.display(description="reasons")
    def reason_lines(self, row: Any) -> Any:
        return stacked(row.reasons)

    @admin.display(description="not read")
    def loss_table(self, row: Any) -> Any:
        return tidy_json(row.losses)

    @admin.display(description="file")
    def file_link(self, row: Any) -> Any:
        return admin_link(ListFile.objects.defer("content").get(pk=row.file_id))


@admin.register(ListEntry)
class ListEntryAdmin(ListTable):
    list_display = ("ref", "list", "kind", "listed_on", "programmes", "countries", "versions")
    list_filter = ("kind", ("list", VisibleRelated))
    list_select_related = ("list",)
    search_fields = ("ref",)
    search_help_text = "Reference, or a name in any spelling"
    date_hierarchy = "listed_on"
    ordering = ("list", "ref", "id")
    readonly_fields = ("names_in_order", "identifier_table", "reference_table", "versions", "digest")
    fields = (
        "list",
        "ref",
        "kind",
        "names_in_order",
        "programmes",
        "listed_on",
        "births",
        "countries",
        "identifier_table",
        "reference_table",
        "remarks",
        "versions",
        "digest",
    )
    csv_columns = columns("id=pk list=list.code ref kind programmes listed_on births countries identifiers remarks versions")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        """By the reference, or by names that have keys in common with what was typed."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        return (rows | entries_named(queryset, search_term) if search_term.strip() else rows), may_repeat

    @admin.display(description="names")
    def names_in_order(self, row: Any) -> Any:
        return stacked(f"{name.text} ({name.get_kind_display()})" for name in row.names.all())

    @admin.display(description="identifiers")
    def identifier_table(self, row: Any) -> Any:
        return stacked(f"{scheme}: {value}" for scheme, value in row.identifiers)

    @admin.display(description="on other lists")
    def reference_table(self, row: Any) -> Any:
        return stacked(f"{code} {ref}" for code, ref in row.references)


@admin.register(ListedName)
class ListedNameAdmin(ListTable):
    corpus_path = "entry__list__corpus"
    list_display = ("text", "kind", "language", "entry")
    list_filter = ("kind",)
    list_select_related = ("entry__list",)
    search_fields = ("text", "entry__ref")
    search_help_text = "Reference, or a name in any spelling"
    more_lookups = ("entry",)
    ordering = ("entry", "position")
    fields = ("entry", "position", "text", "kind", "language", "matcher")
    csv_columns = columns("id=pk list=entry.list.code entry=entry.ref position text kind language matcher")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        """By words or reference, or by keys that names have in common with what was typed."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return rows, may_repeat
        entries = ListEntry.objects.filter(list__in=queryset.values("entry__list"))
        return rows | queryset.filter(pk__in=names_like(entries, search_term)), may_repeat
