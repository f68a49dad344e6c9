"""A look at what was read before it is stored."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import Resource
from corpus.api.serializers import IntakeItemRow, Strict
from corpus.cleaning.preview import Preview, preview
from corpus.intake import review
from corpus.models import Intake, IntakeItem, Membership


class OfferShape(serializers.Serializer[Any]):
    """A repair that cleaning would make, by the key that refuses it."""

    key = serializers.CharField()
    op = serializers.CharField()
    raw = serializers.CharField()
    clean = serializers.CharField()
    why = serializers.CharField()

    class Meta:
        ref_name = "Offer"


class LookShape(serializers.Serializer[Any]):
    """What would be stored."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    counts = serializers.ListField(child=serializers.CharField(), help_text="How much there is of each kind, in words.")
    text = serializers.CharField()
    repairs = OfferShape(many=True)
    source = serializers.CharField(allow_null=True, help_text="The address that sent the bytes, or the file.")
    claims = serializers.UUIDField(
        allow_null=True, help_text="The article whose address it claims without having come from there."
    )

    class Meta:
        ref_name = "Look"


class Refusals(Strict):
    refuse = serializers.ListField(
        child=serializers.CharField(max_length=100),
        max_length=10_000,
        default=list,
        help_text="Keys of repairs that are left undone, or an op for all of its kind.",
    )

    as_text = serializers.BooleanField(
        required=False,
        help_text="Of what claims the address of an article: true makes it the newest text of that article, in your name; "
        "false an article of its own.",
    )

    class Meta:
        ref_name = "Refusals"


class Looks(Resource):
    """A thing of an intake that waits for a look."""

    queryset = IntakeItem.objects.all()
    serializer_class = LookShape

    @extend_schema(responses={200: LookShape, 422: ProblemSerializer})
    def retrieve(self, request: Request, pk: int) -> Response:
        """What cleaning would do to a thing before it is stored. Needs the role manager."""
        item = self.held(pk)
        shown = self.preview(item, ())
        offers = [offer for group in shown.groups for offer in group.offers]
        look = {"id": item.pk, "name": item.name, "counts": shown.counts, "text": shown.cleaned.text, "repairs": offers}
        look |= {"source": item.reading.source or None, "claims": item.reading.claims_id}
        return Response(LookShape(look).data)

    @extend_schema(request=Refusals, responses={200: IntakeItemRow, 422: ProblemSerializer})
    def save(self, request: Request, pk: int) -> Response:
        """Store it, without the repairs that are refused. Needs the role manager."""
        item = self.held(pk)
        body = Refusals(data=request.data)
        body.is_valid(raise_exception=True)
        refuse = body.validated_data["refuse"]
        try:
            refused = self.preview(item, refuse).refused if refuse else ()
            review.save(item, refused, person=request.user, as_text=body.validated_data.get("as_text"))
        except ValueError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return self.told(pk)

    @extend_schema(request=None, responses={200: IntakeItemRow, 422: ProblemSerializer})
    def leave(self, request: Request, pk: int) -> Response:
        """Leave it out; it can still be saved. Needs the role manager."""
        item = self.held(pk)
        refuse_body(request)
        review.leave_out(item)
        return self.told(pk)

    def held(self, pk: int) -> IntakeItem:
        """The thing, for a manager. Raises Problem for one on which is decided."""
        rows = IntakeItem.objects.filter(intake__in=Intake.objects.for_user(self.request.user))
        item = get_object_or_404(rows.select_related("intake__corpus", "reading"), pk=pk)
        require(item.intake.corpus, self.request.user, Membership.Role.MANAGER)
        if item.outcome not in (IntakeItem.Outcome.HELD, IntakeItem.Outcome.LEFT):
            raise Problem("invalid", f"It is {item.get_outcome_display()}: there is nothing to decide any more.", errors=[])
        return item

    def preview(self, item: IntakeItem, refuse: Any) -> Preview:
        record = review.record_of(item.reading)
        try:
            return preview(record.raw_text, refuse, record.known)
        except ValueError as error:
            raise Problem("invalid", str(error), errors=[]) from error

    def told(self, pk: int) -> Response:
        return Response(IntakeItemRow(IntakeItem.objects.values(*IntakeItemRow.columns()).get(pk=pk)).data)
