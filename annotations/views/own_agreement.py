"""Agreement of oneself alone: how far somebody's own readings agree with the gold and with their rereadings, and where they differ. Nobody else sees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.guidelines.rulings import newest_versions
from annotations.scoring.own import own_report
from annotations.scoring.profile import SLIPS
from annotations.scoring.score_rows import AGAIN, GOLD
from annotations.views.agreement import lines
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus, Membership


@require_safe
def own_agreement(request: SignedIn, slug: str) -> HttpResponse:
    """Needs the role annotator."""
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.ANNOTATOR)
    gold, again = (own_report(corpus, request.user, against) for against in (GOLD, AGAIN))
    guidelines = {str(version.guideline): version.guideline for version in newest_versions(corpus)}
    shown = {
        "corpus": corpus,
        "reviews": corpus.allows(request.user, Membership.Role.REVIEWER),
        "parts": [
            ("Agreement with the gold", "gold", gold, lines(gold)),
            ("Agreement with yourself", "again", again, lines(again)),
        ],
        "labels": sorted(gold.worked_out.summary.labels, key=lambda row: (row.f1_overlap, row.layer, row.label)),
        "slips": [(SLIPS[line.slip], line, guidelines.get(line.label)) for line in gold.slips],
        "readings": len(gold.newest),
        "least": LEAST_ARTICLES,
    }
    return render(request, "annotations/own_agreement.html", shown)
