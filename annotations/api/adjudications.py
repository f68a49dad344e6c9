"""Adjudications: where the readings of a text differ, and the decisions by which a gold is made of them."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied as Denied
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from annotations.adjudication.fields import field_lines
from annotations.adjudication.groups import KINDS, Group
from annotations.api.assignments import OfAssignments, object_of
from annotations.api.problems import ConflictProblem
from annotations.models import Adjudication, AdjudicationDecision, Assignment
from annotations.write.accept_together import accept_alone
from annotations.write.adjudicate import ACCEPT, DROP, MOST, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.frozen_inputs import OUTCOME, location_of
from annotations.write.include import include_later_readings
from annotations.write.look import LOOKED, look_at
from annotations.write.undo_decision import undo
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.models import Document, Membership

UNDO = "undone"


class ReaderVersionShape(Shape):
    reader = serializers.CharField(help_text="Letter of the reading.")
    values = serializers.DictField(
        child=serializers.CharField(), help_text="Field → its value in words; empty: the reader has nothing there."
    )

    class Meta:
        ref_name = "ReaderVersion"


class GroupShape(Shape):
    name = serializers.CharField(help_text="To be sent with a decision.")
    kind = serializers.ChoiceField(choices=KINDS)
    layer = serializers.CharField(allow_blank=True)
    role = serializers.CharField(allow_blank=True, help_text="Of an argument; the type of a link.")
    start = serializers.IntegerField(help_text="First character of all versions, in code points.")
    end = serializers.IntegerField()
    material = serializers.BooleanField(help_text="Whether it changes a statement, alone or with others.")
    outcome = serializers.CharField(
        allow_blank=True, help_text="accepted, changed or dropped; of a look also looked; empty: undecided."
    )
    most = serializers.CharField(allow_null=True, help_text="Reader whose version most have; null: they are even.")
    versions = ReaderVersionShape(many=True)

    class Meta:
        ref_name = "AdjudicationDifference"


class InputShape(Shape):
    reader = serializers.CharField(help_text="Letter.")
    assignment = serializers.UUIDField()
    revision = serializers.IntegerField(help_text="Of the reading when it was included.")
    at = serializers.DateTimeField(allow_null=True, help_text="When it was included; null: at the start.")

    class Meta:
        ref_name = "AdjudicationInput"


class AdjudicationShape(Shape):
    id = serializers.UUIDField()
    gold = serializers.UUIDField(help_text="Assignment of the gold.")
    revision = serializers.IntegerField(help_text="Of the gold: the base of a decision.")
    decisions = serializers.IntegerField(help_text="How many there are, undone ones too: to be sent with a decision.")
    inputs = InputShape(many=True)
    left_out = serializers.IntegerField(help_text="Readings of the text that were submitted later and are not included.")
    reason = serializers.CharField(allow_blank=True, help_text="Why it began with fewer readings than planned.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By outcome; `open`: undecided.")
    differences = GroupShape(many=True)
    seed = serializers.IntegerField(allow_null=True, help_text="Of the draw of `looks`; null: nothing was drawn.")
    looks = GroupShape(
        many=True, help_text="Drawn of that in which all readers agree, to be checked before the gold is submitted."
    )

    class Meta:
        ref_name = "Adjudication"


class AdjudicationDecisionRow(serializers.ModelSerializer[AdjudicationDecision]):
    difference = serializers.SerializerMethodField(help_text="Name of the difference.")
    reader = serializers.CharField(source="taken.letter", allow_null=True, default=None, help_text="Letter of the reading.")
    user = serializers.CharField(source="user.username")

    class Meta:
        model = AdjudicationDecision
        fields = [
            "id", "difference", "kind", "layer", "role", "start", "end", "number", "outcome", "reader", "against", "undoes", "reason", "note",
            "changes", "revision", "user", "at",
        ]  # fmt: skip
        ref_name = "AdjudicationDecision"

    def get_difference(self, row: AdjudicationDecision) -> str:
        return str(location_of(row))


@cache
def decision_row() -> AdjudicationDecisionRow:
    """Built once: to work out its fields takes longer than to write them."""
    return AdjudicationDecisionRow()


class DecisionsShape(Shape):
    revision = serializers.IntegerField(help_text="Of the gold.")
    decisions = AdjudicationDecisionRow(many=True)

    class Meta:
        ref_name = "AdjudicationDecisions"


class DecisionDraftShape(Strict):
    id = serializers.UUIDField(help_text="UUID made by the client; safe to send again.")
    outcome = serializers.ChoiceField(
        choices=[ACCEPT, MOST, DROP, LOOKED, UNDO],
        help_text="most: accept what most readers have. looked: checked, what all say is right. undone: undo the last decision.",
    )
    difference = serializers.CharField(max_length=200, required=False, help_text="Name of the difference; not with undone.")
    base = serializers.IntegerField(min_value=0, required=False, help_text="Revision of the gold that you read; not with undone.")
    decisions = serializers.IntegerField(
        min_value=0,
        max_value=2**31,
        required=False,
        help_text="How many there were when you read it: a decision made since on the same difference is a conflict, also where it left "
        "the gold as it is.",
    )
    reader = serializers.CharField(max_length=1, required=False, help_text="With accepted: letter of the reading.")
    reason = serializers.ChoiceField(choices=AdjudicationDecision.Reason.choices, required=False)
    note = serializers.CharField(max_length=2_000, required=False)

    class Meta:
        ref_name = "NewAdjudicationDecision"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["outcome"] != UNDO and "difference" not in values:
            raise serializers.ValidationError({"difference": ["Name the difference that the decision is about."]})
        if values["outcome"] == UNDO and values.keys() - {"id", "outcome", "decisions"}:
            raise serializers.ValidationError({"outcome": ["An undo has its id and `decisions`, nothing else."]})
        return values


@cache
def draft_shape() -> DecisionDraftShape:
    """Built once: each one copies all its fields."""
    return DecisionDraftShape()


class BeginningShape(Strict):
    reason = serializers.CharField(
        max_length=2_000, required=False, help_text="Why it begins with fewer readings than a plan asks for: then needed."
    )

    class Meta:
        ref_name = "AdjudicationBeginning"

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data.get("reason", ""), str):
            raise serializers.ValidationError({"reason": ["Not a text."]})
        return super().to_internal_value(data)


class OfAdjudications(OfAssignments):
    """Needs the role reviewer. Viewers do not learn that there is one."""

    queryset = Adjudication.objects.all()

    def adjudication(self, pk: UUID) -> Adjudication:
        row = Adjudication.readable(self.request.user, pk)
        if row is None:
            raise Http404
        require(row.gold.document.corpus, self.request.user, Membership.Role.REVIEWER)
        return row


class BeginAdjudication(OfAssignments):
    queryset = Adjudication.objects.all()
    serializer_class = AdjudicationShape

    @extend_schema(
        request=BeginningShape,
        responses={201: AdjudicationShape, 200: OpenApiResponse(AdjudicationShape, "It had begun."), 409: ProblemSerializer},
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Begin to adjudicate the submitted readings of a text. Needs the role reviewer, and no reading of one's own. Safe to repeat.

        All on which the readings agree goes into the gold, which is yours. 409 `cannot-adjudicate`: fewer than two readings, or a gold
        with annotations, or fewer than a plan asks for and no reason.
        """
        given: Any = request.data
        body = BeginningShape(data={} if given in (None, "") else object_of(given))
        body.is_valid(raise_exception=True)
        document = get_object_or_404(Document.objects.for_user(request.user).select_related("corpus").defer("text"), pk=pk)
        if document.corpus.role_of(request.user) == Membership.Role.VIEWER:
            raise Http404
        try:
            made, is_new = start(document, request.user, body.validated_data.get("reason", ""))
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return Response(presented(AdjudicationState(made)), status=201 if is_new else 200)


