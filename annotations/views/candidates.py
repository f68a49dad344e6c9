"""One candidate: entity and entry beside each other, what makes them alike, what speaks against it, and the decision."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from annotations.models import Span
from annotations.queries.mentions import Mentions
from annotations.queries.snippets import passages
from annotations.views.screening import roles_of
from annotations.write.decide_candidate import current_entry, decide_candidate
from annotations.write.errors import Conflict, Refusal
from annotations.write.listed_entry import doubt
from corpus.accounts.signed_in import SignedIn
from registry.models import Decision, ListCandidate, ListEntry
from registry.screening.aligned import aligned
from registry.screening.identifiers_beside import identifiers_beside
from registry.screening.proposals import open_proposals
from registry.screening.same_party import companions
from registry.screening.subjects import subject_of

MENTIONS, DECISIONS = 10, 50


@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: SignedIn, pk: int) -> HttpResponse:
    rows = ListCandidate.objects.for_user(request.user).select_related("entity__corpus", "list", "first_run", "last_run")
    row = get_object_or_404(rows, pk=pk)
    problem, states = "", []
    if request.method == "POST":
        try:
            made = decide_candidate(row, request.user, sent(request), Decision.Source.PAGE)
        except Conflict as conflict:
            problem, states = str(conflict), conflict.conflicts
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"{made.get_match_display().capitalize()}: {row.entity} and {row.list} {row.ref}.")
            return redirect(back(request, row.get_absolute_url()))
        row = get_object_or_404(rows, pk=pk)
    return render(request, "registry/candidate.html", page_of(request, row, problem, states), status=409 if problem else 200)


def sent(request: SignedIn) -> dict[str, Any]:
    names = ("id", "match", "note", "entry")
    body: dict[str, Any] = {name: request.POST.get(name, "") for name in names}
    revision = request.POST.get("revision", "")
    also = [each.split(":", 1) for each in request.POST.getlist("also") if ":" in each]
    body["also"] = [
        {"candidate": int(pk), "entry": entry} for pk, entry in also if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]
    return body | {"revision": int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else None}


def back(request: SignedIn, otherwise: str) -> str:
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else otherwise


def page_of(request: SignedIn, row: ListCandidate, problem: str, states: list[dict[str, Any]]) -> dict[str, Any]:
    entity, current = row.entity, current_entry(row)
    compared = ListEntry.objects.filter(list=row.list_id, ref=row.ref, digest=row.entry_digest).order_by("-pk").first()
    mentions = Mentions(Span.objects.for_user(request.user).filter(entity=entity))
    is_overtaken = current is None or current.digest != row.entry_digest
    return {
        "candidate": row,
        "entity": entity,
        "corpus": entity.corpus,
        "names": entity.names.all(),
        "births": entity.births.all(),
        "identifiers": identifiers_beside(
            subject_of(entity), [(each.scheme, each.value) for each in entity.identifiers.all()], compared
        ),
        "mention_count": len(mentions),
        "mentions": passages(mentions[:MENTIONS]),
        "entry": compared,
        "listed_names": compared.names.all() if compared else [],
        "is_delisted": current is None,
        "is_overtaken": is_overtaken,
        "words": aligned(row.explanation),
        "facts": row.explanation["facts"],
        "link": entity.list_links.filter(list=row.list.code, entry=row.ref).select_related("reviewer").first(),
        "decisions": Decision.objects.filter(entity=entity.pk, list=row.list.code, entry=row.ref).select_related("user")[
            :DECISIONS
        ],
        "decision": uuid.uuid4(),
        "together": companions([row], request.user).get(row.pk, []),
        "doubt": doubt(row),
        "proposal": open_proposals([row]).get(row.pk),
        "problem": problem,
        "conflicts": states,
        **roles_of(entity.corpus, request.user),
    }
