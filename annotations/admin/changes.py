"""The change log: who wrote what, when, and what stood there before."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from annotations.admin.filters import IN_CORPUS, AnnotatorFilter
from annotations.admin.owned import OwnedTable, few, in_articles
from annotations.admin.wording import change_words
from annotations.models import Assignment, Change, Citation, Claim, Event, Link, Note, Span, SuggestionOutcome
from annotations.models.change import importing
from corpus.admin.download import columns
from corpus.admin.show import excerpt, tidy_json
from registry.models import Entity, Relation

TABLES: dict[str, Any] = {
    Change.Kind.SPAN: Span,
    Change.Kind.EVENT: Event,
    Change.Kind.CLAIM: Claim,
    Change.Kind.CITATION: Citation,
    Change.Kind.LINK: Link,
    Change.Kind.NOTE: Note,
    Change.Kind.OUTCOME: SuggestionOutcome,
    Change.Kind.ENTITY: Entity,
    Change.Kind.RELATION: Relation,
    Change.DOCUMENT[0]: Assignment,
}


@admin.register(Change)
class ChangeAdmin(OwnedTable):
    list_display = ("at", "user", "op", "kind", "about", "revision", "article", "annotator")
    list_filter = ("op", "kind", IN_CORPUS, AnnotatorFilter)
    related = ("user",)
    list_select_related = related
    search_fields = ("user__username", "assignment__document__article__title", "object_id")
    search_help_text = "Search by user name, article title or object id."
    date_hierarchy = "at"
    ordering = ("-at", "-revision", "-position")
    more_lookups = ("assignment", "object_id")
    readonly_fields = ("what", "article", "annotator", "about", "object_link", "shown_before", "shown_after")
    fieldsets = (
        (None, {"fields": ("what", ("user", "at"), "article", "annotator", "object_link")}),
        ("Change", {"fields": ("shown_before", "shown_after")}),
        ("Log entry", {"fields": (("revision", "position"), "id", "digest")}),
    )
    csv_columns = columns(
        "id=pk at user=user.username op kind object_id about article=assignment.document.article.title assignment_id "
        "annotator=assignment.annotator.username revision position before after",
        about=change_words,
        before=lambda row: differences(row.before, row.after),
        after=lambda row: differences(row.after, row.before),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("imported")

    def holding(self, words: str) -> Q:
        people = few(get_user_model().objects.filter(username__holds=words))
        matches = Q(user__in=people) | Q(assignment__in=in_articles(words))
        return matches | Q(object_id=words) | importing(UUID(words)) if is_uuid(words) else matches

    @admin.display(description="change")
    def what(self, row: Change) -> str:
        return f"{row.get_op_display()} {row.get_kind_display()}: {change_words(row)}"

    @admin.display(description="words")
    def about(self, row: Change) -> str:
        return excerpt(change_words(row), 80)

    @admin.display(description="object")
    def object_link(self, row: Change) -> str:
        """Its page, and all of its changes; the page is gone where the object is."""
        meta = TABLES[row.kind]._meta
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.object_id])
        log = reverse("admin:annotations_change_changelist", query={"q": row.object_id})
        return format_html('<a href="{}">{}</a> · <a href="{}">all of its changes</a>', page, row.object_id, log)

    @admin.display(description="before")
    def shown_before(self, row: Change) -> str:
        return shown_side(row.before, row.after)

    @admin.display(description="after")
    def shown_after(self, row: Change) -> str:
        if row.imported is not None:
            return tidy_json([part["after"] for part in json.loads(row.imported)])
        return shown_side(row.after, row.before)


def is_uuid(words: str) -> bool:
    try:
        return bool(UUID(words))
    except ValueError:
        return False


def differing(side: Any, other: Any) -> dict[str, Any]:
    """Fields of one side that are not equal on the other."""
    if not (side and other):
        return side or {}
    return {key: value for key, value in side.items() if other.get(key) != value}


def differences(side: Any, other: Any) -> list[str]:
    return [f"{key}: {value}" for key, value in differing(side, other).items()]


def shown_side(side: Any, other: Any) -> str:
    return tidy_json(differing(side, other))
