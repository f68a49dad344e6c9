"""An earlier state of an object, made again as a batch in the log."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of, writable_or_404
from annotations.api.problems import ConflictProblem
from annotations.api.shapes import AnswerShape
from annotations.models import Assignment, LoggedChange
from annotations.write.inverse import restore
from corpus.api.problems import ProblemSerializer
from corpus.api.serializers import Strict


class RestoreShape(Strict):
    change = serializers.UUIDField(help_text="A change of the history: the object is made as it was after it.")
    base = serializers.IntegerField(min_value=0, required=False, help_text="Revision of the assignment that you read.")

    class Meta:
        ref_name = "Restore"


class Restoring(OfAssignments):
    queryset = LoggedChange.objects.all()
    serializer_class = RestoreShape

    @extend_schema(
        responses={200: AnswerShape, 409: ConflictProblem, 422: ProblemSerializer, 428: ProblemSerializer},
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Make an object as it was after an earlier change: a batch in the log. What was deleted comes back with all that went with it.
        Safe to send again.

        409: somebody wrote to it after `base`, or to a shared entity from another assignment. 422: what it points at is gone.
        """
        writable_or_404(request.user, pk)
        body = RestoreShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        assignment = Assignment.whole(pk)
        change = LoggedChange.objects.filter(assignment=assignment, pk=body.validated_data["change"]).first()
        if change is None:
            raise ValidationError({"change": ["The assignment has no such change."]})
        answer = restore(assignment, change, request.user, body.validated_data.get("base"))
        return Response({"revision": answer.revision, "changes": answer.changes})
