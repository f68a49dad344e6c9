"""A look at what was read before it is stored."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.bounded import BoundedList
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import Resource
from corpus.api.serializers import IntakeItemRow, Strict
from corpus.api.shape import Shape
from corpus.cleaning.preview import Preview, preview
from corpus.intake import review
from corpus.intake.awaiting_review import record_of
from corpus.models import Intake, IntakeItem, Membership


class RepairOfferShape(Shape):
    """A proposed repair, with the key that rejects it."""

    key = serializers.CharField()
    op = serializers.CharField()
    raw = serializers.CharField()
    clean = serializers.CharField()
    why = serializers.CharField()

    class Meta:
        ref_name = "Offer"


class LookShape(Shape):
    """Preview of an article before it is stored."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    counts = serializers.ListField(child=serializers.CharField(), help_text="Number of repairs of each kind, in words.")
    text = serializers.CharField()
    repairs = RepairOfferShape(many=True)
    source = serializers.CharField(allow_null=True, help_text="Source of the bytes: a URL or a file.")
    claims = serializers.UUIDField(
        allow_null=True, help_text="Id of the article whose URL it claims without having been fetched from it."
    )

    class Meta:
        ref_name = "Look"


class Refusals(Strict):
    refuse = BoundedList(
        child=serializers.CharField(max_length=100),
        max_length=10_000,
        default=list,
        help_text="Keys of the repairs to reject, or an op to reject all of its kind.",
    )

    as_text = serializers.BooleanField(
        required=False,
        help_text="If it claims the URL of an existing article: true stores it as the newest text of that article, in your "
        "name; false as a separate article.",
    )

    class Meta:
        ref_name = "Refusals"


class Reviews(Resource):
    """Imported files and pages that await review."""

    queryset = IntakeItem.objects.all()
    serializer_class = LookShape

    @extend_schema(responses={200: LookShape, 422: ProblemSerializer})
    def retrieve(self, request: Request, pk: int) -> Response:
        """Preview: the cleaned text and the proposed repairs, before anything is stored. Needs the role manager."""
        entry = self.awaiting_review(pk)
        shown = self.preview(entry, ())
        offers = [offer for group in shown.groups for offer in group.offers]
        look = {"id": entry.pk, "name": entry.name, "counts": shown.counts, "text": shown.cleaned.text, "repairs": offers}
        look |= {"source": entry.reading.source or None, "claims": entry.reading.claims_id}
        return Response(LookShape(look).data)

    @extend_schema(request=Refusals, responses={200: IntakeItemRow, 422: ProblemSerializer})
    def save(self, request: Request, pk: int) -> Response:
        """Store the article without the rejected repairs. Needs the role manager."""
        entry = self.awaiting_review(pk)
        body = Refusals(data=request.data)
        body.is_valid(raise_exception=True)
        refuse = body.validated_data["refuse"]
        try:
            refused = self.preview(entry, refuse).refused if refuse else ()
            review.save(entry, refused, person=request.user, as_text=body.validated_data.get("as_text"))
        except ValueError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return self.decided(pk)

    @extend_schema(request=None, responses={200: IntakeItemRow, 422: ProblemSerializer})
    def leave(self, request: Request, pk: int) -> Response:
        """Leave it out; it can still be saved. Needs the role manager."""
        entry = self.awaiting_review(pk)
        refuse_body(request)
        review.leave_out(entry)
        return self.decided(pk)

    def awaiting_review(self, pk: int) -> IntakeItem:
        """The thing, for a manager. Raises Problem for one on which is decided."""
        rows = IntakeItem.objects.filter(intake__in=Intake.objects.for_user(self.request.user))
        entry = get_object_or_404(rows.select_related("intake__corpus", "reading"), pk=pk)
        require(entry.intake.corpus, self.request.user, Membership.Role.MANAGER)
        if entry.outcome not in (IntakeItem.Outcome.HELD, IntakeItem.Outcome.LEFT):
            raise Problem("invalid", f"Already decided: {entry.get_outcome_display()}.", errors=[])
        return entry

    def preview(self, entry: IntakeItem, refuse: Any) -> Preview:
        record = record_of(entry.reading)
        try:
            return preview(record.raw_text, refuse, record.known)
        except ValueError as error:
            raise Problem("invalid", str(error), errors=[]) from error

    def decided(self, pk: int) -> Response:
        return Response(IntakeItemRow(IntakeItem.objects.values(*IntakeItemRow.columns()).get(pk=pk)).data)
