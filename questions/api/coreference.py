"""Events that are one, by API: judgements, sets of linked events, and pairs that may be one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.problems import problem_for
from annotations.models import Event
from annotations.write.errors import Refusal
from corpus.api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, chosen_limit
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus, Resource
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.models import Membership
from questions.address.question import AddressError, read
from questions.asking.cursors import read_cursor, written
from questions.asking.time_limits import TooBroad
from questions.coreference import judge
from questions.coreference.linked import linked_set
from questions.coreference.pairs_in_short import presented
from questions.coreference.proposals import proposals
from questions.models import Entry, Judgement

LONGEST_NOTE = 10_000


# Shapes


class JudgementRow(serializers.ModelSerializer[Judgement]):
    """That two events are the same, or different: by whom and when; `undone_at` is set if it was undone."""

    corpus = serializers.CharField(source="corpus.slug")
    by = serializers.CharField(source="by.username")
    undone_by = serializers.CharField(source="undone_by.username", allow_null=True, default=None)

    class Meta:
        model = Judgement
        fields = ["id", "corpus", "one", "other", "verdict", "note", "by", "at", "undone_by", "undone_at"]
        ref_name = "Judgement"


class JoinShape(Strict):
    verdict = serializers.ChoiceField(choices=Judgement.Verdict.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE, help_text="The reason.")

    class Meta:
        ref_name = "EventJudgement"

    def get_fields(self) -> dict[str, Any]:
        return {
            "with": serializers.UUIDField(help_text="Id of the other event, of the same corpus and type."),
            **super().get_fields(),
        }


class PathStepShape(Shape):
    judgement = serializers.UUIDField()
    one = serializers.UUIDField()
    other = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=Judgement.Verdict.choices)

    class Meta:
        ref_name = "JudgementStep"


class ContradictionProblem(ProblemSerializer):
    """Nothing was stored: other judgements say the opposite. `path` leads over them from one event to the other."""

    path = PathStepShape(many=True)

    class Meta:
        ref_name = "ContradictionProblem"


class EventInShort(Shape):
    event = serializers.UUIDField()
    type = serializers.CharField()
    status = serializers.CharField(help_text="Empty: nobody has chosen.")
    polarity = serializers.CharField()
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    triggers = serializers.ListField(child=serializers.CharField(), help_text="Quotations.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    assignment = serializers.UUIDField()
    annotator = serializers.CharField()
    gold = serializers.BooleanField()
    href = serializers.CharField(help_text="The page of the assignment at the quotation.")

    class Meta:
        ref_name = "EventInShort"


class LinkedEventsShape(Shape):
    """Events that were judged to be one, or an event that is linked to no other, with all judgements about them."""

    id = serializers.UUIDField(help_text="The smallest id of its events; any of them leads here.")
    events = EventInShort(many=True)
    gone = serializers.ListField(child=serializers.UUIDField(), help_text="Linked events that were deleted; for reviewers only.")
    judgements = JudgementRow(many=True)

    class Meta:
        ref_name = "LinkedEvents"


class NamedEntityShape(Shape):
    entity = serializers.UUIDField()
    name = serializers.CharField()

    class Meta:
        ref_name = "NamedEntity"


class ReasonShape(Shape):
    """`people`: both are about the same people, or about two that may be the same. `days_and_places`: the stated days are at most 14 days
    apart and one place lies in the other. `reading`: another reading of the same text has an event with the same type and trigger linked."""

    rule = serializers.ChoiceField(choices=["people", "days_and_places", "reading"])
    one = NamedEntityShape(allow_null=True, help_text="People or place of `one`.")
    other = NamedEntityShape(allow_null=True, help_text="People or place of `other`.")
    days_apart = serializers.IntegerField(allow_null=True)

    class Meta:
        ref_name = "PairReason"


class PairShape(Shape):
    one = EventInShort(help_text="The event of the article that was added later.")
    other = EventInShort()
    reasons = ReasonShape(many=True)

    class Meta:
        ref_name = "EventPair"


class PairsShape(Shape):
    next = serializers.CharField(allow_null=True, help_text="The next page; null: there are no more pairs.")
    results = PairShape(many=True)

    class Meta:
        ref_name = "EventPairs"


# Resources


class Judgements(InCorpus):
    queryset = Judgement.objects.all()
    serializer_class = JudgementRow
    orders = {"-at": ("-at", "id"), "at": ("at", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Judgements that two events are the same or different, including undone ones; newest first."""
        rows = Judgement.objects.for_user(request.user).filter(corpus=self.corpus)
        return self.listed(rows.select_related("corpus", "by", "undone_by"))


