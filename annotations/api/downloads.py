"""A corpus as a stream of native documents, one a line, made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import export
from annotations.models import Assignment
from corpus.api.resource import InCorpus
from corpus.models import Token

FORMATS = ("native",)


class JSONLines(JSONRenderer):
    """Chosen by Accept; the lines are written by the export, problems as JSON."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class Export(InCorpus):
    queryset = Assignment.objects.all()
    renderer_classes = [JSONLines, JSONRenderer]
    throttle_scope = "export"
    scopes = {"download": Token.Scope.EXPORT}
    parameters = {"download": ("format", "annotator", "gold")}

    @extend_schema(
        parameters=[
            OpenApiParameter("format", str, enum=FORMATS, required=True, description="The format of the lines."),
            OpenApiParameter("annotator", str, description="A user name: only that person's marks."),
            OpenApiParameter("gold", str, enum=["1"], description="Only the settled marks."),
        ],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def download(self, request: Request, slug: str) -> Response | StreamingHttpResponse:
        """Everything that you may see of a corpus: one native document a line.

        The lines are one moment in time. Needs the scope export.
        """
        rows = export.chosen(self.corpus, **choice(request))
        visible = Assignment.objects.for_user(request.user).order_by().values("pk")
        answer = StreamingHttpResponse(snapshot(rows.filter(pk__in=visible)), content_type=JSONLines.media_type)
        answer["Content-Disposition"] = f'attachment; filename="{self.corpus.slug}.jsonl"'
        return answer


def choice(request: Request) -> dict[str, Any]:
    """What the parameters choose. Raises ValidationError."""
    asked = request.query_params
    if asked.get("format") not in FORMATS:
        raise ValidationError({"format": f"should be one of {', '.join(FORMATS)}"})
    if asked.get("gold", "") not in ("", "1"):
        raise ValidationError({"gold": "should be 1"})
    annotator = asked.get("annotator") or None
    if annotator and (len(annotator) > 150 or "\x00" in annotator):
        raise ValidationError({"annotator": "is no user name"})
    return {"annotator": annotator, "gold": bool(asked.get("gold"))}


def snapshot(rows: Any) -> Iterator[str]:
    """The lines from one snapshot of the database, taken when the first one is asked for.

    Inside somebody else's transaction, its moment is the one.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from export.lines(rows.iterator(chunk_size=100))
