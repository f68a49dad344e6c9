"""One's own marks beside the gold of a practice article, as the annotator's page asks."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments
from annotations.assign import gold_beside
from annotations.documents.build import document
from annotations.models import Assignment
from annotations.queries import gold_comparison
from annotations.schemes.stored import compiled
from corpus.api.request import Request
from corpus.api.shape import Shape


class MarkShape(Shape):
    id = serializers.UUIDField()
    layer = serializers.CharField()
    label = serializers.CharField()
    fragments = serializers.ListField(child=serializers.DictField(), help_text="start, end (code points), quote")

    class Meta:
        ref_name = "ComparedMark"


class DifferenceShape(Shape):
    outcome = serializers.ChoiceField(
        choices=gold_comparison.OUTCOMES[1:],
        help_text="missing: only in the gold; extra: only in yours; label: the same or overlapping words with another label; "
        "words: the same label on other, overlapping words.",
    )
    own = MarkShape(allow_null=True)
    gold = MarkShape(allow_null=True)
    other_layer = serializers.CharField(
        allow_null=True,
        help_text="Of a mark that is missing or extra: the layer in which the other side has marked the same words.",
    )

    class Meta:
        ref_name = "Difference"


class LayerShape(Shape):
    layer = serializers.CharField()
    agreed = serializers.IntegerField()
    missing = serializers.IntegerField()
    extra = serializers.IntegerField()
    label = serializers.IntegerField()
    words = serializers.IntegerField()

    class Meta:
        ref_name = "ComparedLayer"


class PlaceShape(Shape):
    id = serializers.CharField()
    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()

    class Meta:
        ref_name = "ComparedSegment"


class ComparisonShape(Shape):
    revision = serializers.IntegerField(help_text="Revision of the compared assignment.")
    segments = PlaceShape(many=True, help_text="Valid values of `segment`.")
    counts = LayerShape(many=True)
    differences = DifferenceShape(many=True)

    class Meta:
        ref_name = "Comparison"


class Comparisons(OfAssignments):
    serializer_class = ComparisonShape
    parameters = {"retrieve": ("segment",)}

    @extend_schema(
        parameters=[OpenApiParameter("segment", str, description="Only this paragraph, caption or title, such as p3.")],
        responses=ComparisonShape,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Compare an assignment with the gold. Only for practice articles whose gold you can see, otherwise 404."""
        assignment = Assignment.whole(self.readable(pk).pk)
        gold = gold_beside(assignment, request.user)
        if gold is None:
            raise Http404
        own, theirs = (document(each) for each in (assignment, Assignment.whole(gold.pk)))
        marks = [own["mentions"], theirs["mentions"]]
        if segment := request.query_params.get("segment", ""):
            stretch = next((each for each in own["segments"] if each["id"] == segment), None)
            if stretch is None:
                raise serializers.ValidationError({"segment": [f"The text has no segment {segment[:40]!r}."]})
            marks = [gold_comparison.inside(each, stretch) for each in marks]
        pairs = gold_comparison.compared(*marks)
        layers = [layer["code"] for layer in compiled(assignment.scheme).view.layers]
        return Response(
            {
                "revision": assignment.revision,
                "segments": own["segments"],
                "counts": gold_comparison.counts(pairs, layers),
                "differences": [pair.as_dict() for pair in pairs if pair.outcome != gold_comparison.AGREED],
            }
        )
