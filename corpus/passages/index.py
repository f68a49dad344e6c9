"""Passages of texts and titles, written by the worker: it takes longer than to store an article, and nobody need wait for it.

What is to be done lies in a queue that triggers fill, so that no way of storing a text can forget it. A slice of the queue and its
passages are one transaction: a worker that is killed leaves the rest as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from corpus.db.row_writer import Row, Statements
from corpus.db.unhurried import unhurried
from corpus.jobs.heartbeat import got_on
from corpus.models import Article, Corpus, Document, SearchPassage, Segment, UnindexedArticle
from corpus.words.passages import WordPassage, passages, whole_text

SLICE = 50  # rows of the queue
AT_ONCE = 500  # passages in one statement
# Of two workers the second waits: both would write the same passages.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('attest.words'))"
ADD_WORDS = "INSERT INTO corpus_searchword (corpus_id, word) SELECT $1::bigint, unnest($2::text[]) ON CONFLICT DO NOTHING"


def index_later() -> None:
    """A job for what waits, if there is none."""
    try:
        with transaction.atomic():
            app.configure_task("index_words", queue="intake", queueing_lock="index_words").defer()
    except AlreadyEnqueued:
        return  # and takes this too


def not_indexed(corpus: Corpus | None = None) -> int:
    """How many articles have a text or title that no search finds yet."""
    rows = UnindexedArticle.objects.filter(corpus=corpus) if corpus else UnindexedArticle.objects.all()
    return rows.values("article").distinct().count()


def without_passages(corpus: Corpus | None = None) -> QuerySet[Article]:
    """Articles with a title or a text that has no passages although nothing waits: of a database that was repaired by hand."""
    passages_of_title = SearchPassage.objects.filter(article=OuterRef("pk"), document=None)
    passages_of_text = SearchPassage.objects.filter(document=OuterRef("pk"))
    bare = Document.objects.filter(~Exists(passages_of_text), article=OuterRef("pk")).exclude(text="")
    is_bare = Exists(bare) | (~Exists(passages_of_title) & Q(title__regex=r"\w"))
    articles = Article.objects.outside_bin().filter(is_bare, ~Exists(UnindexedArticle.objects.filter(article=OuterRef("pk"))))
    return articles.filter(corpus=corpus) if corpus else articles


def queue_missing(corpus: Corpus | None = None) -> None:
    for batch in batched(without_passages(corpus).values_list("pk", "corpus_id").iterator(), AT_ONCE):
        UnindexedArticle.objects.bulk_create(UnindexedArticle(article_id=pk, corpus_id=of) for pk, of in batch)


def index_all(seconds: float = float("inf")) -> bool:
    """Index what waits, for so long. Whether that was all."""
    end = monotonic() + seconds
    while index_slice():
        if monotonic() > end:
            return not UnindexedArticle.objects.exists()
    return True


@unhurried()
def index_slice() -> int:
    """Index the articles that have waited longest. How many rows of the queue that were."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    rows = dict(UnindexedArticle.objects.order_by("pk").values_list("pk", "article")[:SLICE])
    articles = set(rows.values())
    SearchPassage.objects.filter(article__in=articles, document=None).delete()  # a title changes, a text never
    for batch in batched(passages_of(articles), AT_ONCE):
        write(batch)
        got_on()
    UnindexedArticle.objects.filter(pk__in=rows).delete()
    return len(rows)


Owned = tuple[dict[str, Any], WordPassage]  # columns with what it belongs to, and the passage


def passages_of(articles: set[UUID]) -> Iterator[Owned]:
    """Those of all titles, and of all texts that have none."""
    for article in Article.objects.outside_bin().filter(pk__in=articles).only("corpus_id", "title"):
        owner = {"corpus_id": article.corpus_id, "article_id": article.pk, "document_id": None}
        yield from ((owner, each) for each in passages(article.title, [(0, len(article.title))]))
    indexed = Exists(SearchPassage.objects.filter(document=OuterRef("pk")))
    keys = (
        Document.objects.filter(~indexed, article__in=articles, article__deletion=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for key in list(keys):
        document = Document.objects.only("corpus_id", "article_id", "text").get(pk=key)
        owner = {"corpus_id": document.corpus_id, "article_id": document.article_id, "document_id": key}
        segments = Segment.objects.filter(document=key).order_by("start").values_list("start", "end")
        yield from ((owner, each) for each in passages(document.text, whole_text(segments, len(document.text))))


def write(batch: tuple[Owned, ...]) -> None:
    out = Statements()
    out.add(SearchPassage, [row(*each) for each in batch])
    for corpus in sorted({owner["corpus_id"] for owner, _ in batch}):
        words = {word for owner, passage in batch if owner["corpus_id"] == corpus for word in passage.words}
        out.do(ADD_WORDS, [corpus, sorted(words)])
    out.send()


def row(owner: dict[str, Any], passage: WordPassage) -> Row:
    return owner | {"start": passage.start, "end": passage.end, "next": passage.next, "words": passage.vector}
