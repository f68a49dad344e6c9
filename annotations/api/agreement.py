"""Agreement of the readings of a corpus, as numbers and as tables."""

from __future__ import annotations

import codecs
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from annotations.agreement.pair_counts import METHOD
from annotations.agreement.summary import SEED
from annotations.api.agreement_shapes import AgreementShape, ListedDifferencesShape, ListedPairShape, PairDifferencesShape
from annotations.guidelines.agreement_by_version import version_lines
from annotations.models import PairScore
from annotations.queries.chosen_articles import ChosenArticles, choices_of
from annotations.scoring.codes import codes_of, day_of
from annotations.scoring.differences import KINDS, differences
from annotations.scoring.looks import look_counts
from annotations.scoring.report import AGAINST, COLUMNS, AgreementReport
from annotations.scoring.score_rows import EACH, ScoreRow
from annotations.scoring.tables import TABLES
from annotations.scoring.targets import target_lines
from annotations.scoring.weighed import FLAGS, DifferenceFilter, WeighedCounts, weighed
from corpus.api.pagination import Keyset
from corpus.api.permissions import require
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.models import Membership, Token
from corpus.text.cells import csv_lines

CSV = "text/csv"


PARAMETERS = [
    OpenApiParameter(
        "against",
        str,
        enum=[*AGAINST],
        description="each: readings of one text; gold: readings beside the gold; again: readings beside the rereading by the same annotator.",
    ),
    OpenApiParameter(
        "reader",
        str,
        description="Pairs of this reader only, as `readers` names them; of several, with commas: pairs among them.",
    ),
    OpenApiParameter("label", str, description="Marks of this layer only (LAYER), or of this label (LAYER.LABEL)."),
    OpenApiParameter(
        "since", OpenApiTypes.DATE, description="Pairs whose later reading was submitted on this day (UTC) or later."
    ),
    OpenApiParameter("until", OpenApiTypes.DATE, description="On this day or before."),
    OpenApiParameter("outlet", str, description="Articles of this outlet only, by its name."),
    OpenApiParameter("language", str, description="Articles in this language only."),
    OpenApiParameter("plan", int, description="Articles of this plan only, by its id."),
]
WEIGHTED = OpenApiParameter(
    "weighted",
    bool,
    description="true: in measures and labels each article weighs 1 / the chance with which a plan drew it to be read more than once.",
)
FILTERS = ("outlet", "language", "plan")
OF_DIFFERENCES = {"kind": [*KINDS], "material": [*FLAGS.values()], "decided": [*FLAGS.values()]}
NAMED = ("against", "reader", "label", "since", "until", *FILTERS)


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
        readers = tuple(name for name in dict.fromkeys(query.get("reader", "").split(",")) if name)
        code, (since, until) = query.get("label", ""), [self.day(name) for name in ("since", "until")]
        if (weighted := query.get("weighted", "false")) not in ("true", "false"):
            raise ValidationError({"weighted": "should be true or false"})
        if code and code not in codes_of(self.corpus):
            raise ValidationError({"label": "is no layer (LAYER) and no label (LAYER.LABEL) of the scheme in use"})
        among = (self.corpus, self.request.user, against, readers, chosen, code, since, until)
        report = AgreementReport(*among, weighted=weighted == "true")
        for name, value in chosen.values().items():
            if value and value not in choices[name]:
                raise ValidationError({name: f"the corpus has no {name} “{value[:100]}” with articles to read"})
        if len(report.chosen_readers) < len(readers):
            raise ValidationError({"reader": "has no submitted reading in this corpus"})
        return report

    def day(self, name: str) -> date | None:
        asked = self.request.query_params.get(name, "")
        day = day_of(asked)
        if asked and day is None:
            raise ValidationError({name: "should be a day, such as 2026-11-30"})
        return day


class Agreement(OfAgreement):
    serializer_class = AgreementShape
    parameters = {"retrieve": (*NAMED, "weighted")}

    @extend_schema(parameters=[*PARAMETERS, WEIGHTED])
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
    parameters = {"retrieve": (*NAMED, "weighted", "table")}
    scopes = {"retrieve": Token.Scope.EXPORT}

    @extend_schema(
        parameters=[
            *PARAMETERS,
            WEIGHTED,
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
    """Without `label`: its F1 is of all marks."""

    serializer_class = ListedPairShape
    parameters = {"list": tuple(name for name in NAMED if name != "label")}

    def page_of(self, rows: Any) -> list[ScoreRow]:
        return [self.shown_report.row(values) for values in super().page_of(rows)]

    @extend_schema(parameters=[each for each in PARAMETERS if each.name != "label"])
    def list(self, request: Request, slug: str) -> Response:
        """Pairs of readings that agreement counts, with their F1 of marks; needs the role reviewer."""
        return self.listed(self.shown_report.rows().values(*COLUMNS))

    @cached_property
    def shown_report(self) -> AgreementReport:
        return self.report()


class FewPairs(Keyset):
    """The texts of each pair are read."""

    default_limit, largest_limit = 10, 50


class AgreementDifferences(OfAgreement):
    serializer_class = ListedDifferencesShape
    pagination_class = FewPairs
    parameters = {"list": (*NAMED, *OF_DIFFERENCES)}

    def page_of(self, rows: Any) -> list[dict[str, Any]]:
        report, chosen = self.shown_report, self.chosen_filter
        rows = [report.row(values) for values in super().page_of(rows)]
        return [
            {
                "id": row.pk,
                "article": row.article,
                "title": row.title,
                "left": row.left,
                "right": row.right,
                "counts": WeighedCounts.of(chosen.of_kind(some)),
                "differences": chosen.of(some),
            }
            for row, some in zip(rows, weighed(rows), strict=True)
        ]

    @cached_property
    def chosen_filter(self) -> DifferenceFilter:
        chosen = {name: self.request.query_params.get(name, "") for name in OF_DIFFERENCES}
        for name, values in OF_DIFFERENCES.items():
            if chosen[name] and chosen[name] not in values:
                raise ValidationError({name: f"should be one of {', '.join(values)}"})
        return DifferenceFilter(code=self.shown_report.code, **chosen)

    @extend_schema(
        parameters=[
            *PARAMETERS,
            OpenApiParameter("kind", str, enum=[*KINDS], description="Differences of this kind only."),
            OpenApiParameter("material", str, enum=["1", "0"], description="1: those that change a statement; 0: the others."),
            OpenApiParameter(
                "decided", str, enum=["1", "0"], description="1: those that an adjudication has decided; 0: the others."
            ),
        ]
    )
    def list(self, request: Request, slug: str) -> Response:
        """Where the readings of a corpus differ: the pairs that agreement counts, each with its differences; needs the role reviewer.

        `label`, `kind`, `material` and `decided` choose among the differences, not among the pairs.
        """
        report, _ = self.shown_report, self.chosen_filter
        return self.listed(report.rows().values(*COLUMNS))

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
