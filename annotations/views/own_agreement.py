"""Your agreement: how far somebody's own readings agree with the gold and with their rereadings, and where they differ. Nobody else sees it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.guidelines.rulings import newest_versions
from annotations.scoring.differences import differences_of
from annotations.scoring.profile import SLIPS, slips_of
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import AGAIN, GOLD, ScoreRow
from annotations.views.agreement import lines
from corpus.models import Corpus, Membership

NEWEST = 30  # readings whose differences are told apart: the texts of each are read


class OwnReport(AgreementReport):
    """Of the pairs of one person with what they may see, by their user name: a gold only from when it is open to them."""

    @cached_property
    def names(self) -> dict[int, str]:
        return {self.user.pk: self.user.get_username()}


def own_report(corpus: Corpus, user: Any, against: str) -> OwnReport:
    return OwnReport(corpus, user, against, (user.get_username(),))


@require_safe
def own_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Needs the role annotator."""
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.ANNOTATOR)
    gold, again = (own_report(corpus, request.user, against) for against in (GOLD, AGAIN))
    rows = newest(gold.worked_out.scores)
    some = zip(rows, differences_of(rows), strict=True)
    slips = slips_of((row, difference) for row, differences in some for difference in differences)
    guidelines = {str(version.guideline): version.guideline for version in newest_versions(corpus)}
    shown = {
        "corpus": corpus,
        "parts": [
            ("Agreement with the gold", "gold", gold, lines(gold)),
            ("Agreement with yourself", "again", again, lines(again)),
        ],
        "labels": sorted(gold.worked_out.summary.labels, key=lambda row: (row.f1_overlap, row.layer, row.label)),
        "slips": [(SLIPS[line.slip], line, guidelines.get(line.label)) for line in slips],
        "readings": len(rows),
        "least": LEAST_ARTICLES,
    }
    return render(request, "annotations/own_agreement.html", shown)


def newest(rows: list[ScoreRow]) -> list[ScoreRow]:
    """Those that were counted last, the newest first."""
    return sorted(rows, key=lambda row: row.pk, reverse=True)[:NEWEST]
