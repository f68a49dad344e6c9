"""Decisions about an entity and entries of sanctions lists: each signed by who made it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied as Denied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.api.problems import ConflictProblem
from annotations.write.decide import SENDABLE, decide
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.rows import OrNull
from corpus.api.shape import Shape
from registry.models import Decision, Entity


class DecisionRow(serializers.ModelSerializer[Decision]):
    """A decision about an entity and an entry of a sanctions list: who decided what, and when. `said_by`: the name given in
    an imported file."""

    corpus = serializers.CharField(source="corpus.slug")
    user = serializers.CharField(source="user.username")
    entry_digest = OrNull(help_text="Digest of the entry as it was seen; null: none was.")
    seconds = serializers.UUIDField(allow_null=True, help_text="Proposal of another person that it confirms; null: none.")
    explanation = serializers.DictField(allow_null=True, help_text="Why the entry was a candidate; null: it was none.")

    class Meta:
        model = Decision
        fields = [
            "id", "corpus", "entity", "list", "entry", "match", "list_version", "version", "entry_digest", "explanation", "note", "user",
            "said_by", "seconds", "source", "at",
        ]  # fmt: skip
        ref_name = "Decision"


class DecisionShape(Shape):
    id = serializers.UUIDField(help_text="UUID made by the client; safe to send again.")
    revision = serializers.IntegerField(help_text="Revision of the entity that you read.")
    list = serializers.CharField(
        required=False, help_text="Sanctions list. Without it, the decision concerns the entity as a whole."
    )
    entry = serializers.CharField(required=False, help_text="Of a list that is loaded, one of its entries.")
    match = serializers.ChoiceField(
        choices=[each for each in Decision.Match.choices if each[0] in SENDABLE],
        help_text="confirmed: proposed where the corpus asks for a second person, until that one confirms.",
    )
    list_version = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="Required for not_applicable, and to confirm a candidate below 85 or against a fact.",
    )

    class Meta:
        ref_name = "NewDecision"


class Decisions(OfAssignments):
    serializer_class = DecisionRow
    queryset = Decision.objects.all()
    orders = {"-at": ("-at", "id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """All decisions about an entity, newest first."""
        entity = self.entity(request, pk)
        return self.listed(Decision.objects.filter(entity=entity.pk).select_related("corpus", "user"))

    @extend_schema(request=DecisionShape, responses={201: DecisionRow, 409: ConflictProblem, 422: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Decide whether an entity matches an entry of a sanctions list. Annotators may decide possible, probable and
        rejected; reviewers everything.

        The decision is signed by who sends it. Where the list is loaded, an entry that is not in it is refused (400), and `entry_digest` keeps
        what the list says of it; of another list the entry stays as typed. 409: the entity was written to since `revision`; both states come back.
        """
        try:
            made = decide(self.entity(request, pk), request.user, object_of(request.data), Decision.Source.API)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return Response(DecisionRow(made).data, status=201)

    def entity(self, request: Request, pk: UUID) -> Entity:
        return get_object_or_404(Entity.objects.for_user(request.user).select_related("corpus"), pk=pk)
