"""Corpora, the articles of one, and one article: what there is and how far the work is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.assign import open_for
from annotations.forms import filtered
from annotations.models.assignment import READING
from annotations.plans.team import opens_any, require_choice
from annotations.queries.home import with_beginnings
from annotations.queries.listed_names import actors_on_lists, offered_names
from annotations.queries.progress import by_article, shares
from annotations.schemes.of_corpus import NoScheme
from annotations.views.adjudicate import offered_adjudication
from annotations.views.article_list import chips, ordered, sort_links
from annotations.views.deletions import says_where_deleted
from annotations.views.home import first_steps
from corpus.accounts.signed_in import SignedIn
from corpus.edits.encodings import guess_of, with_guess
from corpus.models import Article, Corpus, Document, Membership
from corpus.passages.snippets import text_snippets
from corpus.text.dateline import dateline_of

PAGE = 50


@require_safe
@says_where_deleted
def articles(request: SignedIn, slug: str) -> HttpResponse:
    corpus: Any = get_object_or_404(with_beginnings(Corpus.objects.for_user(request.user)), slug=slug)
    role = corpus.role_of(request.user)
    everything, filters = filtered(request.GET, corpus, request.user)
    sort = request.GET.get("sort", "")
    matching = with_guess(ordered(filters.narrow(everything), sort)).select_related("outlet", "cluster", "copy_of")
    page = Paginator(matching, PAGE).get_page(request.GET.get("page"))
    drawn = list(page)
    attach_work(drawn, request.user)
    attach_copies(drawn)
    attach_snippets(corpus, drawn, filters.chosen.get("q", ""))
    shown = {
        "corpus": corpus,
        "page": page,
        "filters": filters,
        "sort": sort_links(sort),
        "query": request.GET.urlencode(),
        "shares": shares(everything.filter(copy_of=None)),
        "chips": chips(filters, request.GET),
        "opens": opens_any(corpus, role),
        "steps": first_steps(corpus, role),
        **permissions(role),
    }
    return render(request, "annotations/articles.html", shown)


def may(role: str | None, at_least: str) -> bool:
    return role in Membership.Role.from_rank(at_least)


def permissions(role: str | None) -> dict[str, Any]:
    return {
        "role": role,
        "marks": may(role, "annotator"),
        "reviews": may(role, "reviewer"),
        "manages": may(role, "manager"),
    }


def attach_work(articles: list[Article], user: User) -> None:
    """Give each article the assignments that `user` sees: `everyone`, and `mine` (the newest)."""
    assignments = by_article(articles, user)
    for article in articles:
        rows = assignments.get(article.pk, [])
        own = [row for row in rows if row.annotator_id == user.pk and row.role in READING]
        article.mine = own[0] if own else None
        article.everyone = rows


def attach_copies(articles: list[Article]) -> None:
    """Give each article `copy_count`: how many copies of it there are."""
    rows = Article.objects.filter(copy_of__in=[article.pk for article in articles]).order_by().values("copy_of")
    counts = dict(rows.annotate(n=Count("pk")).values_list("copy_of", "n"))
    for article in articles:
        article.copy_count = counts.get(article.pk, 0)


def attach_snippets(corpus: Corpus, articles: list[Article], search: str) -> None:
    """Give each article `snippet`, if its text has the words of a search."""
    snippets = text_snippets(corpus, search, [article.pk for article in articles]) if search else {}
    for article in articles:
        article.snippet = snippets.get(article.pk)


@require_safe
@says_where_deleted
def article(request: SignedIn, pk: str) -> HttpResponse:
    """The newest text of an article, how it came about, and who marks it."""
    rows = Article.objects.for_user(request.user).select_related("corpus", "outlet", "cluster", "copy_of")
    row = get_object_or_404(rows, pk=pk)
    documents = list(row.documents.select_related("raw").defer("raw__content", "source_map"))
    attach_work([row], request.user)
    document = documents[0] if documents else None
    role = row.corpus.role_of(request.user)
    shown = {
        "article": row,
        "corpus": row.corpus,
        "document": document,
        "versions": documents,
        "copies": row.copies.select_related("outlet")[:PAGE],
        "told": row.cluster.articles.exclude(pk=row.pk).select_related("outlet")[:PAGE] if row.cluster else [],
        "segments": segments_of(document) if document else [],
        "dateline": dateline_of(document.text) if document else None,
        "repairs": list(document.repairs.all()) if document else [],
        "guessed_encoding": guess_of(document) if document else "",
        "offered": offered_names(document, request.user) if document else None,
        "on_lists": actors_on_lists(row, request.user),
        "adjudication": offered_adjudication(row, document),
        "compared": [each.pk for each in row.everyone if document and each.text_version == document.version][:2],
        "opens": opens_any(row.corpus, role),
        **permissions(role),
    }
    return render(request, "annotations/article.html", shown)


def segments_of(document: Document) -> list[dict[str, Any]]:
    """The segments with their text cut at zones: `parts` of (text, kind of zone or "")."""
    zones: dict[int, list[Any]] = {}
    for zone in document.zones.all():
        zones.setdefault(zone.segment_id, []).append(zone)
    return [{"segment": row, "parts": parts(document.text, row, zones.get(row.pk, []))} for row in document.segments.all()]


def parts(text: str, segment: Any, zones: list[Any]) -> list[tuple[str, str]]:
    cut, at = [], segment.start
    for zone in zones:
        cut += [(text[at : zone.start], ""), (text[zone.start : zone.end], zone.kind)]
        at = zone.end
    cut.append((text[at : segment.end], ""))
    return [(words, kind) for words, kind in cut if words]


@require_POST
def begin(request: SignedIn, pk: str) -> HttpResponse:
    """Open my assignment on an article, or find it, and go there."""
    rows = Article.objects.for_user(request.user).select_related("corpus")
    row = get_object_or_404(rows, pk=pk)
    row.corpus.require(request.user, "annotator")
    document = get_object_or_404(row.documents.order_by("-version")[:1])
    require_choice(request.user, document)
    try:
        assignment, _ = open_for(request.user, document)
    except NoScheme as error:
        return render(request, "annotations/noscheme.html", {"error": error}, status=409)
    return redirect(assignment)
