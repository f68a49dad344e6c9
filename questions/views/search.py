"""One search over a corpus: its articles, its entities, and the words of its texts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.forms import filtered
from annotations.queries.entities_by_name import by_name
from corpus.models import Article, Corpus
from corpus.passages.snippets import text_snippets
from questions.address.question import AddressError, read
from questions.asking.time_limits import TooBroad
from questions.ledgers.answered import answered, look_up
from questions.views.ask import corpus_of
from registry.models import Entity

MOST = 8  # of each kind; the lists that the page leads to have the others


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    corpus = corpus_of(request, slug)
    words = request.GET.get("q", "").strip()[:200].replace("\x00", "")
    shown: dict[str, Any] = {"corpus": corpus, "words": words, "query": urlencode({"q": words}), "most": MOST}
    return render(request, "questions/search.html", {**shown, **(hits_of(corpus, request.user, words) if words else {})})


def hits_of(corpus: Corpus, user: Any, words: str) -> dict[str, Any]:
    """What has the words, of each kind one more than is shown; `problem`: why they cannot be searched for."""
    rows = Entity.objects.for_user(user).filter(corpus=corpus)
    entities = list(by_name(rows, corpus, words).order_by("name", "pk").prefetch_related("names")[: MOST + 1])
    everything, filters = filtered(QueryDict(urlencode({"q": words})), corpus, user)
    if not filters.is_valid():
        return {"entities": entities, "problem": " ".join(map(str, filters.errors["q"]))}
    articles = list(filters.narrow(everything).select_related("outlet")[: MOST + 1])
    return {
        "entities": entities,
        "articles": with_snippets(corpus, articles, words),
        "not_indexed": filters.not_indexed,
        **lines(corpus, user, words),
    }


def with_snippets(corpus: Corpus, articles: list[Article], words: str) -> list[Article]:
    snippets = text_snippets(corpus, words, [article.pk for article in articles])
    for article in articles:
        article.__dict__["snippet"] = snippets.get(article.pk)
    return articles


def lines(corpus: Corpus, user: Any, words: str) -> dict[str, Any]:
    """Places of the words, as the ledger of words has them; `too_broad`: it takes too long to find them."""
    known, _ = look_up(corpus, user)
    if known.scheme is None:
        return {}
    try:
        return {"lines": answered(read("words", [("q", words)]), corpus, user, MOST + 1, known=known).page.rows}
    except AddressError as error:
        return {"problem": str(error)}
    except TooBroad:
        return {"too_broad": True}
