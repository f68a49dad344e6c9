"""What a screening changed: candidates that are new or gone, and decisions whose entry was changed or delisted since."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.views.screening import PAGE, roles_of
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus
from registry.models import Decision, ListCandidate, ListLink, ScreeningRun
from registry.screening import differences

CANDIDATES = {
    "new": ("New candidates", differences.newly_offered),
    "gone": ("Candidates gone", differences.taken_back),
}
LINKS = {
    "rejected": ("Rejected before, changed since", differences.rejected_and_changed),
    "changed": ("Linked, changed since", differences.linked_and_changed),
    "delisted": ("Linked, delisted since", differences.linked_and_delisted),
}


@require_safe
def screening_run(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    run = get_object_or_404(
        ScreeningRun.objects.for_user(request.user).filter(corpus=corpus).select_related("user", "corpus"), pk=pk
    )
    rows: dict[str, Any] = {kind: query(run, request.user) for kind, (_, query) in CANDIDATES.items()}
    rows |= {kind: query(corpus, request.user) for kind, (_, query) in LINKS.items()}
    counts = {kind: each.count() for kind, each in rows.items()}
    kind = request.GET.get("kind") or next((kind for kind, count in counts.items() if count), "new")
    if kind not in rows:
        raise Http404
    page = Paginator(rows[kind].select_related("entity"), PAGE).get_page(request.GET.get("page"))
    listed: Any = page.object_list
    labels = {kind: label for kind, (label, _) in (CANDIDATES | LINKS).items()}
    parts = {
        "corpus": corpus,
        "run": run,
        "today": timezone.localdate(),
        "kind": kind,
        "kinds": [(each, label, counts[each]) for each, label in labels.items()],
        "title": labels[kind],
        "page": page,
        "candidates": listed.select_related("list") if kind in CANDIDATES else [],
        "links": with_decisions(listed) if kind in LINKS else [],
        **roles_of(corpus, request.user),
    }
    return render(request, "registry/screening_run.html", parts)


def with_decisions(links: Any) -> list[dict[str, Any]]:
    """Each link with its decision, its candidate, and an id for the decision that would open it again."""
    shown: list[ListLink] = list(links)
    decisions = Decision.objects.select_related("user").in_bulk([link.decision for link in shown])
    candidates = ListCandidate.objects.select_related("list", "entity").in_bulk(
        [link.candidate for link in shown if link.candidate]
    )
    return [
        {
            "link": link,
            "seen": decisions[link.decision],
            "candidate": candidates.get(link.candidate) if link.candidate else None,
            "decision": uuid.uuid4(),
        }
        for link in shown
    ]
