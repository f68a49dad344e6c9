"""Carrying annotations to newer texts of an article, the lines that wait for a person, and taking it back, by API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of, writable_or_404
from annotations.bin.carried import undo_carry
from annotations.models import Carry, CarryItem
from annotations.queries.carryable import carry_of, newest_text, older_reading, reading_of_other
from annotations.write.carry import UNDONE, CannotCarry, carry, decide_item, reopen_item, takes_candidate
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.models import Article, Document, Membership
from corpus.models.document import text_of

COUNTS = "Marks, citations and claims by outcome: carried, moved, changed, orphan."
NOTHING = "You have no annotations on an older text of this article, or you have annotated the newest one already."


class CarryRow(Row):
    id = serializers.UUIDField()
    source: Any = serializers.UUIDField(source="source_id", help_text="The assignment on the older text.")
    assignment = serializers.UUIDField(source="assignment_id", help_text="That on the newer text.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=COUNTS)
    waiting = serializers.IntegerField(help_text="Lines that nobody has decided on yet.")
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "Carry"


class NewCarryShape(Strict):
    reading = serializers.UUIDField(
        required=False, help_text="For managers: the assignment of somebody on an older text; without it your own newest one."
    )

    class Meta:
        ref_name = "NewCarry"


class CarryItemRow(Row):
    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="span, event, claim, citation or link.")
    object = serializers.CharField(source="object_id", help_text="Id of the object on the older text.")
    quote = serializers.CharField(help_text="Its words there.")
    outcome = serializers.ChoiceField(choices=CarryItem.Outcome.choices)
    part = OrNull(help_text="Of what was carried without a part: a role, an attribute.")
    start = serializers.IntegerField(allow_null=True, help_text="Of the candidate in the newer text, in code points.")
    end = serializers.IntegerField(allow_null=True)
    candidate = serializers.SerializerMethodField(help_text="The words there.")
    takes = serializers.SerializerMethodField(help_text="Whether `taken` annotates the candidate.")
    decision = OrNull(help_text="taken or dismissed; null: it waits.")
    decided_by = serializers.CharField(source="decided_by__username", allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        ref_name = "CarryItem"

    def get_candidate(self, row: dict[str, Any]) -> str | None:
        return None if row["start"] is None else str(self.context["text"][row["start"] : row["end"]])

    def get_takes(self, row: dict[str, Any]) -> bool:
        return row["id"] in self.context["takes"]


class CarryItemDecisionShape(Strict):
    decision = serializers.ChoiceField(
        choices=[*CarryItem.ItemDecision.choices, (UNDONE, "decision taken back")],
        help_text="taken: annotate the candidate; dismissed: it is done; undone: take that back.",
    )

    class Meta:
        ref_name = "CarryItemDecision"


class UndoneCarryShape(Shape):
    deletion = serializers.UUIDField(source="deletion.pk", help_text="Of the newer text's assignment, in the bin.")
    assignment = serializers.UUIDField(
        source="reading.pk",
        default=None,
        allow_null=True,
        help_text="The one without annotations that is there again, if there was one.",
    )

    class Meta:
        ref_name = "UndoneCarry"


class ArticleCarries(OfAssignments):
    queryset = Carry.objects.none()
    serializer_class = CarryRow
    orders = {"id": ("-at", "id")}

    def rows(self, article: Article) -> QuerySet[Any, Any]:
        rows = Carry.objects.for_user(self.request.user).filter(assignment__document__article=article)
        return CarryRow.of(rows.annotate(waiting=Count("items", filter=Q(items__decision=""))))

    def list(self, request: Request, pk: UUID) -> Response:
        """Annotations that were carried to newer texts of an article, newest first."""
        return self.listed(self.rows(get_object_or_404(Article.objects.for_user(request.user), pk=pk)))

    @extend_schema(
        request=NewCarryShape,
        responses={
            201: CarryRow,
            200: OpenApiResponse(CarryRow, "They were carried to the newest text already."),
            409: ProblemSerializer,
        },
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Carry your annotations to the newest text of an article, or as a manager those of somebody else. The older ones stay as they are.
        Safe to repeat.

        409 `cannot-carry`: there are none on an older text, or the newest one is annotated already.
        """
        article = get_object_or_404(Article.objects.for_user(request.user).select_related("corpus"), pk=pk)
        require(article.corpus, request.user, Membership.Role.ANNOTATOR)
        body = NewCarryShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        document = newest_text(article)
        asked = body.validated_data.get("reading")
        of_other = reading_of_other(article, request.user, asked) if asked else None
        earlier = carry_of(document, of_other.annotator if of_other else request.user)
        made = earlier or self.carried(of_other or older_reading(article, document, request.user), document)
        return Response(CarryRow(self.rows(article).get(pk=made.pk)).data, status=200 if earlier else 201)

    def carried(self, source: Any, document: Document) -> Carry:
        if source is None:
            raise CannotCarry(NOTHING)
        return carry(source, document, self.request.user)


class OfCarryItems(OfAssignments):
    queryset = CarryItem.objects.none()
    serializer_class = CarryItemRow
    orders = {"id": ("id",)}
    shown: dict[str, Any] = {}

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **self.shown}

    def show(self, made: Carry) -> None:
        """Keep what the rows of a carried reading are presented with."""
        open_items = made.open_items().filter(start__isnull=False)
        self.shown = {"text": text_of(made.assignment.document_id), "takes": takes_candidate(made, open_items)}


class CarryItems(OfCarryItems):
    def list(self, request: Request, pk: UUID) -> Response:
        """What was not carried, or not as it was: a line for each, in the order of the page. While one waits, the newer text cannot be
        submitted."""
        made = get_object_or_404(Carry.objects.for_user(request.user).select_related("source", "assignment"), pk=pk)
        self.show(made)
        return self.listed(made.items.values(*CarryItemRow.columns()))


class CarryItemDecision(OfCarryItems):
    @extend_schema(request=CarryItemDecisionShape, responses={200: CarryItemRow, 409: ProblemSerializer, 422: ProblemSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Annotate the candidate of a line, say that it is done, or take that back; for the annotator of the newer text.

        Taking back removes the mark that was made of the candidate. 409 `cannot-carry`: it is decided already, has no candidate to
        annotate, nothing was decided, or its mark was changed since.
        """
        rows = CarryItem.objects.for_user(request.user).select_related("carry__assignment", "carry__source")
        item = get_object_or_404(rows, pk=pk)
        writable_or_404(request.user, item.carry.assignment_id)
        body = CarryItemDecisionShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        decision = body.validated_data["decision"]
        if decision == UNDONE:
            reopen_item(item, request.user)
        else:
            decide_item(item, decision, request.user)
        self.show(item.carry)
        return Response(self.get_serializer(CarryItem.objects.values(*CarryItemRow.columns()).get(pk=pk)).data)


class CarryUndo(OfAssignments):
    queryset = Carry.objects.none()
    serializer_class = UndoneCarryShape

    @extend_schema(request=None, responses={200: UndoneCarryShape, 409: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Take back what was carried: the newer text's assignment goes into the bin. For its annotator and managers.

        409 `cannot-undo`: somebody has worked on it since.
        """
        refuse_body(request)
        made = get_object_or_404(Carry.objects.for_user(request.user).select_related("assignment__document__corpus"), pk=pk)
        return Response(UndoneCarryShape(undo_carry(made, request.user)).data)
