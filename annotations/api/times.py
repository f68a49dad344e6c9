"""What a time means, as the annotator's page asks while it is typed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments
from annotations.models import Assignment
from annotations.schemes.stored import compiled
from annotations.text import edtf as times
from corpus.api.request import Request
from corpus.api.shape import Shape
from corpus.models import Article

LONGEST = 300


class ProposalShape(Shape):
    edtf = serializers.CharField(allow_null=True, help_text="null: words without a date, such as “soon”.")
    basis = serializers.CharField()
    part_of_day = serializers.CharField(allow_null=True)

    class Meta:
        ref_name = "TimeProposal"


class InterpretedTimeShape(Shape):
    earliest = serializers.DateField(allow_null=True, help_text="First day of the EDTF; null if it is open.")
    latest = serializers.DateField(allow_null=True)
    problem = serializers.CharField(allow_blank=True, help_text="Why it is not valid EDTF; a write would fail with EVT-06.")
    proposal = ProposalShape(allow_null=True, help_text="The date that the words mean, relative to the date of publication.")

    class Meta:
        ref_name = "Time"


class Times(OfAssignments):
    serializer_class = InterpretedTimeShape
    parameters = {"retrieve": ("edtf", "words", "before")}

    @extend_schema(
        parameters=[
            OpenApiParameter("edtf", str, description="EDTF, ISO 8601-2 levels 0 to 2: 2017?-09-04"),
            OpenApiParameter("words", str, description="Words of the text: morning of September 4"),
            OpenApiParameter(
                "before", str, description="Words before them in the sentence, read for their tense only: “will close on”"
            ),
        ],
        responses=InterpretedTimeShape,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Days covered by an EDTF, and the EDTF of a time in words."""
        assignment = self.readable(pk)
        edtf, words = (request.query_params.get(name, "")[:LONGEST] for name in ("edtf", "words"))
        before = request.query_params.get("before", "")[-LONGEST:]
        return Response(days(edtf) | {"proposal": proposal(words, before, assignment) if words.strip() else None})


def days(edtf: str) -> dict[str, Any]:
    try:
        first, last = times.bounds(edtf) if edtf else (None, None)
    except ValueError as error:
        return {"earliest": None, "latest": None, "problem": str(error)}
    return {"earliest": first, "latest": last, "problem": ""}


def proposal(words: str, before: str, assignment: Assignment) -> dict[str, Any] | None:
    from annotations import dates

    article = Article.objects.get(documents=assignment.document_id)
    published = dates.Published(article.published_earliest, article.published_latest)
    moment = dates.resolve(words, published, before=before, language=article.language or "en")
    part = part_of_day(words, assignment)
    if moment is None:
        return None
    return {"edtf": moment.edtf, "basis": moment.basis, "part_of_day": part}


def part_of_day(words: str, assignment: Assignment) -> str | None:
    """The choice whose name is among the words: "morning" of "in the morning of September 4"."""
    spoken = set(words.lower().split())
    view = compiled(assignment.scheme).view
    layer = view.layer(view.layer_of("event"))
    fields = [field for attribute in layer["attributes"] for field in attribute.get("fields") or []]
    choices = [choice for field in fields if field["code"] == "part_of_day" for choice in field["choices"]]
    return next((choice["code"] for choice in choices if choice["name"] in spoken), None)
