"""Same story: articles that a person puts together, in whatever language. A story counts once where articles are counted."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from corpus.models import Article, Cluster

# Words of a title that are looked for, and how many of them another title must share to be offered.
LONGEST, ENOUGH = 6, 2


@transaction.atomic
def join(article: Article, other: Article) -> Cluster:
    """Both are one story; if each had one already, these become one. Raises ValueError for itself, and across corpora."""
    if article.pk == other.pk or article.corpus_id != other.corpus_id:
        raise ValueError("Choose another article of the same corpus.")
    kept = article.cluster or other.cluster or new_story(article)
    gone = other.cluster if other.cluster_id not in (None, kept.pk) else None
    if gone:
        gone.articles.update(cluster=kept)
        gone.delete()
    Article.objects.filter(pk__in=[article.pk, other.pk]).update(cluster=kept)
    article.cluster = other.cluster = kept
    return kept


def likely(article: Article, others: QuerySet[Article]) -> QuerySet[Article]:
    """Of the others those that may tell the same story: copies, and titles that share two of this one's longest words."""
    words = sorted(set(re.findall(r"\w{4,}", article.title.casefold())), key=len)[-LONGEST:]
    shared = sum((Case(When(title__icontains=word, then=1), default=0, output_field=IntegerField()) for word in words), Value(0))
    copies = Q(copy_of=article) | Q(pk=article.copy_of_id) | Q(copy_of__isnull=False, copy_of=article.copy_of_id)
    ranked = others.annotate(shared=shared).filter(copies | Q(shared__gte=ENOUGH))
    return ranked.order_by(F("shared").desc(), "-created", "pk")


@transaction.atomic
def leave(article: Article) -> None:
    """The article is no part of its story any more; a story of one article is none."""
    story, article.cluster = article.cluster, None
    article.save(update_fields=["cluster"])
    if story and story.articles.count() < 2:
        story.delete()


def new_story(article: Article) -> Cluster:
    """Named after its first article, with a number where another story has that name."""
    title = article.title[:280]
    taken = set(Cluster.objects.filter(corpus=article.corpus_id, name__startswith=title).values_list("name", flat=True))
    names = (title if number == 1 else f"{title} ({number})" for number in range(1, len(taken) + 2))
    return Cluster.objects.create(corpus_id=article.corpus_id, name=next(name for name in names if name not in taken))
