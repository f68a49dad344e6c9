"""Agreement of the readings of a corpus, as numbers and as tables."""

from __future__ import annotations

import codecs
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.agreement.pair_counts import METHOD
from annotations.agreement.summary import SEED
from annotations.guidelines.agreement_by_version import version_lines
from annotations.models import PairScore
from annotations.queries.chosen_articles import ChosenArticles, choices_of
from annotations.scoring.differences import differences
from annotations.scoring.looks import look_counts
from annotations.scoring.report import AGAINST, COLUMNS, AgreementReport
from annotations.scoring.score_rows import EACH, ScoreRow
from annotations.scoring.tables import TABLES
from annotations.scoring.targets import target_lines
from corpus.api.permissions import require
from corpus.api.resource import InCorpus
from corpus.models import Membership, Token
from corpus.text.cells import csv_lines

CSV = "text/csv"


class AgreementMeasureShape(serializers.Serializer[Any]):
    measure = serializers.CharField(help_text="Defined in docs/agreement.md.")
    layer = serializers.CharField(help_text="Code of a layer; empty: of all.")
    value = serializers.FloatField(allow_null=True, help_text="null: nothing to compare, or only one value occurs.")
    n = serializers.IntegerField(
        help_text="What it counts: marks of both readings, pairs or arguments; for gamma pairs of readings, for alpha_all labels, for alpha_u_all texts."
    )
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "AgreementMeasure"


class LabelAgreementShape(serializers.Serializer[Any]):
    layer = serializers.CharField()
    label = serializers.CharField()
    left = serializers.IntegerField()
    right = serializers.IntegerField()
    exact = serializers.IntegerField()
    overlap = serializers.IntegerField()
    f1_exact = serializers.FloatField()
    f1_overlap = serializers.FloatField()

    class Meta:
        ref_name = "LabelAgreement"


class ConfusionShape(serializers.Serializer[Any]):
    layer = serializers.CharField()
    left = serializers.CharField()
    right = serializers.CharField()
    count = serializers.IntegerField()

    class Meta:
        ref_name = "LabelConfusion"


class ReaderPairShape(serializers.Serializer[Any]):
    left = serializers.CharField()
    right = serializers.CharField()
    articles = serializers.IntegerField()
    marks = serializers.IntegerField(help_text="Of both readers.")
    exact = serializers.FloatField(help_text="F1 of marks of all layers, on the same words with the same label.")
    overlap = serializers.FloatField(help_text="F1 of marks of all layers, on overlapping words with the same label.")

    class Meta:
        ref_name = "ReaderPair"


class TargetLineShape(serializers.Serializer[Any]):
    layer = serializers.CharField()
    label = serializers.CharField(help_text="Empty: all labels of the layer.")
    least = serializers.IntegerField(help_text="F1 in per cent that agreement is to reach.")
    articles = serializers.IntegerField(help_text="With marks of it.")
    marks = serializers.IntegerField(help_text="Of both readings.")
    exact = serializers.FloatField(allow_null=True, help_text="F1 of the same words and the same label; null: no marks.")
    state = serializers.CharField(help_text="reached, under, too few articles (fewer than 20) or not annotated")

    class Meta:
        ref_name = "AgreementTarget"


class DriftShape(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="layer, label or reader")
    name = serializers.CharField(help_text="Code of a layer, LAYER.LABEL, or a reader as `readers` names them.")
    week = serializers.DateField(help_text="Monday of the week from which on agreement is another one.")
    articles_before = serializers.IntegerField()
    before = serializers.FloatField(help_text="F1 of the same words and the same label, before that week.")
    before_low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    before_high = serializers.FloatField(allow_null=True)
    articles_after = serializers.IntegerField()
    after = serializers.FloatField(help_text="From that week on.")
    after_low = serializers.FloatField(allow_null=True)
    after_high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "AgreementDrift"


