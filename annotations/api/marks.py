"""Lists of marks across corpora: a page is a fixed number of queries, whatever its length.

First the rows of the page with whose they are and in which text, then the objects themselves as the native format has them.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response

from annotations.api.filters import ClaimFilter, EventFilter, FigureFilter, SpanFilter
from annotations.api.rows import ClaimRow, EventRow, FigureRow, MarkRow, SpanRow, WordsOf, cut, quoted
from annotations.kinds import KINDS
from annotations.kinds.select import array
from annotations.models import Claim, Event, Figure, Span
from annotations.models.assignment import OwnedQuerySet
from corpus.api import units
from corpus.api.request import Request
from corpus.api.resource import Resource

Object = dict[str, Any]
Objects = list[Object]  # in `Marks`, `list` is a method


class WithOffsets(Resource):
    """A list of annotations: `offsets=utf16` changes the unit of positions."""

    parameters = {"list": (units.PARAMETER,)}

    def presented(self, rows: Objects) -> Objects:
        return units.by_document(rows) if units.wants_utf16(self.request) else rows


OFFSETS = extend_schema(parameters=[units.OFFSETS_PARAMETER])


@extend_schema_view(list=OFFSETS)
class Figures(WithOffsets):
    """Figures: numbers with bounds and unit."""

    queryset = Figure.objects.all()
    serializer_class = FigureRow
    filterset_class = FigureFilter
    orders = {"id": ("span_id",)}

    def list(self, request: Request) -> Response:
        return self.listed(Figure.objects.for_user(request.user).values(*FigureRow.columns()))


class Marks(WithOffsets):
    """`kind` names the objects; `also` are columns that finishing them needs."""

    queryset: OwnedQuerySet[Any]
    kind: str
    also: tuple[str, ...] = ()

    def list(self, request: Request) -> Response:
        return self.listed(self.rows().for_user(request.user).values(*MarkRow.columns(), *self.also))

    def rows(self) -> OwnedQuerySet[Any]:
        return self.queryset.all()

    def page_of(self, rows: QuerySet[Any]) -> Objects:
        page = super().page_of(rows)
        objects_by_id = objects(self.kind, [row["id"] for row in page])
        return self.finished([row | objects_by_id[str(row["id"])] for row in page if str(row["id"]) in objects_by_id])

    def finished(self, records: Objects) -> Objects:
        return records


def objects(kind: str, ids: list[Any]) -> dict[str, Object]:
    """Id → the native object, its fragments still without their words."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {array(KINDS[kind].SELECT, 'm.id = ANY(%(ids)s)')}", {"ids": ids})
        return {record["id"]: record for record in cursor.fetchone()[0]}


@extend_schema_view(list=OFFSETS)
class Spans(Marks):
    """Marks: words with a label."""

    queryset = Span.objects.all()
    serializer_class = SpanRow
    filterset_class = SpanFilter
    orders = {"id": ("id",), "position": ("assignment_id", "start", "end", "id")}
    kind = "span"
    also = ("start", "end")

    def finished(self, records: Objects) -> Objects:
        return [
            record
            | {"fragments": cut(record["quote"], record["fragments"]), "attributes": record["attributes"] | record["extra"]}
            for record in records
        ]


@extend_schema_view(list=OFFSETS)
class Claims(Marks):
    """Claims: source, content and rating."""

    queryset = Claim.objects.all()
    serializer_class = ClaimRow
    filterset_class = ClaimFilter
    kind = "claim"
    also = ("quote", "cue_words")

    def rows(self) -> OwnedQuerySet[Any]:
        return Claim.objects.annotate(cue_words=WordsOf(F("assignment__document__text"), F("cue")))

    def finished(self, records: Objects) -> Objects:
        return [
            record | {"cue": quoted(record["cue"], record["cue_words"]), "content": cut(record["quote"], record["content"])}
            for record in records
        ]


@extend_schema_view(list=OFFSETS)
class Events(Marks):
    """Events: type, status, time, triggers and arguments."""

    queryset = Event.objects.all()
    serializer_class = EventRow
    filterset_class = EventFilter
    kind = "event"

    def finished(self, records: Objects) -> Objects:
        triggers: dict[str, list[Object]] = {record["id"]: [] for record in records}
        rows = Span.objects.filter(event__in=list(triggers)).order_by("event", "start", "id")
        for event, pk, start, end, quote in rows.values_list("event_id", "id", "start", "end", "quote"):
            triggers[str(event)].append({"id": pk, "start": start, "end": end, "quote": quote})
        return [record | {"triggers": triggers[record["id"]]} for record in records]
