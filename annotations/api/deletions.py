"""The bin by API, for managers: what is in it, putting there, restoring."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.assignments import object_of
from annotations.api.plans import OfManagers
from annotations.bin.contents import Thing
from annotations.bin.put import LONGEST_REASON, delete
from annotations.bin.restore import restore, restore_many
from annotations.models import Assignment
from corpus.api.bounded import BoundedList
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.edits.history import EditError
from corpus.models import Article, Deletion, Membership

MOST_AT_ONCE = 100
COUNTS = "articles, texts, readings, submitted ones, gold, marks, at the time of the deletion."


class DeletionRow(Row):
    id = serializers.UUIDField()
    corpus = serializers.CharField(source="corpus__slug")
    kind = serializers.ChoiceField(choices=Deletion.Kind.choices)
    object = serializers.CharField(help_text="Id of what is deleted.")
    label: Any = serializers.CharField(help_text="Name of it.")
    reason = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=COUNTS)
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()
    restored_by = serializers.CharField(source="restored_by__username", allow_null=True)
    restored_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        ref_name = "Deletion"


class NewDeletionShape(Strict):
    kind = serializers.ChoiceField(choices=Deletion.Kind.choices)
    id = serializers.UUIDField(required=False, help_text="Of the article or the reading (assignment).")
    name = serializers.CharField(required=False, max_length=200, help_text="Of a corpus: its name, as a confirmation.")
    reason = serializers.CharField(max_length=LONGEST_REASON)

    class Meta:
        ref_name = "NewDeletion"


class CorpusBin(OfManagers):
    """What managers have deleted in a corpus."""

    queryset = Deletion.objects.none()
    serializer_class = DeletionRow
    orders = {"id": ("-at", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Articles and readings of a corpus that are in the bin; needs the role manager."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        return self.listed(
            Deletion.objects.for_user(request.user).in_bin().filter(corpus=self.corpus).values(*DeletionRow.columns())
        )

    @extend_schema(request=NewDeletionShape, responses={201: DeletionRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Put an article, a reading or the corpus in the bin; needs the role manager."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = NewDeletionShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        row = delete(self.thing(body.validated_data), request.user, body.validated_data["reason"])
        return Response(DeletionRow(rows_of(request.user).get(pk=row.pk)).data, status=201)

    def thing(self, body: dict[str, Any]) -> Thing:
        """Raises ValidationError."""
        kind = body["kind"]
        key: Any = body.get("id")
        if kind == Deletion.Kind.CORPUS:
            if body.get("name") != self.corpus.name:
                raise ValidationError({"name": ["should be the name of the corpus"]})
            return self.corpus
        row: Article | Assignment | None
        if kind == Deletion.Kind.ARTICLE:
            row = Article.objects.for_user(self.request.user).filter(corpus=self.corpus, pk=key).first()
        else:
            readings = Assignment.objects.for_user(self.request.user).filter(document__corpus=self.corpus, pk=key)
            row = readings.select_related("document__article", "document__corpus", "annotator").first()
        if row is None:
            raise ValidationError({"id": ["does not exist in this corpus"]})
        return row


class DeletedCorpora(Resource):
    """Corpora in the bin, of those that one manages."""

    queryset = Deletion.objects.none()
    serializer_class = DeletionRow
    orders = {"id": ("-at", "id")}

    def list(self, request: Request) -> Response:
        """Corpora in the bin that you manage."""
        return self.listed(rows_of(request.user).filter(kind=Deletion.Kind.CORPUS, restored_at=None, purged_at=None))


class BinRestore(Resource):
    queryset = Deletion.objects.none()
    serializer_class = DeletionRow

    @extend_schema(request=None, responses={200: DeletionRow, 422: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Restore what was deleted, as it was; needs the role manager."""
        refuse_body(request)
        row = get_object_or_404(Deletion.objects.for_user(request.user), pk=pk)
        try:
            restore(row, request.user)
        except EditError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return Response(DeletionRow(rows_of(request.user).get(pk=pk)).data)


class RestoredManyShape(Strict):
    deletions = BoundedList(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE)

    class Meta:
        ref_name = "DeletionsToRestore"


class RefusedRestoreShape(Shape):
    id = serializers.UUIDField()
    detail = serializers.CharField(help_text="Why it stays in the bin.")

    class Meta:
        ref_name = "RefusedRestore"


class RestoredShape(Shape):
    restored = serializers.ListField(child=serializers.UUIDField())
    refused = RefusedRestoreShape(many=True)

    class Meta:
        ref_name = "RestoredDeletions"


class CorpusBinRestore(OfManagers):
    queryset = Deletion.objects.none()
    serializer_class = RestoredShape

    @extend_schema(request=RestoredManyShape, responses={200: RestoredShape})
    def create(self, request: Request, slug: str) -> Response:
        """Restore several articles and readings of a corpus; needs the role manager. What cannot be restored stays in the bin, with the reason."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = RestoredManyShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        keys = set(body.validated_data["deletions"])
        rows = list(Deletion.objects.for_user(request.user).in_bin().filter(corpus=self.corpus, pk__in=keys))
        if len(rows) < len(keys):
            raise ValidationError({"deletions": ["should be in the bin of this corpus"]})
        restored, refused = restore_many(rows, request.user)
        answer = {"restored": [row.pk for row in restored], "refused": [{"id": row.pk, "detail": why} for row, why in refused]}
        return Response(RestoredShape(answer).data)


def rows_of(user: User) -> QuerySet[Deletion, dict[str, Any]]:
    return DeletionRow.of(Deletion.objects.for_user(user))
