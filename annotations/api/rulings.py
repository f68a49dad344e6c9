"""Rulings of a guideline."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, When
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.guidelines import CarriedMixin, label_now
from annotations.guidelines import rulings, versions
from annotations.models import AdjudicationDecision, Guideline, Ruling
from annotations.models.ruling import LABEL_LENGTH
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError
from corpus.models import Document

HIDDEN = "null: hidden until you see the gold of the text."


class RulingRow(Row):
    id = serializers.IntegerField()
    version = serializers.IntegerField(source="version__number", help_text="Number of the version that it explains.")
    document = serializers.UUIDField(source="shown_document", allow_null=True, help_text=HIDDEN)
    fragments = serializers.ListField(
        source="shown_fragments",
        child=serializers.ListField(child=serializers.IntegerField()),
        allow_null=True,
        help_text=f"Code points. {HIDDEN}",
    )
    quote = serializers.CharField(source="shown_quote", allow_null=True, help_text=HIDDEN)
    right = serializers.CharField(help_text="LAYER.LABEL")
    wrong = OrNull(help_text="LAYER.LABEL; null: any other of the layer.")
    right_now = serializers.SerializerMethodField(
        help_text="`right` in the scheme in use; null: a scheme change has left it behind."
    )
    wrong_now = serializers.SerializerMethodField(help_text="`wrong` likewise; null also where there is none.")
    why = serializers.CharField()
    decision = serializers.UUIDField(
        source="decision_id", allow_null=True, help_text="Decision of an adjudication that it came from."
    )
    breaches = serializers.IntegerField(help_text="Later decisions against it.")
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "Ruling"

    def get_right_now(self, row: dict[str, Any]) -> str | None:
        return label_now(self.context, row["right"], row["at"])

    def get_wrong_now(self, row: dict[str, Any]) -> str | None:
        return label_now(self.context, row["wrong"], row["at"])


class NewRulingShape(Strict):
    document = serializers.UUIDField(help_text="A text of the corpus.")
    start = serializers.IntegerField(min_value=0, help_text="First character, in code points.")
    end = serializers.IntegerField(min_value=1)
    right = serializers.CharField(max_length=LABEL_LENGTH, help_text="LAYER.LABEL")
    wrong = serializers.CharField(
        max_length=LABEL_LENGTH, required=False, help_text="LAYER.LABEL; without: any other of the layer."
    )
    why = serializers.CharField(max_length=rulings.LONGEST, help_text="Without quoting the text.")
    decision = serializers.UUIDField(required=False, allow_null=True, help_text="Decision of an adjudication of this text.")

    class Meta:
        ref_name = "NewRuling"


class Rulings(CarriedMixin, Resource):
    queryset = Ruling.objects.none()
    serializer_class = RulingRow
    orders = {"-at": ("-at", "-id")}

    def rows(self, guideline: Guideline) -> Any:
        shown = {
            f"shown_{name}": Case(When(shows_quote=True, then=F(name)), default=None)
            for name in ("document", "fragments", "quote")
        }
        return rulings.rulings_of(guideline, self.request.user).annotate(**shown).values(*RulingRow.columns())

    def list(self, request: Request, pk: int) -> Response:
        """Rulings of a guideline, newest first: words, the right label and the reason."""
        return self.listed(self.rows(self.guideline(pk)))

    @extend_schema(request=NewRulingShape, responses={201: RulingRow, 422: ProblemSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Add a ruling to the newest version of a guideline. Needs the role reviewer. It is never changed: a later one replaces it."""
        guideline = self.guideline(pk)
        require(guideline.corpus, request.user, versions.WRITES)
        body = NewRulingShape(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        seen = Document.objects.for_user(request.user).filter(corpus=guideline.corpus_id, pk=sent["document"])
        document = seen.defer("text", "source_map").first()
        if document is None:
            raise ValidationError({"document": "does not exist in this corpus"})
        if not sent["start"] < sent["end"] <= document.length:
            raise ValidationError({"end": f"should be after start, and at most {document.length}"})
        draft = rulings.RulingDraft(
            document, [[sent["start"], sent["end"]]], sent["right"], sent.get("wrong", ""), sent["why"], self.decision(sent)
        )
        try:
            made = rulings.rule(guideline, draft, request.user)
        except EditError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return Response(self.get_serializer(self.rows(guideline).get(pk=made.pk)).data, status=201)

    def decision(self, sent: dict[str, Any]) -> AdjudicationDecision | None:
        """Raises ValidationError."""
        if not (pk := sent.get("decision")):
            return None
        row = AdjudicationDecision.objects.filter(pk=pk, adjudication__gold__document=sent["document"]).first()
        if row is None:
            raise ValidationError({"decision": "does not exist for this text"})
        return row

    def carried_corpus(self) -> int:
        return self.guideline(self.kwargs["pk"]).corpus_id

    def guideline(self, pk: int) -> Guideline:
        return get_object_or_404(Guideline.objects.for_user(self.request.user).select_related("corpus"), pk=pk)
