"""An earlier state of an object made again, and changes undone: batches in the log."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of, writable_or_404
from annotations.api.problems import ConflictProblem
from annotations.api.shapes import AnswerShape
from annotations.models import Assignment, LoggedChange
from annotations.write.inverse import restore, undo
from corpus.api.bounded import BoundedList
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.serializers import Strict

MOST_AT_ONCE = 1_000


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


class UndoShape(Strict):
    changes = BoundedList(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=MOST_AT_ONCE,
        help_text="Changes of its log, undone together or not at all.",
    )

    class Meta:
        ref_name = "Undo"


class Undoing(OfAssignments):
    queryset = LoggedChange.objects.all()
    serializer_class = UndoShape

    @extend_schema(responses={200: AnswerShape, 409: ConflictProblem, 422: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Undo changes of your assignment: one batch in the log, which can be undone alike. Safe to send again.

        409: an object was written to since, by whomever; `yours` is what it would become, `theirs` what it is. Undo the later changes along.
        """
        writable_or_404(request.user, pk)
        body = UndoShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        answer = undo(Assignment.whole(pk), body.validated_data["changes"], request.user)
        return Response({"revision": answer.revision, "changes": answer.changes})
