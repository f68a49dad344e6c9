"""Where readings of a corpus differ: the differences of all pairs as one list."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.chosen_articles import choices_of
from annotations.scoring.differences import KINDS, PairDifference, differences_of
from annotations.scoring.score_rows import ScoreRow
from annotations.views.agreement import corpus_for
from annotations.views.agreement_filters import filters_of, query_of, report_of

PAIRS = 10  # of a page: the texts of each are read


class DifferenceLine(NamedTuple):
    row: ScoreRow
    difference: PairDifference


@require_safe
def corpus_differences(request: HttpRequest, slug: str) -> HttpResponse:
    """The pairs with the least agreement first. Needs the role reviewer."""
    corpus = corpus_for(request, slug)
    choices = choices_of(corpus)
    report = report_of(request, corpus, choices)
    kind = request.GET.get("kind", "")
    page = Paginator(report.worked_out.scores, PAIRS).get_page(request.GET.get("page"))
    lines = [
        DifferenceLine(row, difference)
        for row, some in zip(page, differences_of(page.object_list), strict=True)
        for difference in some
        if difference.is_of(kind, report.code)
    ]
    shown: dict[str, Any] = filters_of(report, choices)
    shown |= {"corpus": corpus, "report": report, "page": page, "lines": lines, "kinds": KINDS.items(), "kind": kind}
    return render(request, "annotations/differences.html", shown | {"query": query_of(report)})
