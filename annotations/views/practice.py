"""The result of a practice or test article: scores of each layer, and the differences from the gold."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.guidelines.versions import guidelines_of_labels
from annotations.models import Assignment
from annotations.practice.results import differences_of, qualification, scores_of
from annotations.scoring.differences import PairDifference
from corpus.accounts.signed_in import SignedIn

PAGE = 100


@require_safe
def result(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """The newest one of a reading, for its annotator and for reviewers; or an earlier one (`?revision=`)."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    reading = Assignment.whole(pk)
    every = list(reading.results.order_by("-at", "-pk"))
    asked = request.GET.get("revision", "")
    row = next((each for each in every if not asked or str(each.revision) == asked), None)
    if row is None:
        raise Http404
    # As long as the gold can be seen, which a reading that was returned still can.
    gold = get_object_or_404(Assignment.objects.for_user(request.user), pk=row.gold_id)
    corpus = reading.document.article.corpus
    guidelines = guidelines_of_labels(corpus, request.user)
    differences = [(each, guidelines.get(label_of(each))) for each in differences_of(row)]
    shown: dict[str, Any] = {
        "assignment": reading,
        "article": reading.document.article,
        "corpus": corpus,
        "result": row,
        "earlier": [each for each in every if each.pk != row.pk],
        "scores": scores_of(row.layers, row.least),
        "gold": gold,
        "total": len(differences),
        "page": Paginator(differences, PAGE).get_page(request.GET.get("page")),
        "is_own": reading.annotator_id == request.user.pk,
        "reached": qualification(reading.annotator, corpus, corpus.role_of(reading.annotator)),
    }
    return render(request, "annotations/result.html", shown)


def label_of(difference: PairDifference) -> str:
    """LAYER.LABEL of a difference of marks: that of the gold, which stands left; empty for others."""
    words = difference.left or difference.right
    return f"{difference.layer}.{words.partition(':')[0]}" if difference.kind == "mark" else ""
