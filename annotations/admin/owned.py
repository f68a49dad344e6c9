"""Tables of what hangs on an assignment: shown in full, written by the change log only."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import smart_split, unescape_string_literal

from annotations.models import Assignment
from corpus.admin.base import CorpusTable
from corpus.admin.download import columns
from corpus.admin.paging import MOST_COUNTED, BoundedPaginator
from corpus.admin.show import admin_link, excerpt

FEW = 200
DOCUMENT = "assignment__document__"
HEAVY = (f"{DOCUMENT}text", f"{DOCUMENT}source_map")
OWNER = ("assignment__document__article", "assignment__annotator")


def place_url(row: Any) -> str:
    """Where a mark stands in its article."""
    return f"{row.assignment.get_absolute_url()}#mark={row.pk}"


def place_link(row: Any, text: str) -> str:
    """A link into the article. It opens beside the list, which keeps its filters."""
    return format_html(
        '<a class="place" href="{}" target="_blank" rel="noopener" dir="auto">{}</a>',
        place_url(row),
        excerpt(text),
    )


def with_owner(rows: Any, *related: str) -> Any:
    return rows.select_related(*OWNER, *related).defer(*HEAVY)


def few(rows: Any) -> Any:
    """The keys themselves where they are few: PostgreSQL then knows how many there are before it looks for what points at them."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else rows.order_by().values("pk")


def are_few(rows: Any) -> bool:
    return len(rows.order_by().values_list("pk")[:MOST_COUNTED]) < MOST_COUNTED


def in_articles(words: str) -> Any:
    """The assignments of the articles whose title holds the words."""
    return few(Assignment.objects.filter(document__article__title__holds=words))


class OwnedTable(CorpusTable):
    corpus_path = "assignment__document__corpus"
    more_lookups: tuple[str, ...] = ("assignment",)
    related: tuple[str, ...] = ()

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *options: Any, **more: Any) -> BoundedPaginator:
        return BoundedPaginator(queryset, per_page, self.get_queryset(request), *options, **more)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Rows of which each word, or what stands in quotation marks, is in one of the columns that `holding` looks through."""
        for word in smart_split(search_term):
            quoted = word.startswith(('"', "'")) and word[0] == word[-1]
            queryset = queryset.filter(self.holding(unescape_string_literal(word) if quoted else word))
        return queryset, False

    def holding(self, words: str) -> Q:
        return reduce(or_, (Q(**{f"{path}__holds": words}) for path in self.search_fields))

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_owner(super().get_queryset(request), *self.related)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history of a mark is in the change log, not in the admin's own."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        query = {"q": str(row.pk)}
        return HttpResponseRedirect(reverse("admin:annotations_change_changelist", query=query))

    @admin.display(description="article", ordering=f"{DOCUMENT}article__title")
    def article(self, row: Any) -> str:
        return admin_link(row.assignment.document.article, excerpt(row.assignment.document.article.title, 60))

    @admin.display(description="annotator", ordering="assignment__annotator__username")
    def annotator(self, row: Any) -> str:
        """The assignment, by the name of the person whose reading it is."""
        mine = row.assignment
        gold = " (gold)" if mine.role == mine.Role.ADJUDICATION else ""
        return admin_link(mine, f"{mine.annotator.get_username()}{gold}")


WHOSE = columns(
    "article=assignment.document.article.title document_id=assignment.document_id assignment_id "
    "annotator=assignment.annotator.username role=assignment.role"
)
OWNER_COLUMNS = columns("id=pk key") + WHOSE + columns("revision")
