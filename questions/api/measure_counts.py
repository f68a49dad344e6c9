"""What a corpus has of each paragraph of a measure, by API."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.resource import Resource
from corpus.api.shape import Shape
from corpus.models import Corpus
from questions.api.paragraph_events import asked_once
from questions.ledgers.measure_counts import measure_counts
from questions.models import Entry
from registry.models import Measure

TOO_LONG = "null: counting takes too long."


class ParagraphCountsShape(Shape):
    paragraph = serializers.CharField(source="paragraph.number", help_text="Number of the paragraph.")
    citations = serializers.IntegerField(help_text="The same words marked by several people count once.")
    cited = serializers.IntegerField(allow_null=True, help_text=f"Events that cite it; {TOO_LONG}")
    others = serializers.IntegerField(
        allow_null=True, help_text=f"Events that have what it is about and do not cite it; {TOO_LONG}"
    )

    class Meta:
        ref_name = "ParagraphCounts"


class MeasureCountsShape(Shape):
    elsewhere = serializers.IntegerField(help_text="Citations of the measure without a paragraph of the register.")
    behind = serializers.IntegerField(help_text="Assignments whose changes are not in the answer yet.")
    results = ParagraphCountsShape(source="rows", many=True)

    class Meta:
        ref_name = "MeasureCounts"


class CountsOfMeasure(Resource):
    queryset = Entry.objects.none()
    serializer_class = MeasureCountsShape
    parameters = {"retrieve": ("corpus",)}

    @extend_schema(
        operation_id="measures_counts_retrieve",
        parameters=[OpenApiParameter("corpus", str, required=True, description="Slug of a corpus.")],
        responses=MeasureCountsShape,
    )
    def retrieve(self, request: Request, code: str) -> Response:
        """How many citations and events a corpus has of each paragraph of a measure. Nothing here is stated by the articles or stored."""
        measure = get_object_or_404(Measure, code=code)
        corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=asked_once(request)["corpus"])
        return Response(MeasureCountsShape(measure_counts(measure, corpus, request.user)).data)
