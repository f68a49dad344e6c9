"""Scheme changes of a corpus: a mapping, what it would change, and the readings that it has moved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.assignments import object_of
from annotations.api.plans import OfManagers
from annotations.mapping.rows import KINDS, MOST_ROWS, CodeRow
from annotations.models import Move, MoveItem, Scheme
from annotations.moves import change
from annotations.schemes.of_corpus import NoScheme, scheme_for
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.models import Corpus, Membership

VERSION = "Code and version of the scheme: sanctions-core/1.3.0."


class CodeRowShape(Strict):
    """One code. A label: `layer` and `code`; a role or attribute: also `label`; a choice: also `attribute`. A type of links: `layer` of
    where they begin, and as `attribute` the layer of where they end. A type of relations: the layer `ENTITY`."""

    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    layer = serializers.CharField(max_length=40)
    label: Any = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    attribute = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    code = serializers.CharField(max_length=40)
    to = serializers.CharField(max_length=40, allow_blank=True, help_text="Code in the new version; empty: left out.")
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text="Required for what is left out."
    )

    class Meta:
        ref_name = "SchemeChangeRow"


class UseShape(Shape):
    kind = serializers.CharField()
    layer = serializers.CharField()
    label = serializers.CharField()
    attribute = serializers.CharField()
    code = serializers.CharField()
    to = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    marks = serializers.IntegerField()
    events = serializers.IntegerField()
    arguments = serializers.IntegerField(help_text="Of a role; of a label: arguments that its marks fill.")
    values = serializers.IntegerField()
    links = serializers.IntegerField()
    relations = serializers.IntegerField(help_text="Each counted once, however many readings reach it.")
    readings = serializers.IntegerField()

    class Meta:
        ref_name = "SchemeChangeUse"


class MoveFindingShape(Shape):
    code = serializers.CharField(help_text="Of a rule of the scheme, or `being-adjudicated`, `two-values`, `moved-on`.")
    detail = serializers.CharField()
    objects = serializers.ListField(child=serializers.CharField())

    class Meta:
        ref_name = "SchemeChangeFinding"


class StayingShape(Shape):
    assignment = serializers.UUIDField()
    findings = MoveFindingShape(many=True)

    class Meta:
        ref_name = "SchemeChangeStaying"


class CarriedTargetShape(Shape):
    code = serializers.CharField(help_text="LAYER.LABEL, or LAYER.")
    to = serializers.CharField(allow_blank=True, help_text="Its code in the new version; empty: the target is gone.")
    least = serializers.IntegerField(help_text="Per cent.")

    class Meta:
        ref_name = "CarriedTarget"


class GuidanceShape(Shape):
    label = serializers.CharField(help_text="LAYER.LABEL that is mapped, or that the new version lacks.")
    to = serializers.CharField(allow_blank=True, help_text="Code in the new version; empty: they are left behind.")
    guidelines = serializers.IntegerField()
    rulings = serializers.IntegerField(help_text="In which the label is right or wrong.")

    class Meta:
        ref_name = "SchemeChangeGuidance"


class MovePreviewShape(Shape):
    readings = serializers.IntegerField(help_text="In the scope.")
    rows = UseShape(many=True, help_text="The mapping, each row with what it changes.")
    missing = UseShape(many=True, help_text="Codes in use that the new version lacks and the mapping does not settle.")
    tried = serializers.IntegerField(help_text="Readings in which broken rules were looked for.")
    staying = StayingShape(many=True, help_text="Of these: what would prevent a move.")
    guidance = GuidanceShape(many=True, help_text="Guidelines and rulings of these labels: they go along, or are left behind.")
    targets = CarriedTargetShape(many=True, help_text="Targets of agreement that get another code.")

    class Meta:
        ref_name = "SchemeChangePreview"


class MoveRow(serializers.ModelSerializer[Move]):
    """A scheme change. While `state` is running or undoing, a job moves the readings."""

    source: Any = serializers.SerializerMethodField(help_text=VERSION)
    target = serializers.SerializerMethodField(help_text=VERSION)
    state = serializers.ChoiceField(choices=Move.State.choices)
    scope = serializers.ChoiceField(choices=Move.Scope.choices)
    mapping = CodeRowShape(many=True)
    user = serializers.CharField(source="user.username")
    undone_by = serializers.CharField(source="undone_by.username", allow_null=True, default=None)

    class Meta:
        model = Move
        fields = ["id", "source", "target", "scope", "state", "mapping", "user", "at", "started", "undone_by", "undone_at"]
        ref_name = "SchemeChange"

    def get_source(self, move: Move) -> str:
        return f"{move.source.code}/{move.source.version}"

    def get_target(self, move: Move) -> str:
        return f"{move.target.code}/{move.target.version}"


class MoveItemRow(serializers.ModelSerializer[MoveItem]):
    findings = MoveFindingShape(many=True)
    outcome = serializers.ChoiceField(choices=MoveItem.MoveOutcome.choices)

    class Meta:
        model = MoveItem
        fields = ["id", "assignment", "outcome", "before", "after", "findings", "at"]
        ref_name = "SchemeChangeReading"


class NewMoveShape(Strict):
    source: Any = serializers.CharField(
        required=False, max_length=81, help_text=f"{VERSION} Default: the present one of the corpus."
    )
    target = serializers.CharField(max_length=81, help_text=VERSION)
    scope = serializers.ChoiceField(choices=Move.Scope.choices, required=False, default=Move.Scope.OPEN)
    mapping: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=CodeRowShape(), required=False, max_length=MOST_ROWS
    )

    class Meta:
        ref_name = "NewSchemeChange"


class MoveEditShape(Strict):
    scope = serializers.ChoiceField(choices=Move.Scope.choices, required=False)
    mapping: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=CodeRowShape(), required=False, max_length=MOST_ROWS
    )

    class Meta:
        ref_name = "SchemeChangeEdit"


def version_of(corpus: Corpus, name: str, field: str) -> Scheme:
    """Raises ValidationError."""
    code, _, version = name.partition("/")
    scheme = Scheme.objects.of_corpus(corpus).defer("body").filter(code=code, version=version).first()
    if scheme is None:
        raise ValidationError({field: ["There is no such version of a scheme."]})
    return scheme


class OfMoves(OfManagers):
    """Needs the role manager."""

    queryset = Move.objects.none()
    serializer_class: type[serializers.BaseSerializer[Any]] = MoveRow
    orders = {"-at": ("-at", "id")}

    def rows(self) -> Any:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        rows = Move.objects.filter(corpus=self.corpus).select_related("corpus", "source", "target", "user", "undone_by")
        return rows.defer("source__body", "target__body")

    def move(self, pk: UUID) -> Move:
        move: Move = get_object_or_404(self.rows(), pk=pk)
        return move

    def answered(self, pk: UUID, status: int = 200) -> Response:
        return Response(MoveRow(self.rows().get(pk=pk)).data, status=status)


class Moves(OfMoves):
    def list(self, request: Request, slug: str) -> Response:
        """Scheme changes of a corpus, newest first; needs the role manager."""
        return self.listed(self.rows())

    @extend_schema(request=NewMoveShape, responses={201: MoveRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """A draft of a scheme change; needs the role manager. Look at its `preview/`, then `do/` it."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = NewMoveShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        data = body.validated_data
        target = version_of(self.corpus, data["target"], "target")
        source = version_of(self.corpus, data["source"], "source") if "source" in data else self.present()
        rows = [CodeRow(**row) for row in data.get("mapping", [])]
        move = change.create_move(self.corpus, source, target, data["scope"], request.user, rows)
        return self.answered(move.pk, 201)

    def present(self) -> Scheme:
        try:
            return scheme_for(self.corpus)
        except NoScheme as error:
            raise Problem("invalid", str(error), errors=[]) from error

    def retrieve(self, request: Request, slug: str, pk: UUID) -> Response:
        """One scheme change; needs the role manager."""
        return self.answered(self.move(pk).pk)

    @extend_schema(request=MoveEditShape, responses={200: MoveRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, slug: str, pk: UUID) -> Response:
        """Replace the mapping or the scope of a draft; needs the role manager."""
        move = self.move(pk)
        body = MoveEditShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        data = body.validated_data
        rows = [CodeRow(**row) for row in data.get("mapping", move.mapping)]
        return self.answered(change.change_mapping(move, rows, data.get("scope", move.scope), request.user).pk)

    @extend_schema(request=None, responses={204: None, 422: ProblemSerializer})
    def destroy(self, request: Request, slug: str, pk: UUID) -> Response:
        """Delete a draft; needs the role manager."""
        move = self.move(pk)
        refuse_body(request)
        change.delete_draft(move, request.user)
        return Response(status=204)


class MovePreviews(OfMoves):
    serializer_class = MovePreviewShape

    def retrieve(self, request: Request, slug: str, pk: UUID) -> Response:
        """What a draft would change, and what prevents it; needs the role manager."""
        trial = change.preview(self.move(pk))
        staying = [{"assignment": pk, "findings": findings} for pk, findings in trial.staying.items()]
        return Response(
            MovePreviewShape(
                {
                    **trial.counts(),
                    "missing": trial.missing,
                    "tried": trial.tried,
                    "staying": staying,
                    "guidance": trial.guidance,
                    "targets": trial.targets,
                }
            ).data
        )


class MoveActs(OfMoves):
    @extend_schema(
        request=None, responses={200: MoveRow, 422: OpenApiResponse(ProblemSerializer, "Codes in use are not mapped.")}
    )
    def do(self, request: Request, slug: str, pk: UUID) -> Response:
        """The corpus adopts the new version, and a job moves the readings; needs the role manager. Safe to repeat."""
        move = self.move(pk)
        refuse_body(request)
        return self.answered(change.begin(move, request.user).pk)

    @extend_schema(request=None, responses={200: MoveRow, 422: ProblemSerializer})
    def undo(self, request: Request, slug: str, pk: UUID) -> Response:
        """The corpus goes back to the old version, and a job moves the readings back; needs the role manager. Safe to repeat."""
        move = self.move(pk)
        refuse_body(request)
        return self.answered(change.undo(move, request.user).pk)


class MoveReadings(OfMoves):
    serializer_class = MoveItemRow
    orders = {"id": ("id",)}

    def list(self, request: Request, slug: str, pk: UUID) -> Response:
        """Readings that a scheme change has reached, each with what became of it; needs the role manager."""
        return self.listed(MoveItem.objects.filter(move=self.move(pk)))
