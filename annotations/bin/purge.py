"""An administrator deletes for good what has been in the bin for long: articles that nobody has read, and corpora without a reading.

Counts, and hashes of the texts, stay in the deletion; of a corpus its name, members and history stay, too, and nobody sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import batched
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from annotations.bin.contents import Kind
from annotations.models import Assignment
from corpus.models import Article, Corpus, Deletion, Document, Raw, SearchPassage

DAYS = 90
AT_ONCE = 500  # articles that are deleted together
READ = "has readings"


class Purged(NamedTuple):
    """How many articles and corpora are gone, and which are kept, each with the reason."""

    gone: int
    kept: list[tuple[Deletion, str]]


def purgeable() -> QuerySet[Deletion]:
    """Articles and corpora long enough in the bin. Readings stay: their logs only grow, and tell of them."""
    rows = Deletion.objects.in_bin().filter(kind__in=WAYS, at__lt=timezone.now() - timedelta(days=DAYS))
    return rows.order_by("kind", "at", "pk")


def purge(by: Any) -> Purged:
    """`by`: a superuser."""
    gone, kept = 0, []
    for row in purgeable():
        try:
            with transaction.atomic():
                reason = WAYS[Kind(row.kind)](row, by)
        except ProtectedError as error:
            others = {str(each._meta.verbose_name) for each in error.protected_objects}
            reason = f"referred to by: {', '.join(sorted(others))}"
        if reason:
            kept.append((row, reason))
        else:
            gone += 1
    return Purged(gone, kept)


def purge_article(row: Deletion, by: Any) -> str:
    """Why it stays; empty where it is gone."""
    article = Article.objects.select_for_update(of=("self",)).get(deletion=row)
    texts = Document.objects.filter(article=article)
    if is_read(texts):
        return READ
    end(row, by, texts)
    remove([article.pk])
    return ""


def purge_corpus(row: Deletion, by: Any) -> str:
    """The same of all articles of a corpus, also of those that were in its bin."""
    corpus = Corpus.objects.select_for_update(no_key=True).get(deletion=row)
    texts = Document.objects.filter(corpus=corpus)
    if is_read(texts):
        return READ
    end(row, by, texts)
    for other in Deletion.objects.in_bin().filter(corpus=corpus, kind=Kind.ARTICLE):
        end(other, by, texts.filter(article__deletion=other))
    articles = Article.objects.filter(corpus=corpus).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(articles), AT_ONCE):
        remove(some)
    return ""


def is_read(texts: QuerySet[Document]) -> bool:
    return Assignment.objects.filter(document__in=texts.order_by().values("pk")).exists()


def end(row: Deletion, by: Any, texts: QuerySet[Document]) -> None:
    hashes = list(texts.order_by("article", "version").values_list("sha256", flat=True))
    Deletion.objects.filter(pk=row.pk).update(purged_by=by, purged_at=timezone.now(), hashes=hashes)


def remove(articles: Sequence[Any]) -> None:
    """With their texts, the bytes that no other text came of, and their words in the search index."""
    texts = Document.objects.filter(article__in=articles)
    raws = list(texts.order_by().values_list("raw", flat=True))
    SearchPassage.objects.filter(article__in=articles).delete()
    texts.delete()
    Article.objects.filter(pk__in=articles).delete()
    Raw.objects.filter(~Exists(Document.objects.filter(raw=OuterRef("pk"))), pk__in=raws).delete()


WAYS = {Kind.ARTICLE: purge_article, Kind.CORPUS: purge_corpus}
