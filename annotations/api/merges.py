"""Two entities become one, and two again."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.models import Merge
from annotations.write.errors import Malformed
from annotations.write.merge_entities import WHOSE, merge, undo
from corpus.api.permissions import require
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from corpus.models import Membership
from registry.models import Entity


class MergeRow(serializers.ModelSerializer[Merge]):
    """A merge of two entities: by whom and when; `undone_at` is set if it was undone.

    While `state` is merging or undoing, a job moves what points at the entity: `moved` of `total` marks, events and claims so far.
    """

    corpus = serializers.CharField(source="corpus.slug")
    user = serializers.CharField(source="user.username")
    state = serializers.ChoiceField(choices=Merge.State.choices, read_only=True)
    undone_by = serializers.CharField(source="undone_by.username", allow_null=True, default=None)

    class Meta:
        model = Merge
        fields = [
            "id", "corpus", "kept", "kept_name", "gone", "gone_name", "marks", "state", "moved", "total",
            "user", "at", "undone_by", "undone_at",
        ]  # fmt: skip
        ref_name = "Merge"


class WhoseShape(Shape):
    list = serializers.CharField()
    entry = serializers.CharField()
    of = serializers.ChoiceField(choices=WHOSE, help_text="Which entity's decision to keep.")

    class Meta:
        ref_name = "MergeLink"


class IntoShape(Shape):
    into = serializers.UUIDField(help_text="Id of the entity to keep.")
    links = WhoseShape(
        many=True, required=False, help_text="Required if the two have different decisions about an entry of a list."
    )

    class Meta:
        ref_name = "MergeInto"


class Merges(InCorpus):
    queryset = Merge.objects.all()
    serializer_class = MergeRow
    orders = {"-at": ("-at", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Merges in the corpus, including undone ones; newest first."""
        return self.listed(Merge.objects.filter(corpus=self.corpus).select_related("corpus", "user", "undone_by"))


class Merging(OfAssignments):
    serializer_class = MergeRow
    queryset = Merge.objects.all()

    @extend_schema(responses=MergeRow)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One merge, and how far it is."""
        rows = Merge.objects.for_user(request.user).select_related("corpus", "user", "undone_by")
        return Response(MergeRow(get_object_or_404(rows, pk=pk)).data)

    @extend_schema(request=IntoShape, responses={201: MergeRow, 202: MergeRow, 422: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Merge this entity into another one of the same corpus. Needs the role reviewer.

        All annotations of the entity move, with a batch in the log of each assignment. Up to 500 move at once (201); more are moved by a
        job (202), whose progress is at the address in `Location`. Until it is finished both entities are there. 422: the
        two are of types that cannot stand for each other, one has just been annotated, or decisions about an entry
        of a sanctions list differ and `links` does not say which holds (LST-03).
        """
        gone = get_object_or_404(Entity.objects.for_user(request.user).select_related("corpus"), pk=pk)
        require(gone.corpus, request.user, Membership.Role.REVIEWER)
        body = IntoShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        kept = get_object_or_404(
            Entity.objects.for_user(request.user).filter(corpus=gone.corpus).select_related("corpus"),
            pk=body.validated_data["into"],
        )
        chosen = {(link["list"], link["entry"]): link["of"] for link in body.validated_data.get("links", ())}
        return answered(merge(gone, kept, request.user, chosen), 201)

    @extend_schema(request=None, responses={200: MergeRow, 202: MergeRow, 422: ProblemSerializer})
    def undo(self, request: Request, pk: UUID) -> Response:
        """Undo a merge: both entities are restored with their references; later changes are kept. Needs the role reviewer.

        Where more than 500 marks move back, a job does it (202), as for a merge. One that is not finished can be undone too.
        """
        done = get_object_or_404(Merge.objects.for_user(request.user).select_related("corpus"), pk=pk)
        require(done.corpus, request.user, Membership.Role.REVIEWER)
        if object_of(request.data):
            raise Malformed("This operation takes no body: send none, or an empty object.")
        return answered(undo(done, request.user), 200)


def answered(done: Merge, status: int) -> Response:
    """202 with the address of its progress where a job goes on with it."""
    if done.is_finished:
        return Response(MergeRow(done).data, status=status)
    return Response(MergeRow(done).data, status=202, headers={"Location": reverse("api:merge-detail", args=[done.pk])})
