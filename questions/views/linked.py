"""Linked events: all that is stated of one, who judged it to be one, and pairs that may be one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Event
from annotations.queries.entity_graph import scheme_of
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus, Membership
from questions.address.question import AddressError, read
from questions.api.event_pairs import PAIRS, SENTENCE, asker_of_all, with_sentences
from questions.api.evidence import add_evidence
from questions.asking.asker import Asker
from questions.asking.cursors import read_cursor, written
from questions.asking.time_limits import TooBroad, within_time
from questions.coreference import judge
from questions.coreference.linked import events_in_short, linked_set
from questions.coreference.pairs_in_short import presented
from questions.coreference.proposals import proposals, proposals_about
from questions.forms import is_uuid
from questions.ledgers.entries import ledger_of, rows_of
from questions.ledgers.sentences import add_sentences
from questions.models import Judgement
from questions.views.ask import corpus_of
from questions.wording.code_names import CodeNames

LONGEST_NOTE = 10_000
MOST_TICKED = 200
SUPPOSED, MOST_SUPPOSED = {"one": True, "two": False}, 100
# Rows of any part can be ticked, and which marks are in them depends on two parameters.
ANY_PART = {"events": [("status", "any"), ("polarity", "any")], "figures": [("use", "any")]}
OF_ROWS = ("whose", "copies")


@require_safe
def linked(request: SignedIn, pk: UUID) -> HttpResponse:
    members = linked_set(pk, request.user)
    if members is None:
        raise Http404
    event = get_object_or_404(Event.objects.for_user(request.user), pk=members.events[0]["event"]) if members.events else None
    if event is None:
        raise Http404
    corpus: Corpus = event.assignment.document.corpus
    scheme = scheme_of(corpus)
    if scheme is None:
        raise Http404
    asker = asker_of_all(corpus, request.user)
    try:
        with within_time(corpus):
            ledger = ledger_of(asker, [each["event"] for each in members.events], suppositions(request))
            rows, doubts = ledger.listed(), ledger.doubts()
            add_evidence(request.user, rows, [SENTENCE])
            add_sentences(rows)
        similar = proposals_about(corpus, request.user, [each["event"] for each in members.events], PAIRS + 1)
        proposed_pairs = with_sentences(presented(similar[:PAIRS], request.user), asker)
    except TooBroad:
        return too_broad(request, corpus)
    shown = {
        "corpus": corpus,
        "set": members,
        "rows": rows,
        "proposals": proposed_pairs,
        "more_proposals": len(similar) > PAIRS,
        "names": CodeNames(scheme),
        "judgements": members.judgements,
        "doubts": [doubt | {"choices": choices(request, doubt)} for doubt in doubts],
        "is_supposed": any(doubt["supposed"] is not None for doubt in doubts),
        "words": {
            each["event"]: ", ".join(f"“{quote}”" for quote in each["triggers"]) or each["title"] for each in members.events
        },
        "reviews": corpus.allows(request.user, Membership.Role.REVIEWER),
    }
    return render(request, "questions/linked.html", shown)


def too_broad(request: SignedIn, corpus: Corpus) -> HttpResponse:
    return render(request, "questions/too_broad.html", {"corpus": corpus}, status=503)


def suppositions(request: SignedIn) -> dict[frozenset[UUID], bool]:
    """Pairs in the address: `one=ID:ID` are supposed to be one source, `two=ID:ID` to be two. What is no pair is passed over."""
    supposed = {}
    for name, is_one in SUPPOSED.items():
        for pair in request.GET.getlist(name)[:MOST_SUPPOSED]:
            ids = {UUID(part) for part in pair.split(":") if is_uuid(part)}
            if len(ids) == 2:
                supposed[frozenset(ids)] = is_one
    return supposed


def choices(request: SignedIn, doubt: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be supposed of a pair, each with its address."""
    pair = f"{doubt['one']['entity']}:{doubt['other']['entity']}"
    listed = []
    for name, is_one, words in (("", None, "Not known"), ("one", True, "One source"), ("two", False, "Two sources")):
        query = request.GET.copy()
        for key in SUPPOSED:
            query.setlist(key, [value for value in query.getlist(key) if value != pair])
        if name:
            query.appendlist(name, pair)
        listed.append({"words": words, "address": f"?{query.urlencode()}#sources", "is_chosen": doubt["supposed"] is is_one})
    return listed


