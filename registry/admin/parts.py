"""Names, identifiers and list links across entities, to search in. They are edited on the entity."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link
from registry.models import Decision, EntityBirth, EntityIdentifier, EntityName, ListLink


class PartOfEntity(CorpusTable):
    corpus_path = "entity__corpus"
    list_select_related: ClassVar[tuple[str, ...]] = ("entity__corpus",)
    ordering = ("entity__name", "id")
    readonly_fields: ClassVar[tuple[str, ...]] = ("entity_link",)
    more_lookups = ("entity",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("entity__corpus")

    @admin.display(description="entity", ordering="entity__name")
    def entity_link(self, row: Any) -> Any:
        return admin_link(row.entity)

    @admin.display(description="corpus", ordering="entity__corpus__slug")
    def corpus(self, row: Any) -> str:
        return str(row.entity.corpus.name)


IN_CORPUS = ("entity__corpus", VisibleRelated)
OF_ENTITY = columns(
    "corpus=entity.corpus.slug entity=entity.name entity_id",
)


@admin.register(EntityName)
class EntityNameAdmin(PartOfEntity):
    list_display = ("name", "kind", "script", "entity_link", "corpus")
    list_filter = (IN_CORPUS, "kind", "script")
    search_fields = ("name", "entity__name")
    fields = ("name", "kind", "script", "entity_link")
    readonly_fields = ("script", "entity_link")
    csv_columns = OF_ENTITY + columns(
        "name kind script position",
    )


@admin.register(EntityBirth)
class EntityBirthAdmin(PartOfEntity):
    list_display = ("edtf", "words", "entity_link", "corpus")
    list_filter = (IN_CORPUS,)
    search_fields = ("edtf", "words", "entity__name")
    fields = ("edtf", "words", "entity_link")
    csv_columns = OF_ENTITY + columns(
        "edtf words",
    )


@admin.register(EntityIdentifier)
class EntityIdentifierAdmin(PartOfEntity):
    list_display = ("scheme", "value", "entity_link", "corpus")
    list_filter = (IN_CORPUS, "scheme")
    search_fields = ("value", "entity__name")
    fields = ("scheme", "value", "entity_link")
    csv_columns = OF_ENTITY + columns(
        "scheme value",
    )


@admin.register(ListLink)
class ListLinkAdmin(PartOfEntity):
    list_display = ("list", "entry", "entity_link", "match", "list_version", "reviewer", "corpus")
    list_filter = (IN_CORPUS, "match", "list")
    list_select_related = ("entity__corpus", "reviewer")
    search_fields = ("entry", "list", "entity__name", "note")
    date_hierarchy = "list_version"
    fields = ("entity_link", "list", "entry", "match", "list_version", "reviewer", "said_by", "note")
    csv_columns = OF_ENTITY + columns(
        "list entry match list_version reviewer=reviewer.username said_by note",
    )


@admin.register(Decision)
class DecisionAdmin(CorpusTable):
    """Read only, also in the database."""

    list_display = ("at", "entity", "list", "entry", "match", "user", "said_by", "source", "corpus")
    list_filter = (("corpus", VisibleRelated), "match", "source")
    list_select_related = ("corpus", "user")
    search_fields = ("list", "entry", "note", "user__username", "said_by")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    csv_columns = columns(
        "id=pk corpus=corpus.slug entity list entry match list_version version entry_digest note user=user.username said_by seconds source at",
    )
