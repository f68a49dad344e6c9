"""Sums of events by API."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from questions.adding.sums import MOST_ROWS, EventSum, answered_sum, ids_in
from questions.address.parameters import PARAMETERS
from questions.address.question import AddressError
from questions.api.entry_shapes import LedgerRowShape
from questions.api.shapes import RestsOnShape
from questions.asking.time_limits import TooBroad
from questions.models import Entry
from questions.values.sums import PairReason


class SumPairShape(Shape):
    """`judged_different` and `parts_of_whole` say that two rows are apart; all other reasons, that they may count the same."""

    one = serializers.UUIDField()
    other = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=[reason.value for reason in PairReason])
    judgement = serializers.UUIDField(allow_null=True)
    note = serializers.CharField(allow_blank=True, help_text="Of the judgement.")
    finding = serializers.UUIDField(allow_null=True, help_text="The check of the parts and their whole.")

    class Meta:
        ref_name = "SumPair"


class ReachShape(Shape):
    """From `low` to `high`; approximate figures reach 5 % farther."""

    low = serializers.DecimalField(40, 8)
    has_low = serializers.BooleanField(help_text="false: more than `low`.")
    high = serializers.DecimalField(40, 8, allow_null=True, help_text="null: open.")
    has_high = serializers.BooleanField(help_text="false: less than `high`, or open.")

    class Meta:
        ref_name = "Reach"


class SumTermShape(Shape):
    id = serializers.UUIDField(source="asked_as", help_text="As it was asked for.")
    extent = ReachShape(help_text="How far the values of the row reach; none of them is chosen.")
    row = LedgerRowShape()

    class Meta:
        ref_name = "SumTerm"


class SumMeasureShape(Shape):
    label = serializers.CharField()
    unit = serializers.CharField(help_text="UCUM")
    currency = serializers.CharField(help_text="ISO 4217")
    per_unit = serializers.CharField(help_text="UCUM: t")
    per_period = serializers.CharField(help_text="ISO 8601: P1M")
    per_count = serializers.DecimalField(30, 6, allow_null=True)

    class Meta:
        ref_name = "SumMeasure"


class SumShape(Shape):
    rests_on = RestsOnShape()
    total = ReachShape()
    approximate = serializers.BooleanField(source="is_approximate", help_text="One of the figures is approximate.")
    measure = SumMeasureShape(help_text="What all terms are in.")
    terms = SumTermShape(many=True)
    pairs = SumPairShape(many=True, help_text="Why each two rows are apart.")

    class Meta:
        ref_name = "EventSum"


class OverlapProblem(ProblemSerializer):
    """Nothing was added: `pairs` are those that may count the same, each with the reason."""

    pairs = SumPairShape(many=True)

    class Meta:
        ref_name = "OverlapProblem"


ROWS = OpenApiParameter("rows", str, required=True, description=f"Ids of 2 to {MOST_ROWS} rows of `events`, with commas between.")
WHOSE = OpenApiParameter("whose", str, description=f"{PARAMETERS['whose'].help} Default: best.")


class AskSum(InCorpus):
    queryset = Entry.objects.none()
    serializer_class = SumShape
    parameters = {"retrieve": ("rows", "whose")}

    @extend_schema(parameters=[ROWS, WHOSE], responses={200: SumShape, 409: OverlapProblem})
    def retrieve(self, request: Request, slug: str) -> Response:
        """The sum of some events, if each two of them are known to be apart: judged different with a note, or parts of one whole that
        do not exceed it.

        409: `pairs` lists those that may count the same, with the reason. 400: the rows have no amount in common, or are not there.
        """
        try:
            added = answered_sum(self.corpus, request.user, read_ids(request), request.query_params.get("whose", ""))
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except TooBroad as error:
            raise Problem("too-broad", "The sum takes longer than 3 seconds: add fewer rows.") from error
        if added.total is None:
            raise Problem("overlap", overlap_detail(added), pairs=SumPairShape(added.overlaps, many=True).data)
        return Response(SumShape(added).data)


def read_ids(request: Request) -> list[UUID]:
    for name in ("rows", "whose"):
        if len(request.query_params.getlist(name)) > 1:
            raise AddressError(name, "is given more than once")
    return ids_in(request.query_params.get("rows", "").split(","))


def overlap_detail(added: EventSum) -> str:
    count, of = len(added.overlaps), len(added.pairs)
    return f"{count} of {of} pairs of rows may count the same: judge the events of “pairs” different, with a note, if they are."
