"""Team settings by API, and their history; for managers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import object_of
from annotations.api.plans import OfManagers
from annotations.models import TeamSettings
from annotations.plans.team import change_settings, settings_of
from annotations.plans.team_history import put_back, team_edits
from corpus.api.bounded import BoundedObject
from corpus.api.permissions import require
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.models import Edit, Membership

BEFORE = "before"


class TeamShape(Strict):
    """Only what is given is changed."""

    self_service = serializers.BooleanField(required=False, help_text="Annotators open any article.")
    open_at_once = serializers.IntegerField(
        required=False, min_value=1, max_value=100, help_text="Articles in progress, from which on a plan gives no further one."
    )
    lapse_days = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=365, help_text="Days without a change; null: nothing lapses."
    )
    approve = serializers.IntegerField(
        required=False, min_value=0, max_value=100, help_text="Per cent of the submitted readings that await a verdict."
    )
    practice_tests = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=20,
        help_text="Tests that an annotator passes before articles of a plan are offered.",
    )
    practice_least = serializers.IntegerField(
        required=False, min_value=1, max_value=100, help_text="F1 in per cent that a test needs in each layer."
    )

    show_people = serializers.BooleanField(required=False, help_text="Managers see figures about persons.")
    suggestions = serializers.BooleanField(required=False, help_text="Annotators are offered suggestions.")
    control_share = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=50,
        help_text="Per cent of the readings, drawn when they begin, in which nothing is suggested.",
    )
    targets = BoundedObject(
        child=serializers.IntegerField(min_value=1, max_value=100),
        required=False,
        help_text="LAYER or LAYER.LABEL → F1 in per cent that agreement is to reach. All of them: what is not given is removed.",
    )

    before = serializers.IntegerField(
        required=False,
        write_only=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Put back what held before this change of `team/history/`; alone.",
    )

    class Meta:
        ref_name = "Team"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if BEFORE in values and len(values) > 1:
            raise serializers.ValidationError({BEFORE: ["should be alone: it is all settings of that time."]})
        return values


class TeamEditRow(Row):
    id = serializers.IntegerField()
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()
    before = serializers.JSONField(help_text="Setting in words → value in words.")
    after = serializers.JSONField()

    class Meta:
        ref_name = "TeamEdit"


class Team(OfManagers):
    queryset = TeamSettings.objects.none()
    serializer_class = TeamShape

    def retrieve(self, request: Request, slug: str) -> Response:
        """How the annotators of a corpus get their articles; needs the role manager."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        return Response(settings_of(self.corpus))

    @extend_schema(request=TeamShape, responses={200: TeamShape, 422: ProblemSerializer})
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change it, or put back earlier settings (`before`); needs the role manager. `history/` says who did."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = TeamShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        values = body.validated_data
        if BEFORE in values:
            put_back(get_object_or_404(team_edits(self.corpus).select_related("corpus"), pk=values[BEFORE]), request.user)
        else:
            change_settings(self.corpus, values, request.user)
        return self.retrieve(request, slug)


class TeamHistory(OfManagers):
    queryset = Edit.objects.none()
    serializer_class = TeamEditRow
    orders = {"-id": ("-id",)}

    def rows(self) -> QuerySet[Any, Any]:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        return TeamEditRow.of(team_edits(self.corpus).order_by())

    def list(self, request: Request, slug: str) -> Response:
        """Changes of the team settings, the newest first; needs the role manager. PATCH `team/` with `before` puts back what held before one."""
        return self.listed(self.rows())
