"""What goes with a reading, an article or a corpus, counted before it is deleted."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from annotations.models import Assignment, Span
from annotations.models.assignment import READING
from corpus.models import Article, Corpus, Deletion, Document

Kind = Deletion.Kind
Thing = Assignment | Article | Corpus
Role, Status = Assignment.Role, Assignment.Status


def kind_of(thing: Thing) -> Kind:
    if isinstance(thing, Corpus):
        return Kind.CORPUS
    return Kind.ARTICLE if isinstance(thing, Article) else Kind.READING


def readings_of(thing: Thing) -> QuerySet[Assignment]:
    """Those that are not in the bin already, gold among them."""
    path = {Kind.CORPUS: "document__corpus", Kind.ARTICLE: "document__article", Kind.READING: "pk"}[kind_of(thing)]
    return Assignment.objects.exclude(status=Status.DELETED).filter(**{path: thing.pk}).order_by()


def counts_of(thing: Thing) -> dict[str, int]:
    """Articles and texts, but of a reading none; readings, how many of them are submitted, gold, and marks."""
    counts: dict[str, int] = {}
    if isinstance(thing, Corpus):
        counts["articles"] = Article.objects.outside_bin().filter(corpus=thing).count()
        counts["texts"] = Document.objects.filter(corpus=thing, article__deletion=None).count()
    elif isinstance(thing, Article):
        counts |= {"articles": 1, "texts": Document.objects.filter(article=thing).count()}
    is_reading = Q(role__in=READING)
    readings: dict[str, Any] = readings_of(thing).aggregate(
        readings=Count("pk", filter=is_reading),
        submitted=Count("pk", filter=is_reading & Q(status=Status.SUBMITTED)),
        gold=Count("pk", filter=~is_reading),
    )
    return counts | readings | {"marks": Span.objects.filter(assignment__in=readings_of(thing).values("pk")).count()}


def label_of(thing: Thing) -> str:
    if isinstance(thing, Assignment):
        # Without the annotator: a name that is repeated would have to be erased here, too.
        what = "Gold" if thing.role == Role.ADJUDICATION else "Reading"
        return f"{what} of “{thing.document.article.title[:180]}”"
    return str(thing)[:200]
