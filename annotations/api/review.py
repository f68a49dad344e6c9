"""What stands in the way of an assignment, as the annotator's page asks while people mark."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments
from annotations.models import Assignment, Rule
from annotations.queries import findings as checking


class FindingShape(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Of the rule in the scheme; SCHEME: a word that the scheme does not have.")
    level = serializers.ChoiceField(choices=Rule.Level.choices, help_text="Errors stand in the way of submitting.")
    detail = serializers.CharField(help_text="One plain sentence.")
    objects = serializers.ListField(child=serializers.CharField(), help_text="Ids; the first is where to mend it.")
    field = serializers.CharField(allow_blank=True, help_text="Attribute or role of the first object.")
    values = serializers.DictField()

    class Meta:
        ref_name = "Finding"


class CountsShape(serializers.Serializer[Any]):
    error = serializers.IntegerField()
    warning = serializers.IntegerField()
    derived = serializers.IntegerField()

    class Meta:
        ref_name = "FindingCounts"


class OfferShape(serializers.Serializer[Any]):
    value = serializers.JSONField(help_text="A choice of the attribute, or true.")
    words = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="[start, end] in code points of the words that suggest it.",
    )

    class Meta:
        ref_name = "ValueOffer"


class ChecksShape(serializers.Serializer[Any]):
    revision = serializers.IntegerField(help_text="Of the assignment that was checked.")
    findings = FindingShape(many=True)
    checks = serializers.ListField(child=serializers.DictField(), help_text="What was reckoned, as in a native document.")
    counts = CountsShape()
    offers = serializers.DictField(
        child=serializers.DictField(child=OfferShape(many=True)),
        help_text="Event → open attribute → values that the words around its triggers suggest, best first.",
    )

    class Meta:
        ref_name = "Checks"


class Checks(OfAssignments):
    serializer_class = ChecksShape

    @extend_schema(responses=ChecksShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Every broken rule of the scheme, what follows from the figures, and what the words offer where an event is open.

        Its ETag is of the content: entities and measures, which others may edit, count too.
        """
        return Response(checking.checked(Assignment.whole(self.seen(pk).pk)))
