"""The log of all that one may see, in one order, for programs that keep a copy."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import MirrorFilter
from annotations.api.rows import MirroredChangeRow
from annotations.models import Change
from annotations.models.change import settled
from corpus.api.pagination import Keyset
from corpus.api.resource import Resource


class MirrorPages(Keyset):
    """Pages of the log, with the number to ask from the next time."""

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

    queryset = Change.objects.all()
    serializer_class = MirroredChangeRow
    filterset_class = MirrorFilter
    pagination_class = MirrorPages
    orders = {"number": ("number",)}

    def list(self, request: Request) -> Response:
        """All changes after the number `since`, in order and without gaps.

        Keep `upto` and continue with `since={upto}`: changes that were still being written are returned then.
        For a corpus that you join later, read its changes with `corpus=` from 0.
        """
        self.paginator.settled = upto = settled()
        rows = Change.objects.for_user(request.user).filter(number__lte=upto)
        return self.listed(rows.values(*MirroredChangeRow.columns()))
