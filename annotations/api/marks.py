"""Lists of marks across corpora: a page is a fixed number of queries, whatever its length."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import ClaimFilter, EventFilter, FigureFilter, SpanFilter
from annotations.api.rows import ClaimRow, EventRow, FigureRow, SpanRow, WordsOf
from annotations.kinds.event import FILLERS
from annotations.kinds.place import grouped
from annotations.models import Argument, Claim, Event, Figure, Span
from corpus.api.resource import Resource


class Marks(Resource):
    """Everything of a kind that the person may see; each row of it by its columns."""

    def list(self, request: Request) -> Response:
        return self.listed(self.rows().for_user(request.user).values(*self.serializer_class.columns()))

    def rows(self) -> QuerySet[Any]:
        return self.queryset.all()


class Spans(Marks):
    """Marks: words under a label."""

    queryset = Span.objects.all()
    serializer_class = SpanRow
    filterset_class = SpanFilter
    orders = {"id": ("id",), "position": ("assignment_id", "start", "end", "id")}


class Figures(Marks):
    """Figures: what was read from their words, as numbers with bounds and unit."""

    queryset = Figure.objects.all()
    serializer_class = FigureRow
    filterset_class = FigureFilter
    orders = {"id": ("span_id",)}


class Claims(Marks):
    """Claims: who says so, in which words, how far that can be relied on."""

    queryset = Claim.objects.all()
    serializer_class = ClaimRow
    filterset_class = ClaimFilter

    def rows(self) -> QuerySet[Any]:
        return Claim.objects.annotate(cue_words=WordsOf(F("assignment__document__text"), F("cue")))


class Events(Marks):
    """Events: type, status, time, triggers and arguments."""

    queryset = Event.objects.all()
    serializer_class = EventRow
    filterset_class = EventFilter

    def paginate_queryset(self, queryset: QuerySet[Any]) -> list[Any]:
        page = super().paginate_queryset(queryset)
        self.ids = [row["id"] for row in page]
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | parts_of(getattr(self, "ids", []))


def parts_of(events: list[Any]) -> dict[str, Any]:
    """Arguments and triggers of these events, by event."""
    arguments = Argument.objects.filter(event__in=events).order_by("event", "position")
    triggers = Span.objects.filter(event__in=events).order_by("event", "start", "id")
    return {
        "arguments": grouped(arguments.values("event_id", "role__code", *FILLERS.values()), "event_id"),
        "triggers": grouped(triggers.values("event_id", "id", "start", "end", "quote"), "event_id"),
    }
