"""Adjudication: begin it, decide difference by difference, submit the gold."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.adjudication.groups import KINDS, Group
from annotations.assign import submit
from annotations.models import Adjudication, AdjudicationDecision, Assignment, PlanArticle
from annotations.views.adjudication_cards import NAMES, bar, card, look_card
from annotations.views.adjudication_text import text_of_readers
from annotations.write.accept_together import accept_alone, accept_words, alone, words_only
from annotations.write.adjudicate import ACCEPT, DROP, MOST, DecisionDraft, decide, readings_of, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import Refusal
from annotations.write.hand_over import hand_overs
from annotations.write.include import include_later_readings
from annotations.write.look import LOOKED, look_at
from annotations.write.same_entities import apart_of, keep_apart, merge_pair, pairs_of, undo_apart
from annotations.write.undo_decision import undo
from corpus.accounts.signed_in import SignedIn
from corpus.models import Article, Document, Membership
from corpus.models.document import text_of

PAGE = 50
OF_ENTITIES = {"merge": merge_pair, "apart": keep_apart, "together": undo_apart}


def corpus_reviewer(request: SignedIn, pk: uuid.UUID) -> Adjudication:
    """The adjudication of a gold. Raises Http404 for outsiders and viewers, PermissionDenied for annotators."""
    rows = Adjudication.objects.for_user(request.user).select_related("gold__document__article__corpus", "gold__annotator")
    row: Adjudication = get_object_or_404(rows.defer("gold__document__text"), gold=pk)
    row.gold.document.article.corpus.require(request.user, Membership.Role.REVIEWER)
    return row


# Beginning


@require_http_methods(["GET", "HEAD", "POST"])
def begin_adjudication(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """What there is to adjudicate of the newest text of an article, and the button that begins."""
    article = get_object_or_404(Article.objects.for_user(request.user).select_related("corpus"), pk=pk)
    article.corpus.require(request.user, Membership.Role.REVIEWER)
    document = get_object_or_404(article.documents.select_related("corpus").order_by("-version")[:1])
    begun = Adjudication.objects.filter(gold__document=document).first()
    if begun:
        return redirect(begun)
    problem = ""
    if request.method == "POST":
        try:
            return redirect(start(document, request.user, request.POST.get("reason", "").replace("\0", "")[:2_000])[0])
        except Refusal as refusal:
            problem = str(refusal)
    own = Assignment.objects.read_by(request.user).filter(document=document).exists()
    shown = {
        "article": article,
        "corpus": article.corpus,
        "count": len(readings_of(document)),
        "planned": PlanArticle.needed_of(document),
        "own": own,
        "problem": problem,
    }
    return render(request, "annotations/adjudicate_begin.html", shown, status=409 if problem else 200)


# Deciding


@require_safe
def adjudicate(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    adjudication = corpus_reviewer(request, pk)
    state = AdjudicationState(adjudication, shown=True)
    gold = adjudication.gold
    filters = read_filters(request)
    # Once all differences are decided, what was drawn for a look comes next.
    is_next = not (state.undecided or any(request.GET.get(name) for name in filters))
    looks = state.looks if filters["show"] == "looks" else state.unseen if is_next else []
    listed = looks or [group for group in state.differences if passes(group, state, filters)]
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    text = text_of(gold.document_id)
    decides = gold.status == Assignment.Status.OPEN and Assignment.writable(request.user, gold.pk) is not None
    segments = text_of_readers(gold.document, text, state, page.object_list)
    together = [] if looks else alone(state, [row["segment"].start for row in segments]).values()
    counts = {group.location: len(groups) for groups in together for group in groups}
    shown = {
        "adjudication": adjudication,
        "gold": gold,
        "article": gold.document.article,
        "corpus": gold.document.article.corpus,
        "page": page,
        "cards": [
            look_card(group, state, text) if looks else card(group, state, text, counts.get(group.location, 0))
            for group in page.object_list
        ],
        "segments": segments,
        "looks": len(state.looks),
        "unseen": len(state.unseen),
        "checking": bool(looks),
        "total": len(state.differences),
        "undecided": len(state.undecided),
        "left_out": state.left_out,
        "bar": bar(state),
        "filters": filters,
        "pairs": pairs_of(state) if decides else [],
        "apart": apart_of(adjudication) if decides else [],
        "kinds": [(kind, NAMES[kind]) for kind in KINDS if any(group.kind == kind for group in state.differences)],
        "reasons": AdjudicationDecision.Reason.choices,
        "decides": decides,
        "is_open": gold.status == Assignment.Status.OPEN,
        "steps": hand_overs(gold),
        "manages": gold.document.article.corpus.allows(request.user, Membership.Role.MANAGER),
        "undoable": state.last and len(state.act_of(state.last)),
        "readers": state.inputs,
        "words_only": len(words_only(state)),
        "undo_id": uuid.uuid4(),
        "words_id": uuid.uuid4(),
        "decisions": len(state.decisions),
    }
    return render(request, "annotations/adjudicate.html", shown)


def read_filters(request: SignedIn) -> dict[str, str]:
    """What is not known filters nothing."""
    kind = request.GET.get("kind", "")
    return {
        "show": show if (show := request.GET.get("show")) in ("all", "looks") else "open",
        "kind": kind if kind in KINDS else "",
        "material": "on" if request.GET.get("material") == "on" else "",
    }


def passes(group: Group, state: AdjudicationState, filters: dict[str, str]) -> bool:
    return (
        (filters["show"] == "all" or not state.is_decided(group))
        and (not filters["kind"] or group.kind == filters["kind"])
        and (not filters["material"] or state.is_material(group))
    )


@require_POST
def decide_difference(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """Accept a version, drop a difference, or undo the last decision: `decision` is a letter, most, drop or undo; words- and a letter
    for all that differs in words only; alone- and a letter for all that only this reader has in the paragraph of the difference; merge, apart or together
    (which undoes apart) for the entities `one` and `other` of two readers."""
    adjudication = corpus_reviewer(request, pk)
    act(request, adjudication, lambda: made(request, adjudication))
    there = request.POST.get("next", "")
    return redirect(there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else adjudication.get_absolute_url())


def act(request: SignedIn, adjudication: Adjudication, verb: Callable[[], str]) -> None:
    """Do something to the gold, and say what became of it."""
    if Assignment.writable(request.user, adjudication.gold_id) is None:
        messages.error(request, f"{adjudication.gold.annotator} holds the gold: only they can decide.")
        return
    try:
        messages.success(request, verb())
    except Refusal as refusal:
        messages.error(request, str(refusal))


def made(request: SignedIn, adjudication: Adjudication) -> str:
    try:
        pk = uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        pk = uuid.uuid4()
    choice = request.POST.get("decision", "")
    if choice == "undo":
        undone = undo(adjudication, request.user, pk, number_in(request, "decisions"))
        count = adjudication.decisions.filter(together=pk).count()
        return f"Undone: {f'{count} decisions' if count > 1 else undone.kind}."
    if verb := OF_ENTITIES.get(choice):
        return verb(adjudication, request.user, request.POST.get("one", ""), request.POST.get("other", ""))
    if choice.startswith("words-"):
        count = accept_words(adjudication, request.user, pk, choice[-1])
        return f"Accepted: {count} mark{'' if count == 1 else 's'}."
    if choice.startswith("alone-"):
        count = accept_alone(adjudication, request.user, pk, choice[-1], request.POST.get("difference", "")[:200])
        return f"Accepted: {count} difference{'' if count == 1 else 's'} that only {choice[-1]} marked."
    reason = request.POST.get("reason", "")
    draft = DecisionDraft(
        id=pk,
        difference=request.POST.get("difference", "")[:200],
        outcome={"most": MOST, "drop": DROP, "looked": LOOKED}.get(choice, ACCEPT),
        base=number_in(request, "base"),
        decisions=number_in(request, "decisions"),
        reader=choice[:1],
        reason=reason if reason in AdjudicationDecision.Reason.values else "",
        note=request.POST.get("note", "").replace("\0", "")[:2_000],
    )
    decision = (look_at if choice == "looked" else decide)(adjudication, request.user, draft)
    return f"{decision.get_outcome_display().capitalize()}: {decision.kind}."


def number_in(request: SignedIn, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@require_POST
def include_later(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """Include the readings that were submitted after the start."""
    adjudication = corpus_reviewer(request, pk)

    def including() -> str:
        count = include_later_readings(adjudication, request.user)
        return f"Included: {count} reading{'' if count == 1 else 's'}."

    act(request, adjudication, including)
    return redirect(adjudication)


@require_POST
def submit_gold(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    adjudication = corpus_reviewer(request, pk)

    def submitting() -> str:
        submit(adjudication.gold, request.user)
        return "The gold is submitted."

    act(request, adjudication, submitting)
    return redirect(adjudication)


def offered_adjudication(article: Article, document: Document | None) -> dict[str, Any] | None:
    """Of a text with two submitted readings: what a reviewer is shown on the page of its article."""
    rows = [row for row in article.everyone if document and row.document_id == document.pk]
    count = sum(row.role == Assignment.Role.ANNOTATION and row.status == Assignment.Status.SUBMITTED for row in rows)
    gold = [row for row in rows if row.role == Assignment.Role.ADJUDICATION]
    begun = Adjudication.objects.filter(gold__in=gold).first() if gold else None
    return {"count": count, "begun": begun} if begun or (count > 1 and not any(row.revision for row in gold)) else None
