"""Tables of what hangs on an assignment: shown in full, written by the change log only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from corpus.admin.base import CorpusTable
from corpus.admin.download import columns
from corpus.admin.show import admin_link, excerpt

DOCUMENT = "assignment__document__"
HEAVY = (f"{DOCUMENT}text", f"{DOCUMENT}source_map")
OWNER = ("assignment__document__article", "assignment__annotator")


def place_url(row: Any) -> str:
    """Where a mark stands in its article."""
    return f"{row.assignment.get_absolute_url()}#mark={row.pk}"


def place_link(row: Any, text: str) -> Any:
    """A link into the article. It opens beside the list, which keeps its filters."""
    return format_html(
        '<a class="place" href="{}" target="_blank" rel="noopener" dir="auto">{}</a>',
        place_url(row),
        excerpt(text),
    )


def with_owner(rows: Any, *related: str) -> Any:
    return rows.select_related(*OWNER, *related).defer(*HEAVY)


class OwnedTable(CorpusTable):
    corpus_path = "assignment__document__corpus"
    more_lookups = ("assignment",)
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_owner(super().get_queryset(request), *self.related)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history of a mark is in the change log, not in the admin's own."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        query = {"object_id__exact": str(row.pk)}
        return HttpResponseRedirect(reverse("admin:annotations_change_changelist", query=query))

    @admin.display(description="article", ordering=f"{DOCUMENT}article__title")
    def article(self, row: Any) -> Any:
        return admin_link(row.assignment.document.article, excerpt(row.assignment.document.article.title, 60))

    @admin.display(description="annotator", ordering="assignment__annotator__username")
    def annotator(self, row: Any) -> Any:
        """The assignment, by the name of the person whose reading it is."""
        mine = row.assignment
        gold = " (gold)" if mine.role == mine.Role.ADJUDICATION else ""
        return admin_link(mine, f"{mine.annotator.get_username()}{gold}")


WHOSE = columns(
    "article=assignment.document.article.title document_id=assignment.document_id assignment_id "
    "annotator=assignment.annotator.username role=assignment.role"
)
OWNER_COLUMNS = columns("id=pk key") + WHOSE + columns("revision")
