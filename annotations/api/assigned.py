"""What one press assigned, and taking it back, by API."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.plans import OfManagers
from annotations.bin.assigned import AssignedCounts, counts_of_batch, undo_assigned
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.request import Request
from corpus.api.shape import Shape
from corpus.models import Edit, Membership


class AssignedBatchShape(Shape):
    untouched = serializers.IntegerField(help_text="Assignments in which nobody has written: they can be taken back.")
    begun = serializers.IntegerField(help_text="Those that stay.")

    class Meta:
        ref_name = "AssignedBatch"


class UndoneShape(Shape):
    undone = serializers.IntegerField(source="untouched", help_text="Assignments that are in the bin now.")
    begun = serializers.IntegerField(help_text="Those that stay.")

    class Meta:
        ref_name = "UndoneBatch"


class OfBatches(OfManagers):
    """Needs the role manager."""

    queryset = Edit.objects.none()
    serializer_class = AssignedBatchShape

    def require_batch(self, pk: UUID) -> None:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        if not Edit.objects.filter(corpus=self.corpus, batch=pk, kind=Edit.Kind.READING).exists():
            raise Http404


class AssignedBatches(OfBatches):
    def retrieve(self, request: Request, slug: str, pk: UUID) -> Response:
        """How many assignments of a batch can be taken back; needs the role manager."""
        self.require_batch(pk)
        return Response(AssignedBatchShape(counts_of_batch(self.corpus, pk)).data)


class AssignedUndo(OfBatches):
    @extend_schema(request=None, responses={200: UndoneShape})
    def create(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take a batch of assignments back: those in which nobody has written go into the bin; needs the role manager. Safe to repeat."""
        self.require_batch(pk)
        refuse_body(request)
        counts: AssignedCounts = undo_assigned(self.corpus, pk, request.user)
        return Response(UndoneShape(counts).data)
