"""Articles whose address or outlet rests on the word of something that did not come from there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from corpus.models import Article, Corpus, Document
from corpus.provenance.addresses import BY_ITS_SITE, NOT_KNOWN, STATED_BY
from corpus.provenance.outlets import domain_of
from corpus.provenance.sites import same_author

AT_ONCE = 1_000  # rows from the server
SHOWN = (
    "article__title",
    "article__outlet__name",
    "article__url",
    "article__url_basis",
    "article__outlet__domain",
    "article__outlet_basis",
)


class Doubt(NamedTuple):
    article: Article
    reasons: list[str]


def doubts(corpus: Corpus | None = None) -> Iterator[Doubt]:
    """Read as a stream, however many articles there are."""
    rows = Document.objects.select_related("article__outlet", "article__corpus").order_by("article", "version")
    rows = rows.filter(corpus=corpus) if corpus else rows
    texts = rows.only("version", "retrieved_from", "accepted_by", "article__corpus__slug", *SHOWN)
    for _, some in groupby(texts.iterator(chunk_size=AT_ONCE), key=attrgetter("article_id")):
        of_one = list(some)
        if reasons := list(reasons_of(of_one[0].article, of_one)):
            yield Doubt(of_one[0].article, reasons)


def reasons_of(article: Article, texts: list[Document]) -> Iterator[str]:
    first, *others = texts
    # What its site stated was believed of all hosts of one registrant before.
    is_told = bool(article.url_basis) and not article.url_basis.startswith((NOT_KNOWN, BY_ITS_SITE))
    if article.url and not (is_told or came_from_there(article, first)):
        yield f"its URL {article.url} is not confirmed: text {first.version} came from {origin(first)}"
    for text in others if article.url else ():
        if not (text.accepted_by_id or came_from_there(article, text)):
            yield f"text {text.version} came from {origin(text)}, not from {article.url}, and was not accepted by anyone"
    yield from outlet_reasons(article, texts)


def outlet_reasons(article: Article, texts: list[Document]) -> Iterator[str]:
    """An outlet of a domain from which nothing came."""
    outlet = article.outlet
    is_told = article.outlet_basis not in ("", NOT_KNOWN)
    if outlet is None or article.outlet_basis.startswith(STATED_BY) or (is_told and not outlet.domain):
        return
    if not any(domain_of(text.retrieved_from) == outlet.domain for text in texts):
        yield f"its outlet “{outlet}” is not confirmed: nothing came from {outlet.domain or 'its domain'}"


def came_from_there(article: Article, text: Document) -> bool:
    return same_author(text.retrieved_from, article.url)


def origin(text: Document) -> str:
    return text.retrieved_from or "an unknown source"
