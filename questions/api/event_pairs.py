"""Beside one event, by API: events that may be the same, and figures of other articles that exclude its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.models import Event
from annotations.queries.entity_graph import scheme_of
from corpus.api.problems import Problem
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.api.shape import Shape
from corpus.models import Corpus
from questions.address.question import read
from questions.api.coreference import EventInShort, ReasonShape
from questions.api.evidence import add_evidence
from questions.asking.asker import Asker
from questions.asking.time_limits import TooBroad, within_time
from questions.coreference.linked import linked_set
from questions.coreference.pairs_in_short import presented
from questions.coreference.proposals import proposals_about
from questions.ledgers.disputes import numbers_of_pairs, pairs_of
from questions.ledgers.entries import rows_of

Object = dict[str, Any]
PAIRS = 20
SENTENCE = "statement"  # as the evidence table calls it
# All readings of an event that one may see, whatever is said of it.
EVERYTHING = [("status", "any"), ("polarity", "any"), ("whose", "all"), ("copies", "1")]


class EventWithSentences(EventInShort):
    sentences = serializers.ListField(child=serializers.CharField(), help_text="Of the evidence table.")

    class Meta:
        ref_name = "EventWithSentences"


class SimilarEventsShape(Shape):
    one = EventWithSentences()
    other = EventWithSentences()
    reasons = ReasonShape(many=True)

    class Meta:
        ref_name = "SimilarEvents"


class ExcludedFigureShape(Shape):
    figure = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Figures of other articles that exclude it.")
    query = serializers.CharField(help_text="Of `ask/disputes/`: these pairs.")

    class Meta:
        ref_name = "ExcludedFigure"


class EventPairsShape(Shape):
    """`has_more`: only the first 20 pairs of events are here; `pairs/` of the corpus has all."""

    events = SimilarEventsShape(many=True)
    has_more = serializers.BooleanField()
    figures = ExcludedFigureShape(many=True, help_text="Those of its figures that others exclude.")

    class Meta:
        ref_name = "PairsOfEvent"


class PairsOfEvent(Resource):
    queryset = Event.objects.all()
    serializer_class = EventPairsShape

    @extend_schema(responses=EventPairsShape)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Events that may be the same as this one or as those that are linked with it, with the reasons and the sentences of both; and of
        how many figures of other articles each of its figures is excluded."""
        linked = linked_set(pk, request.user)
        if linked is None or not linked.events:
            raise Http404
        ids = [each["event"] for each in linked.events]
        event = get_object_or_404(Event.objects.for_user(request.user).select_related("assignment__document__corpus"), pk=ids[0])
        corpus = event.assignment.document.corpus
        if scheme_of(corpus) is None:
            raise Http404
        try:
            similar = proposals_about(corpus, request.user, ids, PAIRS + 1)
            pairs = with_sentences(presented(similar[:PAIRS], request.user), asker_of_all(corpus, request.user))
            body = {"events": pairs, "has_more": len(similar) > PAIRS, "figures": excluded_figures(corpus, request.user, ids)}
        except TooBroad as error:
            raise Problem("too-broad", "The comparison takes longer than 3 seconds: try again later.") from error
        return Response(EventPairsShape(body).data)


def excluded_figures(corpus: Corpus, user: Any, events: list[UUID]) -> list[Object]:
    """As the ledger of figures has them. Raises TooBroad."""
    with within_time(corpus):
        rows = rows_of(asker_of_all(corpus, user), events)
        figures = list(dict.fromkeys(pk for row in rows for entry in row["entries"] for pk in entry["figures"]))
        asker = Asker(read("figures", []), corpus, user)
        numbers = numbers_of_pairs(asker, figures) if figures else {}
    return [{"figure": pk, "number": numbers[pk], "query": pairs_of(asker.question, pk).query} for pk in figures if pk in numbers]


def asker_of_all(corpus: Corpus, user: Any) -> Asker:
    return Asker(read("events", EVERYTHING), corpus, user)


def with_sentences(pairs: list[Object], asker: Asker) -> list[Object]:
    """Both events of each pair with the sentences of the evidence table, as far as the asker may see them. Raises TooBroad."""
    sides = [pair[name] for pair in pairs for name in ("one", "other")]
    with within_time(asker.corpus):
        rows = rows_of(asker, list({side["event"] for side in sides})) if sides else []
        add_evidence(asker.user, rows, [SENTENCE])
    entries = {entry["event"]: entry for row in rows for entry in row["entries"]}
    for side in sides:
        lines = entries[side["event"]]["evidence"] if side["event"] in entries else []
        side["sentences"] = [line[SENTENCE] for line in lines if line[SENTENCE]]
    return pairs