class Adjudications(OfAdjudications):
    serializer_class = AdjudicationShape

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Differences of the readings, those first that change a statement, and what was decided. Needs the role reviewer."""
        return Response(presented(AdjudicationState(self.adjudication(pk))))


class AdjudicationReadings(OfAdjudications):
    serializer_class = AdjudicationShape

    @extend_schema(request=None, responses={200: AdjudicationShape, 409: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Include the readings that were submitted since the start. Only the holder of the gold can. Safe to repeat.

        They add differences and change nothing that was decided.
        """
        adjudication = self.adjudication(pk)
        require_holder(adjudication, request.user)
        refuse_body(request)
        include_later_readings(adjudication, request.user)
        return Response(presented(AdjudicationState(adjudication)))


class AdjudicationDecisions(OfAdjudications):
    serializer_class = DecisionsShape

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Decisions of people, in their order. Needs the role reviewer."""
        adjudication = self.adjudication(pk)
        rows = adjudication.decisions.exclude(outcome=OUTCOME.AUTO).select_related("user", "taken").order_by("position")
        revision = Assignment.objects.values_list("revision", flat=True).get(pk=adjudication.gold_id)
        return Response(DecisionsShape({"revision": revision, "decisions": rows}).data)

    @extend_schema(
        request=DecisionDraftShape,
        responses={201: AdjudicationDecisionRow, 409: ConflictProblem, 422: ProblemSerializer, 428: ProblemSerializer},
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Decide on a difference, or undo the last decision. Only the holder of the gold can. Safe to send again with the same id.

        The decision and its changes of the gold are one transaction. 409: somebody has decided on it or edited it since.
        """
        adjudication = self.adjudication(pk)
        require_holder(adjudication, request.user)
        sent = draft_shape().run_validation(object_of(request.data))
        if sent["outcome"] == UNDO:
            made = undo(adjudication, request.user, sent["id"], sent.get("decisions"))
        else:
            act = look_at if sent["outcome"] == LOOKED else decide
            made = act(adjudication, request.user, DecisionDraft(**{"base": None} | sent))
        return Response(decision_row().to_representation(made), status=201)


