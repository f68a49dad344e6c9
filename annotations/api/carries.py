"""What was carried to newer texts of an article, and taking it back, by API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.problems import problem_for
from annotations.bin.carried import undo_carry
from annotations.models import Carry
from annotations.write.errors import Refusal
from corpus.api.parsers import refuse_body
from corpus.api.problems import ProblemSerializer
from corpus.api.resource import Resource
from corpus.api.rows import Row
from corpus.models import Article

COUNTS = "Marks, citations and claims by outcome: carried, moved, changed, orphan."


class CarryRow(Row):
    id = serializers.UUIDField()
    source = serializers.UUIDField(source="source_id", help_text="The assignment on the older text.")
    assignment = serializers.UUIDField(source="assignment_id", help_text="That on the newer text.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=COUNTS)
    waiting = serializers.IntegerField(help_text="Lines that nobody has decided on yet.")
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "Carry"


class UndoneCarryShape(serializers.Serializer[Any]):
    deletion = serializers.UUIDField(source="deletion.pk", help_text="Of the newer text's assignment, in the bin.")
    assignment = serializers.UUIDField(
        source="reading.pk",
        default=None,
        allow_null=True,
        help_text="The one without annotations that is there again, if there was one.",
    )

    class Meta:
        ref_name = "UndoneCarry"


class ArticleCarries(Resource):
    queryset = Carry.objects.none()
    serializer_class = CarryRow
    orders = {"id": ("-at", "id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """Annotations that were carried to newer texts of an article, newest first."""
        article = get_object_or_404(Article.objects.for_user(request.user), pk=pk)
        rows = Carry.objects.for_user(request.user).filter(assignment__document__article=article)
        return self.listed(rows.annotate(waiting=Count("items", filter=Q(items__decision=""))).values(*CarryRow.columns()))


class CarryUndo(Resource):
    queryset = Carry.objects.none()
    serializer_class = UndoneCarryShape

    @extend_schema(request=None, responses={200: UndoneCarryShape, 409: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Take back what was carried: the newer text's assignment goes into the bin. For its annotator and managers.

        409 `cannot-undo`: somebody has worked on it since.
        """
        refuse_body(request)
        made = get_object_or_404(Carry.objects.for_user(request.user).select_related("assignment__document__corpus"), pk=pk)
        try:
            undone = undo_carry(made, request.user)
        except Refusal as refusal:
            raise problem_for(refusal) from refusal
        return Response(UndoneCarryShape(undone).data)
