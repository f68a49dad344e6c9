"""Guidelines of a corpus: each with its newest version, and all versions of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.guidelines import versions
from annotations.guidelines.carried import carried_in
from annotations.models import Guideline, GuidelineVersion
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus, Resource
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError
from corpus.models import Corpus


class CarriedMixin:
    """Rows with codes as they are in the scheme in use: scheme changes of the corpus are read once for a list."""

    def get_serializer_context(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        return context | {"carried": cache(lambda: carried_in(self.carried_corpus()))}

    def carried_corpus(self) -> Any:
        raise NotImplementedError


def label_now(context: Mapping[str, Any], code: str, at: datetime) -> str | None:
    """LAYER.LABEL of then as it is now."""
    return context["carried"]().now(code, at) or None if code else None


class GuidelineVersionRow(Row):
    also = ("begun",)
    id = serializers.IntegerField()
    guideline = serializers.IntegerField(source="guideline_id")
    layer = OrNull(source="guideline__layer", help_text="Code of the layer; null: a general guideline.")
    label: Any = OrNull(source="guideline__label", help_text="Code of the label; null: a general guideline.")
    now = serializers.SerializerMethodField(
        help_text="LAYER.LABEL in the scheme in use; null: a general guideline, or one that a scheme change has left behind."
    )
    number = serializers.IntegerField(help_text="1, 2, 3 … of the guideline.")
    title = serializers.CharField()
    body = serializers.CharField(help_text="Markdown.")
    note = OrNull(help_text="Reason for the change; null: none was stated.")
    older = serializers.IntegerField(
        allow_null=True, help_text="Annotations of the label when the version was written; null: a general guideline."
    )
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "GuidelineVersion"

    def get_now(self, row: dict[str, Any]) -> str | None:
        layer, label = row["guideline__layer"], row["guideline__label"]
        return label_now(self.context, f"{layer}.{label}" if label else "", row["begun"])


class GuidelineTextShape(Strict):
    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=versions.LONGEST, help_text="Markdown. HTML and images are shown as text.")


class NewGuidelineShape(GuidelineTextShape):
    layer = serializers.CharField(required=False, max_length=40)
    label: Any = serializers.CharField(
        required=False, max_length=40, help_text="With `layer`; without both: a general guideline."
    )

    class Meta:
        ref_name = "NewGuideline"


class NewVersionShape(GuidelineTextShape):
    base = serializers.IntegerField(min_value=1, help_text="Number of the version that you change.")
    note = serializers.CharField(required=False, max_length=500)

    class Meta:
        ref_name = "NewGuidelineVersion"


class Guidelines(CarriedMixin, InCorpus):
    queryset = GuidelineVersion.objects.all()
    serializer_class = GuidelineVersionRow

    def list(self, request: Request, slug: str) -> Response:
        """The newest version of each guideline of a corpus."""
        rows = GuidelineVersion.objects.for_user(request.user).filter(guideline__corpus=self.corpus).newest()
        return self.listed(version_rows(rows))

    def carried_corpus(self) -> Corpus:
        return self.corpus

    @extend_schema(request=NewGuidelineShape, responses={201: GuidelineVersionRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Write a guideline about a label, or a general one. Needs the role reviewer."""
        require(self.corpus, request.user, versions.WRITES)
        body = NewGuidelineShape(data=request.data)
        body.is_valid(raise_exception=True)
        data = dict(body.validated_data)
        layer, label = data.pop("layer", ""), data.pop("label", "")
        try:
            made = versions.create(self.corpus, f"{layer}.{label}" if layer or label else "", request.user, **data)
        except EditError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return Response(self.get_serializer(row_of(made.pk)).data, status=201)


class GuidelineVersions(CarriedMixin, Resource):
    queryset = GuidelineVersion.objects.all()
    serializer_class = GuidelineVersionRow
    orders = {"-number": ("-number",)}

    def list(self, request: Request, pk: int) -> Response:
        """All versions of a guideline, newest first."""
        rows = GuidelineVersion.objects.filter(guideline=self.guideline(pk))
        return self.listed(version_rows(rows))

    def carried_corpus(self) -> int:
        return self.guideline(self.kwargs["pk"]).corpus_id

    @extend_schema(
        request=NewVersionShape,
        responses={
            201: GuidelineVersionRow,
            200: OpenApiResponse(GuidelineVersionRow, "Nothing differs from the newest version."),
            409: OpenApiResponse(ProblemSerializer, "A newer version than `base` exists; `newest` is its number."),
        },
    )
    def create(self, request: Request, pk: int) -> Response:
        """Write the next version of a guideline. Needs the role reviewer. Earlier versions stay."""
        guideline = self.guideline(pk)
        require(guideline.corpus, request.user, versions.WRITES)
        body = NewVersionShape(data=request.data)
        body.is_valid(raise_exception=True)
        data = dict(body.validated_data)
        base = data.pop("base")
        try:
            version = versions.change(guideline, base, request.user, **data)
        except versions.NewerVersion as error:
            raise Problem("conflict", str(error), newest=error.newest.number) from error
        return Response(self.get_serializer(row_of(version.pk)).data, status=201 if version.number > base else 200)

    def guideline(self, pk: int) -> Guideline:
        return get_object_or_404(Guideline.objects.for_user(self.request.user).select_related("corpus"), pk=pk)


def version_rows(rows: QuerySet[GuidelineVersion]) -> QuerySet[GuidelineVersion, dict[str, Any]]:
    """With the time at which each guideline was begun."""
    begun = GuidelineVersion.objects.filter(guideline=OuterRef("guideline")).order_by("at").values("at")[:1]
    return GuidelineVersionRow.of(rows.annotate(begun=Subquery(begun)))


def row_of(pk: int) -> dict[str, Any]:
    return version_rows(GuidelineVersion.objects.all()).get(pk=pk)
