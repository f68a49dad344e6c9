"""A reading as it was, how it came to its state, and where it differs from another one of its text."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.agreement_shapes import PairDifferenceShape
from annotations.api.assignments import OfAssignments
from annotations.models import Assignment, Transition
from annotations.scoring.differences import rows_of
from annotations.scoring.pairs import views_at
from corpus.api.request import Request
from corpus.api.rows import OrNull, Row
from corpus.api.shape import Shape
from corpus.models import with_password_links

WITH = "with"


class TransitionRow(Row):
    id = serializers.UUIDField()
    revision = serializers.IntegerField(help_text="Of the assignment at that time.")
    kind = serializers.ChoiceField(choices=Transition.Kind.choices)
    reason = OrNull(help_text="Why it was skipped.")
    note = OrNull(help_text="Why it was returned or handed over, more about why it was skipped, or a remark on an approval.")
    user = serializers.CharField(source="user__username", allow_null=True)
    at = serializers.DateTimeField()
    password_link_by = serializers.CharField(
        source="link_maker",
        allow_null=True,
        help_text="Who made the link by which the password of `user` was set before, until it is confirmed who set it; null: nobody.",
    )

    class Meta:
        ref_name = "AssignmentTransition"


class Transitions(OfAssignments):
    queryset = Transition.objects.none()
    serializer_class = TransitionRow
    orders = {"at": ("at", "id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """Steps of an assignment from one state to the next, oldest first: submitted, reopened, returned, approved, skipped, lapsed, moved …"""
        rows = with_password_links(Transition.objects.filter(assignment=self.readable(pk)))
        return self.listed(rows.values(*TransitionRow.columns()))


class AssignmentDifferencesShape(Shape):
    left = serializers.UUIDField(help_text="The assignment.")
    left_revision = serializers.IntegerField()
    right = serializers.UUIDField(help_text="The other one.")
    right_revision = serializers.IntegerField()
    differences = PairDifferenceShape(many=True)

    class Meta:
        ref_name = "AssignmentDifferences"


class AssignmentDifferences(OfAssignments):
    queryset = Assignment.objects.none()
    serializer_class = AssignmentDifferencesShape
    parameters = {"retrieve": (WITH,)}

    @extend_schema(
        parameters=[OpenApiParameter(WITH, OpenApiTypes.UUID, required=True, description="Id of another assignment of its text.")]
    )
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Where two assignments of one text differ as they are, in the order of the text. You need access to both."""
        left = self.readable(pk)
        right = self.readable(self.other())
        texts = Assignment.objects.filter(pk__in=[left.pk, right.pk]).values_list("document", flat=True)
        if left.pk == right.pk or len(set(texts)) > 1:
            raise ValidationError({WITH: "should be another assignment of the same text"})
        views, _ = views_at({left.pk: left.revision, right.pk: right.revision})
        answer = {
            "left": left.pk,
            "left_revision": left.revision,
            "right": right.pk,
            "right_revision": right.revision,
            "differences": rows_of(views[left.pk], views[right.pk]),
        }
        return Response(AssignmentDifferencesShape(answer).data)

    def other(self) -> UUID:
        try:
            return UUID(self.request.query_params.get(WITH, ""))
        except ValueError:
            raise ValidationError({WITH: "should be the id of an assignment"}) from None
