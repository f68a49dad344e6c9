"""What stands in the way of an assignment, as the annotator's page asks while people mark."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments
from annotations.models import Assignment, Rule
from annotations.queries import findings as checking
from corpus.api.request import Request
from corpus.api.shape import Shape


class FindingShape(Shape):
    code = serializers.CharField(help_text="Code of the rule in the scheme; SCHEME: a code that is not in the scheme.")
    level = serializers.ChoiceField(choices=Rule.Level.choices, help_text="An error prevents submitting.")
    detail = serializers.CharField(help_text="Message.")
    objects = serializers.ListField(child=serializers.CharField(), help_text="Ids; fix the first one.")
    field = serializers.CharField(allow_blank=True, help_text="Attribute or role of the first object.")
    values = serializers.DictField()

    class Meta:
        ref_name = "Finding"


class CountsShape(Shape):
    error = serializers.IntegerField()
    warning = serializers.IntegerField()
    derived = serializers.IntegerField()

    class Meta:
        ref_name = "FindingCounts"


class ValueOfferShape(Shape):
    value = serializers.JSONField(help_text="A value of the attribute, or true; of `time` {edtf, basis}.")
    words = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="[start, end] of the words that suggest it, in code points.",
    )

    class Meta:
        ref_name = "ValueOffer"


class ChecksShape(Shape):
    revision = serializers.IntegerField(help_text="Revision of the checked assignment.")
    findings = FindingShape(many=True)
    checks = serializers.ListField(
        child=serializers.DictField(),
        help_text="Derived values, as in a native document, with `events`: ids of the events that a check is about.",
    )
    counts = CountsShape()
    offers = serializers.DictField(
        child=serializers.DictField(child=ValueOfferShape(many=True)),
        help_text="Event or figure → unanswered attribute → values suggested by the words around it, best first. `time`: the date or "
        "period that its stored words mean, while they are stored without one.",
    )

    class Meta:
        ref_name = "Checks"


class Checks(OfAssignments):
    serializer_class = ChecksShape

    @extend_schema(responses=ChecksShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Violations of the scheme's rules, derived values, and suggestions for unanswered attributes of events and figures.

        Its ETag is of the content: entities and measures, which others may edit, count too.
        """
        return Response(checking.checked(Assignment.whole(self.readable(pk).pk)))
