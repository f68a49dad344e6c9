"""An article's newer text: what comes along of the annotations of an older one, and what of them a person has to look at."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.bin.carried import require_undoer, undo_carry, workers
from annotations.models import Assignment, Carry, CarryItem
from annotations.queries.carryable import carry_of, newest_text, older_reading, reading_of_other
from annotations.write.carry import UNDONE, carry, decide_item, preview, reopen_item, takes_candidate
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.models import Article, Document
from corpus.text.diff import sides

# What a part of an object is called that was left out.
PARTS = {"source_mention": "source", "cue": "cue", "parent": "outer claim", "time": "time"}
KINDS = {"span": "Mark", "event": "Event", "claim": "Claim", "citation": "Citation", "link": "Link"}
OUTCOMES = {
    "carried": "Words unchanged",
    "moved": "Words unchanged, in another paragraph",
    "changed": "Words changed in part",
    "orphan": "Not carried",
}


@require_http_methods(["GET", "HEAD", "POST"])
def carrying(request: SignedIn, pk: str) -> HttpResponse:
    """The preview of my annotations on the newest text and, once they are carried, what is to be looked at. For a manager with `reading`, the
    id of a reading of somebody else, that one."""
    article = get_object_or_404(Article.objects.for_user(request.user).select_related("corpus"), pk=pk)
    article.corpus.require(request.user, "annotator")
    document = newest_text(article)
    of_other = reading_asked(request, article)
    owner = of_other.annotator if of_other else request.user
    made = carry_of(document, owner)
    source = made.source if made else of_other or older_reading(article, document, request.user)
    problem = ""
    if request.method == "POST" and source and not made:
        try:
            carry(source, document, request.user)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"Annotations carried to text version {document.version}.")
            return redirect(request.get_full_path())
    shown: dict[str, Any] = {
        "article": article,
        "corpus": article.corpus,
        "document": document,
        "source": source,
        "carry": made,
        "owner": owner if of_other else None,
        "problem": problem,
    }
    shown |= lines_of(made, document) if made else previewed(source, document) if source else {}
    shown |= of_outcome(shown.get("lines", []), outcome_of(request.GET))
    shown["reopens"] = shown.get("is_open") and owner == request.user
    shown |= changed_paragraphs(source.document, document) if source else {}
    return render(request, "annotations/carry.html", shown, status=409 if problem else 200)


def reading_asked(request: SignedIn, article: Article) -> Assignment | None:
    """The one that a manager names. Raises Http404, PermissionDenied."""
    asked = request.GET.get("reading", "")
    if not asked:
        return None
    article.corpus.require(request.user, "manager")
    try:
        pk = uuid.UUID(asked)
    except ValueError:
        raise Http404 from None
    return reading_of_other(article, request.user, pk)


def outcome_of(asked: QueryDict) -> str:
    """Empty where none is asked for that there is."""
    outcome = asked.get("outcome", "")
    return outcome if outcome in CarryItem.Outcome.values else ""


def of_outcome(lines: list[dict[str, Any]], outcome: str) -> dict[str, Any]:
    """The lines that have it, and which outcomes there are to choose from."""
    has_any = {line["code"] for line in lines}
    choices = [(each.value, each.label.capitalize()) for each in CarryItem.Outcome if each in {*has_any, outcome}]
    of_it = [line for line in lines if outcome in ("", line["code"])]
    return {"lines": of_it, "number": len(lines), "outcome": outcome, "outcomes": choices}


def previewed(source: Assignment, document: Document) -> dict[str, Any]:
    result = preview(source, document)
    lines = [
        {
            "kind": KINDS[item.kind],
            "quote": item.quote,
            "code": item.outcome,
            "outcome": CarryItem.Outcome(item.outcome).label,
            "part": PARTS.get(item.part, item.part.replace("_", " ")),
            "candidate": item.candidate and document.text[slice(*item.candidate)],
        }
        for item in result.open_items
    ]
    return {"lines": lines, "counts": counted(result.counts)}


def lines_of(made: Carry, document: Document) -> dict[str, Any]:
    items = list(made.items.select_related("decided_by"))
    takeable = takes_candidate(made, items)
    lines = [
        {
            "item": item,
            "kind": KINDS[item.kind],
            "quote": item.quote,
            "code": item.outcome,
            "outcome": item.get_outcome_display(),
            "part": PARTS.get(item.part, item.part.replace("_", " ")),
            "candidate": document.text[item.start : item.end] if item.start is not None else None,
            "takes": item.pk in takeable,
        }
        for item in items
    ]
    is_open = made.assignment.status == Assignment.Status.OPEN
    return {
        "lines": lines,
        "counts": counted(made.counts),
        "waiting": sum(not item.decision for item in items),
        "is_open": is_open,
    }


def changed_paragraphs(older: Document, newer: Document) -> dict[str, Any]:
    """Both texts side by side, without what is the same in both."""
    both = sides(older.text, newer.text)
    heads = {"before": f"Version {older.version}", "after": f"Version {newer.version}"}
    return both | heads | {"paragraphs": len(both["rows"]), "rows": [row for row in both["rows"] if not row.same]}


def counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(label, counts.get(outcome, 0)) for outcome, label in OUTCOMES.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """Asks first, with what goes into the bin; for the annotator of the reading, and managers."""
    joined = Carry.objects.for_user(request.user).select_related(
        "source__document", "assignment__document__article", "assignment__document__corpus", "assignment__annotator"
    )
    made = get_object_or_404(joined, pk=pk)
    require_undoer(made, request.user)
    article = made.assignment.document.article
    problem, owner = "", made.assignment.annotator
    if request.method == "POST":
        try:
            undo_carry(made, request.user)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"Carrying to text version {made.assignment.document.version} undone.")
            return redirect(article.get_absolute_url())
    shown = {
        "carry": made,
        "article": article,
        "corpus": made.assignment.document.corpus,
        "owner": None if owner == request.user else owner,
        "marks": made.assignment.spans.count(),
        "workers": workers(made),
        "problem": problem,
    }
    return render(request, "annotations/carry_undo.html", shown, status=409 if problem else 200)


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """Annotate a candidate, say that a line is done, or take that back."""
    rows = CarryItem.objects.for_user(request.user).select_related("carry__assignment__document__article")
    item = get_object_or_404(rows, pk=pk)
    if not Assignment.writable(request.user, item.carry.assignment_id):
        raise Http404
    outcome = outcome_of(request.POST)
    page = reverse("annotations:carry", args=[item.carry.assignment.document.article_id]) + (
        f"?outcome={outcome}" if outcome else ""
    )
    decision = request.POST.get("decision", "")
    try:
        if decision == UNDONE:
            return redirect(f"{page}#item-{reopen_item(item, request.user).pk}")
        decide_item(item, CarryItem.ItemDecision(decision), request.user)
    except ValueError:
        messages.error(request, "Choose “Annotate”, “Done” or “Take back”.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    further = item.carry.items.filter(decision="", **({"outcome": outcome} if outcome else {})).order_by("pk")
    after = further.filter(pk__gt=item.pk).first() or further.first()
    return redirect(f"{page}#item-{after.pk}" if after else page)
