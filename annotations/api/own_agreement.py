"""How far somebody's own readings agree with the gold and with their rereadings."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.agreement.pair_counts import METHOD
from annotations.agreement.summary import SEED
from annotations.api.agreement_shapes import AgreementMeasureShape, LabelAgreementShape, PairDifferenceShape
from annotations.models import PairScore
from annotations.scoring.own import OwnReport, own_report
from annotations.scoring.profile import SLIPS
from annotations.scoring.score_rows import AGAIN, GOLD
from corpus.api.permissions import require
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from corpus.models import Membership

AGAINST = (GOLD, AGAIN)


class OwnExampleShape(Shape):
    article = serializers.UUIDField(source="row.article")
    title = serializers.CharField(source="row.title")
    difference = PairDifferenceShape(help_text="`left` is the gold, `right` the own reading.")

    class Meta:
        ref_name = "OwnExample"


class OwnSlipShape(Shape):
    slip = serializers.ChoiceField(choices=[*SLIPS])
    label = serializers.CharField(help_text="LAYER.LABEL")
    count = serializers.IntegerField(source="number")
    examples = OwnExampleShape(many=True, help_text="Up to three.")

    class Meta:
        ref_name = "OwnSlip"


class OwnAgreementShape(Shape):
    against = serializers.ChoiceField(choices=AGAINST)
    articles = serializers.IntegerField()
    method = serializers.CharField(help_text="Name and number of the way of counting.")
    seed = serializers.IntegerField(help_text="Of the intervals, which are the same each time.")
    measures = AgreementMeasureShape(many=True)
    labels = LabelAgreementShape(many=True, help_text="`left` is the gold, or the first reading.")
    readings = serializers.IntegerField(help_text="The newest readings, which `slips` are of: 30 at most.")
    slips = OwnSlipShape(many=True, help_text="Where they differ from the gold, by kind and label; none beside rereadings.")

    class Meta:
        ref_name = "OwnAgreement"


class OwnAgreement(InCorpus):
    queryset = PairScore.objects.none()
    serializer_class = OwnAgreementShape
    parameters = {"retrieve": ("against",)}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "against", str, enum=AGAINST, description="gold: what is open to you (default); again: your rereadings."
            )
        ]
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """How far your own readings agree with the gold, or with your rereadings; needs the role annotator. Nobody else gets it."""
        require(self.corpus, request.user, Membership.Role.ANNOTATOR)
        against = request.query_params.get("against", GOLD)
        if against not in AGAINST:
            raise ValidationError({"against": f"should be one of {', '.join(AGAINST)}"})
        return Response(OwnAgreementShape(answer_of(own_report(self.corpus, request.user, against))).data)


def answer_of(report: OwnReport) -> dict[str, Any]:
    whole, is_gold = report.worked_out.summary, report.against == GOLD
    return {
        "against": report.against,
        "articles": whole.articles,
        "method": METHOD,
        "seed": SEED,
        "measures": report.worked_out.measures,
        "labels": whole.labels,
        "readings": len(report.newest) if is_gold else 0,
        "slips": report.slips if is_gold else [],
    }
