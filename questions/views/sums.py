"""Ticked events added up, or the pairs that may count the same."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.entity_graph import scheme_of
from questions.adding.sums import EventSum, answered_sum, ids_in
from questions.address.question import AddressError
from questions.asking.time_limits import TooBroad
from questions.ledgers.sentences import add_sentences
from questions.views.ask import corpus_of, problem_of
from questions.wording.code_names import CodeNames


@require_safe
def event_sum(request: HttpRequest, slug: str) -> HttpResponse:
    corpus = corpus_of(request, slug)
    scheme = scheme_of(corpus)
    if scheme is None:
        raise Http404
    shown = {"corpus": corpus, "names": CodeNames(scheme), "reviews": corpus.allows(request.user, "reviewer")}
    try:
        added = answered_sum(corpus, request.user, ids_in(request.GET.getlist("row")), request.GET.get("whose", ""))
    except (AddressError, TooBroad) as error:
        problem = problem_of(error)
        return render(request, "questions/sum.html", {**shown, **problem}, status=problem["status"])
    add_sentences([term.row for term in added.terms])
    return render(request, "questions/sum.html", {**shown, "sum": added, "pairs": in_numbers(added), "rests_on": added.rests_on})


def in_numbers(added: EventSum) -> list[dict[str, object]]:
    """The pairs that are shown, each with the numbers of its rows: those that may count the same, or else all."""
    numbers = {term.asked_as: number for number, term in enumerate(added.terms, 1)}
    pairs = added.pairs if added.total is not None else added.overlaps
    return [{"pair": pair, "one": numbers[pair.one], "other": numbers[pair.other]} for pair in pairs]
