"""What an answer rests on: how much of the corpus is marked, as far as the asker may see, and up to when."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from annotations.models import Assignment, Change
from corpus.models import Article
from questions.asking.asker import Asker

Object = dict[str, Any]


def rests_on(asker: Asker, behind: int) -> Object:
    """Articles without their copies; `marked`: those of which something is evidence; `drafts`: those of which there are drafts alone.

    `behind`: assignments that the answer does not heed yet; `number`: of the last change in the log.
    """
    articles = Article.objects.filter(corpus=asker.corpus).order_by()
    seen = (
        Assignment.objects.for_user(asker.user).filter(document__corpus=asker.corpus, document__article__copy_of=None).order_by()
    )
    marked = seen.without_drafts().values("document__article").distinct()
    begun = seen.values("document__article").distinct().count()
    total, known = articles.filter(copy_of=None).count(), marked.count()
    return {
        "articles": total,
        "marked": known,
        "not_marked": total - known,
        "drafts": begun - known,
        "copies": articles.exclude(copy_of=None).count(),
        "behind": behind,
        "moment": timezone.now(),
        "number": Change.objects.order_by("-number").values_list("number", flat=True).first() or 0,
    }
