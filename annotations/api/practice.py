"""Practice and test articles of a plan, and results of readings of them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.api.plans import OfPlans
from annotations.models import PracticeArticle, PracticeResult
from annotations.practice.articles import NONE, choose, practice_articles
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError
from corpus.models import Article


class PracticeArticleRow(Row):
    id = serializers.IntegerField()
    article = serializers.UUIDField(source="document__article_id")
    title = serializers.CharField(source="document__article__title")
    document = serializers.UUIDField(source="document_id")
    kind = serializers.ChoiceField(choices=PracticeArticle.Kind.choices)
    submitted = serializers.IntegerField(allow_null=True, help_text="Readings with a result; null: none.")
    passed = serializers.IntegerField(allow_null=True, help_text="Of these, those that have passed.")

    class Meta:
        ref_name = "PracticeArticle"


class PracticeChoiceShape(Strict):
    article = serializers.UUIDField(help_text="With a submitted gold.")
    kind = serializers.ChoiceField(choices=[*PracticeArticle.Kind.choices, (NONE, NONE)])

    class Meta:
        ref_name = "PracticeChoice"


class PracticeResultRow(Row):
    id = serializers.IntegerField()
    assignment = serializers.UUIDField(source="assignment_id")
    revision = serializers.IntegerField(help_text="Of the assignment.")
    gold = serializers.UUIDField(source="gold_id")
    gold_revision = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=PracticeArticle.Kind.choices)
    layers = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text="Layer → marks of the gold (left) and of the reading (right), pairs with the same words (exact) and overlapping ones.",
    )
    least = serializers.IntegerField(help_text="F1 in per cent that passed in each layer.")
    passed = serializers.BooleanField()
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "PracticeResult"


class PlanPractice(OfPlans):
    queryset = PracticeArticle.objects.none()
    serializer_class = PracticeArticleRow
    orders = {"id": ("id",)}

    def list(self, request: Request, slug: str, pk: int) -> Response:
        """Practice and test articles of a plan; needs the role manager."""
        return self.listed(practice_articles(self.plan(pk)).values(*PracticeArticleRow.columns()))

    @extend_schema(request=PracticeChoiceShape, responses={200: PracticeArticleRow, 204: None, 422: ProblemSerializer})
    def create(self, request: Request, slug: str, pk: int) -> Response:
        """Mark an article with a submitted gold as practice or test, or as none (204); needs the role manager. Safe to repeat."""
        plan = self.plan(pk)
        body = PracticeChoiceShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        article = Article.objects.outside_bin().filter(corpus=self.corpus, pk=body.validated_data["article"]).first()
        if article is None:
            raise serializers.ValidationError({"article": ["does not exist in this corpus"]})
        try:
            row = choose(plan, article, body.validated_data["kind"], request.user)
        except EditError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        if row is None:
            return Response(status=204)
        return Response(PracticeArticleRow(practice_articles(plan).values(*PracticeArticleRow.columns()).get(pk=row.pk)).data)


class PracticeResults(OfAssignments):
    queryset = PracticeResult.objects.none()
    serializer_class = PracticeResultRow
    orders = {"-at": ("-at", "-id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """Results of a reading of a practice or test article, one for each time that it was submitted; newest first."""
        rows = PracticeResult.objects.filter(assignment=self.readable(pk))
        return self.listed(rows.values(*PracticeResultRow.columns()))
