"""Approval: readings that await a verdict, the verdicts on one, and gold made of the approved ones."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments
from annotations.api.rows import AssignmentRow
from annotations.approval.gold import AT_ONCE, make_gold
from annotations.approval.verdicts import approved_readings, awaiting_verdict
from annotations.models import Assignment, Transition
from annotations.models.transition import VERDICT_CHOICES, VERDICTS
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.rows import OrNull, Row
from corpus.api.shape import Shape
from corpus.models import Membership, with_password_links


class ReadingVerdictRow(Row):
    id = serializers.UUIDField()
    verdict = serializers.ChoiceField(source="kind", choices=VERDICT_CHOICES)
    revision = serializers.IntegerField(help_text="Of the assignment that it is about.")
    note = OrNull(help_text="Reason or remark; null: none was stated.")
    user = serializers.CharField(source="user__username", allow_null=True, help_text="null: before this was recorded.")
    at = serializers.DateTimeField()
    password_link_by = serializers.CharField(
        source="link_maker",
        allow_null=True,
        help_text="Who made the link by which the password of `user` was set before, until it is confirmed who set it; null: nobody.",
    )

    class Meta:
        ref_name = "ReadingVerdict"


class RefusedReadingShape(Shape):
    assignment = serializers.UUIDField()
    detail = serializers.CharField()

    class Meta:
        ref_name = "RefusedReading"


class GoldMadeShape(Shape):
    made = serializers.IntegerField(help_text=f"Golds; {AT_ONCE} in one request are the limit.")
    left = serializers.IntegerField(help_text="Approved readings without a gold: send the request again.")
    refused = RefusedReadingShape(many=True, help_text="Readings that violate a rule of level error, or have changed meanwhile.")

    class Meta:
        ref_name = "GoldMade"


class Awaiting(InCorpus):
    queryset = Assignment.objects.none()
    serializer_class = AssignmentRow
    orders = {"submitted": ("submitted", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Submitted readings that await a verdict, of texts without a gold; the oldest first. Needs the role reviewer.

        The share of readings is `approve` of the team settings. Approve or return with `PATCH assignments/{id}/`.
        """
        require(self.corpus, request.user, Membership.Role.REVIEWER)
        return self.listed(awaiting_verdict(self.corpus, request.user).values(*AssignmentRow.columns()))


class ApprovedGold(InCorpus):
    queryset = Assignment.objects.none()
    serializer_class = GoldMadeShape

    @extend_schema(request=None, responses={200: GoldMadeShape})
    def create(self, request: Request, slug: str) -> Response:
        """Make the gold of approved readings, and submit it. Needs the role reviewer.

        Left out are texts that you have annotated yourself, and those with further readings: these are adjudicated.
        """
        require(self.corpus, request.user, Membership.Role.REVIEWER)
        refuse_body(request)
        result = make_gold(self.corpus, request.user)
        refused = [{"assignment": reading.pk, "detail": reason} for reading, reason in result.refused]
        left = approved_readings(self.corpus, request.user).count()
        return Response(GoldMadeShape({"made": result.made, "left": left, "refused": refused}).data)


class Verdicts(OfAssignments):
    queryset = Transition.objects.none()
    serializer_class = ReadingVerdictRow
    orders = {"-at": ("-at", "-id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """Verdicts of reviewers on an assignment, newest first."""
        rows = with_password_links(Transition.objects.filter(assignment=self.readable(pk), kind__in=VERDICTS))
        return self.listed(rows.values(*ReadingVerdictRow.columns()))
