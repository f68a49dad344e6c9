"""Where readings of a corpus differ: the differences of all pairs as one list."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.chosen_articles import choices_of
from annotations.scoring.differences import KINDS, PairDifference
from annotations.scoring.score_rows import ScoreRow
from annotations.scoring.weighed import DifferenceFilter, WeighedCounts, weighed
from annotations.views.agreement import corpus_for
from annotations.views.agreement_filters import filters_of, query_of, report_of
from corpus.accounts.signed_in import SignedIn

PAIRS = 10  # of a page: the texts of each are read


# What the two filters offer, beside all.
EFFECTS = {"1": "Changes a statement", "0": "Changes no statement"}
DECISIONS = {"1": "Decided", "0": "Not decided"}


class DifferenceLine(NamedTuple):
    row: ScoreRow
    difference: PairDifference


@require_safe
def corpus_differences(request: SignedIn, slug: str) -> HttpResponse:
    """The pairs with the least agreement first. Needs the role reviewer."""
    corpus = corpus_for(request, slug)
    choices = choices_of(corpus)
    report = report_of(request, corpus, choices)
    asked = filter_of(request, report.code)
    page = Paginator(report.worked_out.scores, PAIRS).get_page(request.GET.get("page"))
    drawn = list(page)
    lists = list(zip(drawn, weighed(drawn), strict=True))
    lines = [DifferenceLine(row, difference) for row, some in lists for difference in asked.of(some)]
    shown: dict[str, Any] = filters_of(report, choices)
    shown |= {"corpus": corpus, "report": report, "page": page, "lines": lines, "kinds": KINDS.items(), "asked": asked}
    shown["flags"] = [
        ("material", "Effect", asked.material, EFFECTS.items()),
        ("decided", "Adjudication", asked.decided, DECISIONS.items()),
    ]
    shown["counts"] = WeighedCounts.of(each for _, some in lists for each in asked.of_kind(some))
    return render(request, "annotations/differences.html", shown | {"query": query_of(report)})


def filter_of(request: SignedIn, code: str) -> DifferenceFilter:
    """Of the address; what is no choice asks for all."""
    offered = {"kind": KINDS, "material": EFFECTS, "decided": DECISIONS}
    chosen = {name: request.GET.get(name, "") for name in offered}
    return DifferenceFilter(code=code, **{name: value for name, value in chosen.items() if value in offered[name]})