class VersionLineShape(serializers.Serializer[Any]):
    title = serializers.CharField(help_text="Of the guideline, in this version.")
    number = serializers.IntegerField(help_text="Of the version.")
    label = serializers.CharField(help_text="LAYER.LABEL, as it is in the scheme in use.")
    week = serializers.DateField(help_text="Monday of the week of the version, which counts on neither side.")
    articles_before = serializers.IntegerField(help_text="Since the version before it.")
    before = serializers.FloatField(help_text="F1 of the same words and the same label.")
    before_low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    before_high = serializers.FloatField(allow_null=True)
    articles_after = serializers.IntegerField(help_text="Until the next version.")
    after = serializers.FloatField()
    after_low = serializers.FloatField(allow_null=True)
    after_high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "GuidelineVersionAgreement"


class LookCountsShape(serializers.Serializer[Any]):
    drawn = serializers.IntegerField(help_text="Of what all readers agree in, in adjudications whose gold is submitted.")
    looked = serializers.IntegerField(help_text="Of these.")
    wrong = serializers.IntegerField(help_text="Of these changed or dropped.")
    share = serializers.FloatField(allow_null=True, help_text="wrong / looked; null: nobody has looked.")
    low = serializers.FloatField(allow_null=True, help_text="Lower end of its 95 % interval (Wilson).")
    high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "LookCounts"


class LeftOutShape(serializers.Serializer[Any]):
    texts_read_once = serializers.IntegerField(help_text="Texts with one independent reading.")
    not_independent = serializers.IntegerField(
        help_text="Submitted readings whose annotator could see the gold, or as a reviewer another reading, before or while annotating."
    )
    texts_pending = serializers.IntegerField(help_text="Texts with three or more readings that are not counted together yet.")
    pending = serializers.IntegerField(help_text="Pairs that are not counted yet; the worker counts them.")

    class Meta:
        ref_name = "LeftOutOfAgreement"


class AgreementShape(serializers.Serializer[Any]):
    against = serializers.ChoiceField(choices=[*AGAINST])
    articles = serializers.IntegerField()
    pairs = serializers.IntegerField(help_text="Pairs of readings.")
    method = serializers.CharField(help_text="Name and number of the way of counting.")
    seed = serializers.IntegerField(help_text="Of the intervals, which are the same each time.")
    measures = AgreementMeasureShape(many=True)
    labels = LabelAgreementShape(many=True)
    confusions = ConfusionShape(many=True)
    readers = ReaderPairShape(many=True)
    targets = TargetLineShape(many=True)
    guideline_versions = VersionLineShape(
        many=True, help_text="Before and after versions of guidelines of labels, the newest first."
    )
    drift = DriftShape(many=True, help_text="What has changed with the weeks, beyond chance at 5 % for all of it together.")
    looks = LookCountsShape()
    left_out = LeftOutShape()

    class Meta:
        ref_name = "Agreement"


class ListedPairShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk", help_text="Of `agreement/pairs/{id}/`.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    left = serializers.CharField(help_text="Reader, as `readers` names them; Gold beside the gold.")
    right = serializers.CharField()
    marks = serializers.IntegerField(help_text="Of both readings.")
    f1_exact = serializers.FloatField(source="exact")
    f1_overlap = serializers.FloatField(source="overlap")

    class Meta:
        ref_name = "AgreementPair"


class PairDifferenceShape(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="mark, entity, value, event, argument or source")
    outcome = serializers.CharField()
    layer = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    left = serializers.CharField(help_text="What the left reading says.")
    right = serializers.CharField(help_text="What the right reading says.")

    class Meta:
        ref_name = "PairDifference"


class PairDifferencesShape(serializers.Serializer[Any]):
    article = serializers.UUIDField()
    left = serializers.CharField()
    right = serializers.CharField()
    differences = PairDifferenceShape(many=True)

    class Meta:
        ref_name = "PairDifferences"


PARAMETERS = [
    OpenApiParameter(
        "against",
        str,
        enum=[*AGAINST],
        description="each: readings of one text; gold: readings beside the gold; again: readings beside the rereading by the same annotator.",
    ),
    OpenApiParameter("reader", str, description="Pairs of one reader only, as `readers` names them."),
    OpenApiParameter("outlet", str, description="Articles of this outlet only, by its name."),
    OpenApiParameter("language", str, description="Articles in this language only."),
    OpenApiParameter("plan", int, description="Articles of this plan only, by its id."),
]
FILTERS = ("outlet", "language", "plan")
NAMED = ("against", "reader", *FILTERS)


