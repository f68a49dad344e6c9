"""Guidelines of a corpus: each with its newest version, and all versions of one."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.guidelines import versions
from annotations.models import Guideline, GuidelineVersion
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus, Resource
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError


class GuidelineVersionRow(Row):
    id = serializers.IntegerField()
    guideline = serializers.IntegerField(source="guideline_id")
    layer = OrNull(source="guideline__layer", help_text="Code of the layer; null: a general guideline.")
    label = OrNull(source="guideline__label", help_text="Code of the label; null: a general guideline.")
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


class GuidelineTextShape(Strict):
    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=versions.LONGEST, help_text="Markdown. HTML and images are shown as text.")


class NewGuidelineShape(GuidelineTextShape):
    layer = serializers.CharField(required=False, max_length=40)
    label = serializers.CharField(required=False, max_length=40, help_text="With `layer`; without both: a general guideline.")

    class Meta:
        ref_name = "NewGuideline"


class NewVersionShape(GuidelineTextShape):
    base = serializers.IntegerField(min_value=1, help_text="Number of the version that you change.")
    note = serializers.CharField(required=False, max_length=500)

    class Meta:
        ref_name = "NewGuidelineVersion"


class Guidelines(InCorpus):
    queryset = GuidelineVersion.objects.all()
    serializer_class = GuidelineVersionRow

    def list(self, request: Request, slug: str) -> Response:
        """The newest version of each guideline of a corpus."""
        rows = GuidelineVersion.objects.for_user(request.user).filter(guideline__corpus=self.corpus).newest()
        return self.listed(rows.values(*GuidelineVersionRow.columns()))

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
        return Response(row_of(made.pk), status=201)


class GuidelineVersions(Resource):
    queryset = GuidelineVersion.objects.all()
    serializer_class = GuidelineVersionRow
    orders = {"-number": ("-number",)}

    def list(self, request: Request, pk: int) -> Response:
        """All versions of a guideline, newest first."""
        rows = GuidelineVersion.objects.filter(guideline=self.guideline(pk))
        return self.listed(rows.values(*GuidelineVersionRow.columns()))

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
        return Response(row_of(version.pk), status=201 if version.number > base else 200)

    def guideline(self, pk: int) -> Guideline:
        return get_object_or_404(Guideline.objects.for_user(self.request.user).select_related("corpus"), pk=pk)


def row_of(pk: int) -> Any:
    return GuidelineVersionRow(GuidelineVersion.objects.values(*GuidelineVersionRow.columns()).get(pk=pk)).data