class AcceptedParagraphShape(Strict):
    id = serializers.UUIDField(help_text="UUID made by the client; safe to send again.")
    reader = serializers.CharField(max_length=1, help_text="Letter of the reading.")
    difference = serializers.CharField(
        max_length=200, help_text="Name of a difference that only this reader has, in the paragraph."
    )

    class Meta:
        ref_name = "AcceptedParagraph"


class AcceptedShape(Shape):
    accepted = serializers.IntegerField(help_text="Differences.")
    revision = serializers.IntegerField(help_text="Of the gold.")

    class Meta:
        ref_name = "AcceptedDifferences"


class AdjudicationParagraphs(OfAdjudications):
    serializer_class = AcceptedShape

    @extend_schema(
        request=AcceptedParagraphShape,
        responses={201: AcceptedShape, 403: ProblemSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Accept all that only one reader has in a paragraph, as one act. Only the holder of the gold can. Safe to send again.

        Undone as one by a decision `undone`. What points into another paragraph gets it when that is accepted.
        """
        adjudication = self.adjudication(pk)
        require_holder(adjudication, request.user)
        body = AcceptedParagraphShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        count = accept_alone(adjudication, request.user, sent["id"], sent["reader"], sent["difference"])
        revision = Assignment.objects.values_list("revision", flat=True).get(pk=adjudication.gold_id)
        return Response(AcceptedShape({"accepted": count, "revision": revision}).data, status=201)


def require_holder(adjudication: Adjudication, user: User) -> None:
    """Raises PermissionDenied."""
    if adjudication.gold.annotator_id != user.pk:
        raise PermissionDenied(f"Only {adjudication.gold.annotator}, who holds the gold, can decide.")


def presented(state: AdjudicationState) -> Any:
    gold = state.adjudication.gold
    gold.refresh_from_db(fields=["revision"])
    inputs = [
        {"reader": each.letter, "assignment": each.assignment_id, "revision": each.revision, "at": each.at}
        for each in state.inputs
    ]
    whole = {"id": state.adjudication.pk, "gold": gold.pk, "revision": gold.revision, "inputs": inputs, "counts": state.counts}
    whole["decisions"] = len(state.decisions)
    whole |= {"left_out": state.left_out, "seed": state.adjudication.seed, "reason": state.adjudication.reason}
    whole["looks"] = [difference(group, state) | {"outcome": state.look_outcome(group)} for group in state.looks]
    return AdjudicationShape(whole | {"differences": [difference(group, state) for group in state.differences]}).data


def difference(group: Group, state: AdjudicationState) -> dict[str, Any]:
    lines = field_lines(group, state.alignment)
    versions = [
        {"reader": each.letter, "values": {line.name: line.texts[number] for line in lines if line.texts[number]}}
        for number, each in enumerate(state.inputs)
    ]
    return {
        "name": str(group.location),
        **{name: getattr(group.location, name) for name in ("kind", "layer", "role", "start", "end")},
        "material": state.is_material(group),
        "outcome": state.outcome(group),
        "most": None if group.most is None else state.inputs[group.most].letter,
        "versions": versions,
    }
