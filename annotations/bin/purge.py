"""An administrator deletes for good what has been in the bin for long: readings that are empty, articles and corpora with none but these.

A reading is empty in which nobody has ever annotated anything and that was never submitted: nothing rests on it, and no log tells of it but
that it was there. All others stay, for the change log and the seals are about them. Counts, and hashes of the texts, stay in the deletion; of a
corpus its name, members and history stay, too, and nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils import timezone

from annotations.bin.contents import Kind
from annotations.models import Assignment, Transition
from corpus.models import Article, Corpus, Deletion, Document, Raw, SearchPassage

DAYS = 90
AT_ONCE = 500  # articles that are deleted together
READ = "has readings with annotations, or submitted ones"
WRITTEN = "has annotations, or was submitted"


class Purged(NamedTuple):
    """How many readings, articles and corpora are gone, and which are kept, each with the reason."""

    gone: int
    kept: list[tuple[Deletion, str]]


def purgeable() -> list[Deletion]:
    """What is long enough in the bin. Readings go first: an article may have been deleted after one of its own."""
    rows = Deletion.objects.in_bin().filter(kind__in=WAYS, at__lt=timezone.now() - timedelta(days=DAYS))
    return sorted(rows.select_related("corpus").order_by("at", "pk"), key=lambda row: ORDER.index(Deletion.Kind(row.kind)))


def purge(by: User) -> Purged:
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


def purge_reading(row: Deletion, by: User) -> str:
    """Why it stays; empty where it is gone."""
    reading = Assignment.objects.select_for_update(of=("self",)).get(deletion=row)
    if not empty_readings().filter(pk=reading.pk).exists():
        return WRITTEN
    end(row, by, Document.objects.none())
    remove_readings(Assignment.objects.filter(pk=reading.pk))
    return ""


def purge_article(row: Deletion, by: User) -> str:
    """The same, with its readings if all of them are empty."""
    article = Article.objects.select_for_update(of=("self",)).get(deletion=row)
    texts = Document.objects.filter(article=article)
    if is_read(texts):
        return READ
    end(row, by, texts)
    remove_readings_of(texts, row, by)
    remove([article.pk])
    return ""


def purge_corpus(row: Deletion, by: User) -> str:
    """The same of all articles of a corpus, also of those that were in its bin."""
    corpus = Corpus.objects.select_for_update(no_key=True).get(deletion=row)
    texts = Document.objects.filter(corpus=corpus)
    if is_read(texts):
        return READ
    end(row, by, texts)
    remove_readings_of(texts, row, by)
    for other in Deletion.objects.in_bin().filter(corpus=corpus, kind=Kind.ARTICLE):
        end(other, by, texts.filter(article__deletion=other))
    articles = Article.objects.filter(corpus=corpus).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(articles), AT_ONCE):
        remove(some)
    return ""


def is_read(texts: QuerySet[Document]) -> bool:
    """Whether somebody has annotated one of them, or has submitted a reading of it."""
    readings = Assignment.objects.filter(document__in=texts.order_by().values("pk"))
    return readings.exclude(pk__in=empty_readings().order_by().values("pk")).exists()


def kept(rows: Iterable[Deletion]) -> set[UUID]:
    """Which of them stay in the bin for good: somebody annotated one of their readings, or submitted it."""
    written = Assignment.objects.exclude(pk__in=empty_readings().order_by().values("pk")).order_by()
    keys = [row.pk for row in rows]
    paths = ("deletion", "document__article__deletion", "document__corpus__deletion")
    of_them = Q(*((f"{path}__in", keys) for path in paths), _connector=Q.OR)
    return {pk for row in written.filter(of_them).values_list(*paths).distinct() for pk in row}


def empty_readings() -> QuerySet[Assignment]:
    submitted = Transition.objects.filter(assignment=OuterRef("pk"), kind=Transition.Kind.SUBMITTED)
    return Assignment.objects.filter(~Exists(submitted), revision=0, submitted=None)


def remove_readings_of(texts: QuerySet[Document], row: Deletion, by: User) -> None:
    """Readings that are not in the bin themselves, as in a corpus that is, come into it with `row`; some are there by a deletion of their own."""
    readings = Assignment.objects.filter(document__in=texts.order_by().values("pk"))
    list(readings.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    own = readings.filter(deletion__kind=Kind.READING).values_list("deletion", flat=True)
    Deletion.objects.filter(pk__in=list(own)).update(purged_by=by, purged_at=timezone.now())
    readings.exclude(status=Assignment.Status.DELETED).update(status=Assignment.Status.DELETED, deletion=row)
    remove_readings(readings)


def remove_readings(readings: QuerySet[Assignment]) -> None:
    """With their steps, which the database gives up of none but empty readings in the bin."""
    keys = list(readings.order_by().values_list("pk", flat=True))
    Transition.objects.filter(assignment__in=keys).delete()
    Assignment.objects.filter(pk__in=keys).delete()


def end(row: Deletion, by: User, texts: QuerySet[Document]) -> None:
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


WAYS = {Kind.READING: purge_reading, Kind.ARTICLE: purge_article, Kind.CORPUS: purge_corpus}
ORDER = [*WAYS]