@require_safe
def pairs(request: SignedIn, slug: str) -> HttpResponse:
    """Pairs to judge: those that are proposed, or two that somebody ticked."""
    corpus = corpus_of(request, slug)
    scheme = scheme_of(corpus)
    if scheme is None:
        raise Http404
    shown: dict[str, Any] = {"corpus": corpus, "names": CodeNames(scheme), "reviews": corpus.allows(request.user, "reviewer")}
    chosen = request.GET.getlist("row")
    try:
        shown |= (
            {"pairs": [ticked(request, chosen)], "is_ticked": True, "back": back(request)}
            if chosen
            else proposed(request, corpus)
        )
        shown["pairs"] = with_sentences(shown["pairs"], asker_of_all(corpus, request.user))
    except AddressError as error:
        return render(request, "questions/pairs.html", {**shown, "rule": f"{error.name} {error.rule}"}, status=400)
    except TooBroad:
        return render(
            request, "questions/pairs.html", {**shown, "rule": "Comparing takes too long: try again later."}, status=503
        )
    return render(request, "questions/pairs.html", shown)


def back(request: SignedIn) -> str:
    """The page on which the rows were ticked, at the one that stays a row if they are judged to be one; empty where it is not known."""
    page = request.GET.get("back", "")
    return f"{page}#row-{min(request.GET.getlist('row'))}" if page else ""


def ticked(request: SignedIn, ids: list[str]) -> dict[str, Any]:
    """Two events that somebody chose, side by side. Raises AddressError."""
    try:
        events = events_in_short([UUID(pk) for pk in ids[:2]], request.user)
    except ValueError:
        events = []
    if len(ids) != 2 or len(events) != 2:
        raise AddressError("row", "takes two events: go back and tick two rows")
    return {"one": events[1], "other": events[0], "reasons": []}


def proposed(request: SignedIn, corpus: Corpus) -> dict[str, Any]:
    question, cursor = read("events", []), request.GET.get("cursor")
    after: Any = read_cursor(question, cursor, 3) if cursor else None
    page = proposals(corpus, request.user, PAIRS, after)
    following = reverse("questions:pairs", args=[corpus.slug]) + f"?cursor={written(question, page.after)}" if page.after else ""
    return {"pairs": presented(page.pairs, request.user), "next": following}


@require_POST
def judging(request: SignedIn, pk: UUID) -> HttpResponse:
    """Judge that an event and another one are the same, or different."""
    events = Event.objects.for_user(request.user).select_related("label", "assignment__document__corpus")
    event = get_object_or_404(events, pk=pk)
    corpus = event.assignment.document.corpus
    corpus.require(request.user, Membership.Role.REVIEWER)
    try:
        other = get_object_or_404(events.filter(assignment__document__corpus=corpus), pk=UUID(request.POST.get("other", "")))
    except ValueError:
        raise Http404 from None
    verdict, note = request.POST.get("verdict"), request.POST.get("note", "")[:LONGEST_NOTE]
    if verdict not in Judgement.Verdict.values:
        raise Http404
    try:
        judge.judge(event, other, verdict, request.user, note)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = "one event" if verdict == Judgement.Verdict.SAME else "different events"
        messages.success(request, f"Judged: {words}. To undo it, open the event.")
    return redirect(goal(request, reverse("questions:linked", args=[pk])))


@require_POST
def undoing(request: SignedIn, pk: UUID) -> HttpResponse:
    judgement = get_object_or_404(Judgement.objects.for_user(request.user).select_related("corpus"), pk=pk)
    judgement.corpus.require(request.user, Membership.Role.REVIEWER)
    try:
        judge.undo(judgement, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Judgement undone.")
    return redirect(goal(request, reverse("questions:linked", args=[judgement.one])))


def goal(request: SignedIn, otherwise: str) -> str:
    """Where the form was: a page of this site."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else otherwise


@require_safe
def lines(request: SignedIn, slug: str, ledger: str) -> HttpResponse:
    """Ticked rows as lines of the evidence table."""
    corpus = corpus_of(request, slug)
    if ledger not in ANY_PART:
        raise Http404
    there = reverse("annotations:report", args=[corpus.slug])
    try:
        chosen = list(dict.fromkeys(UUID(pk) for pk in request.GET.getlist("row")))
        asked = [(name, request.GET[name]) for name in OF_ROWS if name in request.GET]
        question = read(ledger, [*ANY_PART[ledger], *asked])
    except ValueError:
        raise Http404 from None
    ids = chosen[:MOST_TICKED]
    if len(chosen) > MOST_TICKED:
        messages.warning(request, f"Only the first {MOST_TICKED} of {len(chosen):,} ticked rows are added.")
    if not ids:
        messages.error(request, "No rows ticked. Tick the rows to add first.")
        return redirect("questions:ledger", slug=slug, ledger=ledger)
    try:
        with within_time(corpus):
            rows = rows_of(Asker(question, corpus, request.user), ids)
    except TooBroad:
        return too_broad(request, corpus)
    names = dict.fromkeys(name for row in rows for entry in row["entries"] for name in entry["lines"])
    query = "&".join(f"add={name}" for name in names)
    return redirect(f"{there}?{query}")