class CommaSeparated(JSONRenderer):
    """Whoever asks for CSV gets the file; a problem is JSON all the same."""

    media_type = CSV
    format = "csv"


class OfAgreement(InCorpus):
    """Needs the role reviewer. Managers see user names, reviewers letters."""

    queryset = PairScore.objects.none()

    def report(self) -> AgreementReport:
        require(self.corpus, self.request.user, Membership.Role.REVIEWER)
        query = self.request.query_params
        against = query.get("against", EACH)
        if against not in AGAINST:
            raise ValidationError({"against": f"should be one of {', '.join(AGAINST)}"})
        chosen, choices = ChosenArticles(**{name: query.get(name, "") for name in FILTERS}), choices_of(self.corpus)
        report = AgreementReport(self.corpus, self.request.user, against, query.get("reader", ""), chosen)
        for name, value in chosen.values().items():
            if value and value not in choices[name]:
                raise ValidationError({name: f"the corpus has no {name} “{value[:100]}” with articles to read"})
        if report.reader and report.reader not in report.names.values():
            raise ValidationError({"reader": "has no submitted reading in this corpus"})
        return report


class Agreement(OfAgreement):
    serializer_class = AgreementShape
    parameters = {"retrieve": NAMED}

    @extend_schema(parameters=PARAMETERS)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Agreement of the independent readings of a corpus, with 95 % intervals over articles; needs the role reviewer.

        Managers see user names, reviewers letters.
        """
        report = self.report()
        whole = report.worked_out.summary
        answer = {
            "against": report.against,
            "method": METHOD,
            "seed": SEED,
            "readers": report.worked_out.readers,
            "targets": target_lines(report),
            "drift": report.worked_out.drift,
            "guideline_versions": version_lines(report),
            "looks": look_counts(report),
            "left_out": report.left_out,
            "measures": report.worked_out.measures,
            **{name: getattr(whole, name) for name in ("articles", "pairs", "labels", "confusions")},
        }
        return Response(AgreementShape(answer).data)


class AgreementFile(OfAgreement):
    renderer_classes = [CommaSeparated, JSONRenderer]
    serializer_class = AgreementShape
    parameters = {"retrieve": (*NAMED, "table")}
    scopes = {"retrieve": Token.Scope.EXPORT}

    @extend_schema(
        parameters=[
            *PARAMETERS,
            OpenApiParameter("format", exclude=True),
            OpenApiParameter("table", str, enum=[*TABLES], description="Default: measures."),
        ],
        responses={(200, CSV): OpenApiTypes.BINARY},
    )
    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        """A table of the agreement as CSV: measures, labels, confusions, readers, weeks, targets, articles, units … (scope export).

        Units are the marked stretches of each reading, as other programs for agreement take them.
        """
        report, table = self.report(), request.query_params.get("table", "measures")
        if table not in TABLES:
            raise ValidationError({"table": f"should be one of {', '.join(TABLES)}"})
        columns, rows = TABLES[table]
        content = codecs.BOM_UTF8 + "".join(csv_lines(columns, rows(report))).encode()
        name = f"{self.corpus.slug}-agreement-{table}.csv"
        return HttpResponse(content, CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class AgreementPairList(OfAgreement):
    serializer_class = ListedPairShape
    parameters = {"list": NAMED}

    def paginate_queryset(self, queryset: Any) -> list[ScoreRow]:
        return [self.shown_report.row(values) for values in super().paginate_queryset(queryset) or []]

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, slug: str) -> Response:
        """Pairs of readings that agreement counts, with their F1 of marks; needs the role reviewer."""
        return self.listed(self.shown_report.rows().values(*COLUMNS))

    @cached_property
    def shown_report(self) -> AgreementReport:
        return self.report()


class AgreementPairs(OfAgreement):
    serializer_class = PairDifferencesShape

    def retrieve(self, request: Request, slug: str, pk: int) -> Response:
        """Where two readings of a text differ; needs the role reviewer."""
        require(self.corpus, request.user, Membership.Role.REVIEWER)
        score = get_object_or_404(PairScore.objects.for_user(request.user).filter(left__document__corpus=self.corpus), pk=pk)
        return Response(PairDifferencesShape(differences(score, self.report().names)).data)