class Judging(Resource):
    queryset = Judgement.objects.all()
    serializer_class = JudgementRow

    def handle_exception(self, error: Exception) -> Response:
        if isinstance(error, judge.Contradiction):
            path = [PathStepShape(step).data for step in error.path]
            error = Problem(error.code, error.detail, path=path)
        return super().handle_exception(problem_for(error) if isinstance(error, Refusal) else error)

    @extend_schema(request=JoinShape, responses={201: JudgementRow, 409: ContradictionProblem, 422: ProblemSerializer})
    def create(self, request: Request, pk: UUID) -> Response:
        """Judge that this event and another one of the corpus are the same, or different. Needs the role reviewer.

        Events that are the same are one row of the ledgers; no annotation changes. 409: other judgements say the opposite; `path`
        lists them. 422: the events have different types, or are judged so already.
        """
        event = get_object_or_404(
            Event.objects.for_user(request.user).select_related("label", "assignment__document__corpus"), pk=pk
        )
        corpus = event.assignment.document.corpus
        require(corpus, request.user, Membership.Role.REVIEWER)
        body = JoinShape(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        others = Event.objects.for_user(request.user).filter(assignment__document__corpus=corpus)
        other = get_object_or_404(others.select_related("label"), pk=sent["with"])
        made = judge.judge(event, other, sent["verdict"], request.user, sent.get("note", ""))
        return Response(JudgementRow(made).data, status=201)

    @extend_schema(request=None, responses={200: JudgementRow, 422: ProblemSerializer})
    def undo(self, request: Request, pk: UUID) -> Response:
        """Undo one judgement; later ones are kept. Events that only it linked are separate again. Needs the role reviewer."""
        row = get_object_or_404(Judgement.objects.for_user(request.user).select_related("corpus", "by"), pk=pk)
        require(row.corpus, request.user, Membership.Role.REVIEWER)
        refuse_body(request)
        return Response(JudgementRow(judge.undo(row, request.user)).data)


class LinkedEvents(Resource):
    queryset = Event.objects.all()
    serializer_class = LinkedEventsShape

    @extend_schema(responses=LinkedEventsShape)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """The linked events of which this is one, with the judgements about them, oldest first."""
        linked = linked_set(pk, request.user)
        if linked is None:
            raise Http404
        return Response(LinkedEventsShape(linked).data)


class Pairs(InCorpus):
    queryset = Entry.objects.none()
    serializer_class = PairsShape
    parameters = {"retrieve": ("limit", "cursor")}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
                description="The most pairs of a page; it may have fewer, or none, and a next page.",
            ),
            OpenApiParameter("cursor", str, description="Cursor: take it from `next`."),
        ],
        responses=PairsShape,
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """Pairs of events that may be the same, each with the reasons; those of the latest articles first. Judged pairs are left out."""
        question = read("events", [])
        cursor = request.query_params.get("cursor")
        try:
            after: Any = read_cursor(question, cursor, 3) if cursor else None
            page = proposals(self.corpus, request.user, chosen_limit(request), after)
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except TooBroad as error:
            raise Problem("too-broad", "The comparison takes longer than 3 seconds: try again later.") from error
        following = page.after and self.address(written(question, page.after))
        return Response(PairsShape({"next": following, "results": presented(page.pairs, request.user)}).data)

    def address(self, cursor: str) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return str(self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}"))
