"""What an answer rests on: how much of the corpus is marked, as far as the asker may see, and up to when."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone

from annotations.models import Assignment, Change
from annotations.models.assignment import of_no_draft
from corpus.models import Article
from questions.asking.asker import Asker

Object = dict[str, Any]


def rests_on(asker: Asker, behind: int) -> Object:
    """Articles without their copies; `marked`: those of which something is evidence; `drafts`: those of which there are drafts alone.

    `behind`: assignments that the answer does not heed yet; `number`: of the last change in the log.
    """
    articles = Article.objects.filter(corpus=asker.corpus).aggregate(all=Count("pk"), copies=Count("copy_of"))
    seen = Assignment.objects.for_user(asker.user).filter(document__corpus=asker.corpus, document__article__copy_of=None)
    read = seen.aggregate(
        begun=Count("document__article", distinct=True), marked=Count("document__article", distinct=True, filter=of_no_draft())
    )
    total = articles["all"] - articles["copies"]
    return {
        "articles": total,
        "marked": read["marked"],
        "not_marked": total - read["marked"],
        "drafts": read["begun"] - read["marked"],
        "copies": articles["copies"],
        "behind": behind,
        "moment": timezone.now(),
        "number": Change.objects.order_by("-number").values_list("number", flat=True).first() or 0,
    }
