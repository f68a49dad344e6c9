"""The log of all that one may see, in one order, for programs that keep a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.response import Response

from annotations.api.filters import MirrorFilter
from annotations.api.rows import MirroredChangeRow
from annotations.models import Change, LoggedChange
from annotations.models.change import settled
from corpus.api.pagination import Keyset, values_of
from corpus.api.request import Request
from corpus.api.resource import Resource

FEW, MOST = 16, 1_000  # rows of the log that are looked into at a time


class MirrorPages(Keyset):
    """Pages of the log, with the number to ask from the next time.

    A row of the log may hold a whole document, so the rows are looked up first, a few at a time, and only those are unfolded.
    """

    request: Request
    settled: int

    def taken(self, rows: QuerySet[Any], count: int) -> list[Any]:
        changes: list[Any] = []
        for numbers in self.stored(self.request.query_params):
            changes += rows.filter(stored_at__in=numbers)[: count - len(changes)]
            if len(changes) == count:
                break
        return changes

    def stored(self, asked: Mapping[str, str]) -> Iterator[list[int]]:
        """Numbers of the rows that may hold what was asked for, in order: some, then four times as many, up to a thousand."""
        stored = Change.objects.for_user(self.request.user).filter(number__lte=self.settled)
        if slug := asked.get("corpus"):
            stored = stored.filter(assignment__document__corpus__slug=slug)
        if kind := asked.get("kind"):
            stored = stored.filter(Q(kind=kind) | Q(kind=Change.DOCUMENT[0], after__has_key=kind))
        numbers = stored.order_by("number").values_list("number", flat=True)
        since, some = {"number__gte": self.first(asked)}, FEW
        while page := list(numbers.filter(**since)[:some]):
            yield page
            since, some = {"number__gt": page[-1]}, min(4 * some, MOST)

    def first(self, asked: Mapping[str, str]) -> int:
        """The row in which the change after `since` and `cursor` lies, if a document goes on behind it."""
        position = int(asked.get("since") or 0)
        if cursor := asked.get("cursor"):
            position = max(position, *values_of(cursor, self.order, ("number",), LoggedChange))
        before = Change.objects.filter(number__lte=position).order_by("-number")
        return before.values_list("number", flat=True).first() or 0

    def get_paginated_response(self, data: Any) -> Response:
        upto = self.last["number"] if self.last else self.settled
        return Response({"upto": upto, "next": self.get_next_link(), "results": data})

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        whole = super().get_paginated_response_schema(schema)
        upto = {"type": "integer", "description": "Use as `since` in the next request."}
        whole["properties"] = {"upto": upto} | whole["properties"]
        return whole | {"required": ["upto", "next", "results"]}


class Mirror(Resource):
    """Changes in all assignments that you can see."""

    queryset = LoggedChange.objects.all()
    serializer_class = MirroredChangeRow
    filterset_class = MirrorFilter
    pagination_class = MirrorPages
    paginator: MirrorPages
    orders = {"number": ("number",)}

    def list(self, request: Request) -> Response:
        """All changes after the number `since`, in order and without gaps.

        Keep `upto` and continue with `since={upto}`: changes that were still being written are returned then.
        For a corpus that you join later, read its changes with `corpus=` from 0.
        """
        self.paginator.settled = upto = settled()
        rows = LoggedChange.objects.for_user(request.user).filter(number__lte=upto)
        return self.listed(rows.values(*MirroredChangeRow.columns()))
