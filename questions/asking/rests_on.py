"""What an answer rests on: how much of the corpus is marked, as far as the asker may see, and up to when."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from annotations.models import Assignment, Change
from annotations.models.assignment import of_no_draft
from questions.asking.asker import Asker

Object = dict[str, Any]
# Each out of an index alone: in one count of both, PostgreSQL would read every article.
ARTICLES = """SELECT (SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s),
    (SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s AND copy_of_id IS NOT NULL)"""


def rests_on(asker: Asker, behind: int) -> Object:
    """Articles without their copies; `marked`: those of which something is evidence; `drafts`: those of which there are drafts alone.

    `behind`: assignments that the answer does not heed yet; `number`: of the last change in the log.
    """
    with connection.cursor() as cursor:
        cursor.execute(ARTICLES, {"corpus": asker.corpus.pk})
        articles, copies = cursor.fetchone()
    seen = Assignment.objects.for_user(asker.user).filter(document__corpus=asker.corpus, document__article__copy_of=None)
    # By article first: to count distinct ones would sort all assignments, once for each number.
    by_article = seen.order_by().values("document__article").annotate(is_evidence=BoolOr(of_no_draft()))
    read = by_article.aggregate(begun=Count("*"), marked=Count("is_evidence", filter=Q(is_evidence=True)))
    total = articles - copies
    return {
        "articles": total,
        "marked": read["marked"],
        "not_marked": total - read["marked"],
        "drafts": read["begun"] - read["marked"],
        "copies": copies,
        "behind": behind,
        "moment": timezone.now(),
        "number": Change.objects.order_by("-number").values_list("number", flat=True).first() or 0,
    }
