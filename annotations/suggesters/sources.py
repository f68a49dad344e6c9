"""What the suggestions of a reading may rest on: the reading itself, and readings of other stories that are finished or one's own.

Never another reading or the gold of the same story, nor another corpus: two readings of a text would no longer be independent. Here
it stands once; suggesters ask nothing else.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import Assignment, PracticeArticle
from corpus.models import Article

Role, Status = Assignment.Role, Assignment.Status


def story(article: Article) -> QuerySet[Article, Any]:
    """The article, copies of it and what it is a copy of, and the articles that people have put together with one of them."""
    original = article.copy_of_id or article.pk
    same = Q(pk=article.pk) | Q(pk=original) | Q(copy_of=original) | Q(copy_of=article.pk)
    if article.cluster_id:
        same |= Q(cluster=article.cluster_id) | Q(copy_of__cluster=article.cluster_id)
    return Article.objects.filter(same, corpus=article.corpus_id).order_by().values("pk")


def sources(reading: Assignment) -> QuerySet[Assignment]:
    """Readings of other stories of the corpus: gold that is submitted, and what the annotator has submitted. None in the bin, none of a
    practice or test article."""
    rows = Assignment.objects.outside_bin().filter(document__corpus=reading.document.corpus_id, status=Status.SUBMITTED)
    own = Q(role=Role.ANNOTATION, annotator=reading.annotator_id)
    learning = PracticeArticle.objects.filter(document=OuterRef("document"))
    rows = rows.filter(Q(role=Role.ADJUDICATION) | own, ~Exists(learning), document__article__practice=False)
    return rows.exclude(document__article__in=story(reading.document.article)).filter(document__article__deletion=None).order_by()
