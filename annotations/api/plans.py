"""Plans by API, for managers; the next article, for annotators."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.api.problems import ConflictProblem, problem_for
from annotations.api.rows import AssignmentRow
from annotations.forms import selected_by
from annotations.models import Assignment, Plan, PlanPerson
from annotations.plans import change, draw
from annotations.plans.assign_now import assign_now
from annotations.plans.expected import outlook
from annotations.plans.people import PlanConflict, change_plan
from annotations.plans.reread import take_again
from annotations.plans.take import NothingLeft, take_next
from annotations.schemes.of_corpus import NoScheme
from annotations.write.errors import Refusal
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.edits.history import EditError
from corpus.models import Corpus, Membership

MOST_PEOPLE = 1_000


class PlanPersonShape(Strict):
    user = serializers.CharField(max_length=150, help_text="User name of a member who annotates.")
    weight = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100)

    class Meta:
        ref_name = "PlanPerson"


class PlanRow(Row):
    id = serializers.IntegerField()
    name = serializers.CharField()
    filter = serializers.CharField(help_text="Query of the list of articles.")
    readings = serializers.IntegerField(help_text="Of an article that is read more than once.")
    share = serializers.IntegerField(help_text="Per cent of the articles that are read more than once.")
    chances = serializers.ChoiceField(choices=Plan.Chances.choices, help_text="Of being read more than once.")
    due = serializers.DateField(allow_null=True)
    seed = serializers.IntegerField(help_text="Of the draw.")
    state = serializers.ChoiceField(choices=Plan.State.choices)
    created = serializers.DateTimeField()
    started = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField(help_text="Number of changes; to be sent with the next one.")
    people = PlanPersonShape(source="listed", many=True, help_text="None: all annotators of the corpus.")

    class Meta:
        ref_name = "Plan"


class NewPlanShape(Strict):
    name = serializers.CharField(max_length=100)
    filter = serializers.CharField(required=False, allow_blank=True, max_length=2_000, default="")
    readings = serializers.IntegerField(min_value=1, max_value=5)
    share = serializers.IntegerField(min_value=0, max_value=100)
    chances = serializers.ChoiceField(choices=Plan.Chances.choices, required=False, default=Plan.Chances.EQUAL)
    due = serializers.DateField(required=False, allow_null=True, default=None)
    people: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PlanPersonShape(), required=False, max_length=MOST_PEOPLE
    )

    class Meta:
        ref_name = "NewPlan"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if (values["readings"] == 1) != (values["share"] == 0):
            raise serializers.ValidationError(
                {"share": ["More than one reading needs a share above 0, one reading the share 0."]}
            )
        return values


class PlanChangeShape(Strict):
    """Either a state, or others of name, due date and people, with the revision of the plan that was read."""

    state = serializers.ChoiceField(choices=[(each.value, each.value) for each in change.STATES_BY_ACT.values()], required=False)
    revision = serializers.IntegerField(min_value=0, required=False)
    name = serializers.CharField(max_length=100, required=False)
    due = serializers.DateField(required=False, allow_null=True)
    people: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PlanPersonShape(),
        required=False,
        max_length=MOST_PEOPLE,
        help_text="All of them; none: all annotators of the corpus.",
    )

    class Meta:
        ref_name = "PlanChange"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if "state" in values and len(values) > 1:
            raise serializers.ValidationError({"state": ["A state comes alone."]})
        if "state" not in values and ("revision" not in values or len(values) == 1):
            raise serializers.ValidationError({"revision": ["Give the revision that you read, and what is to change."]})
        return values


class PersonLoadShape(Shape):
    user = serializers.CharField(help_text="User name.")
    present = serializers.IntegerField(help_text="Characters of their readings in progress.")
    added = serializers.IntegerField(help_text="Characters that they would take of the plan.")

    class Meta:
        ref_name = "PersonLoad"


class PlanPreviewShape(Shape):
    articles = serializers.IntegerField()
    repeated = serializers.IntegerField(help_text="Articles that are read more than once.")
    readings = serializers.IntegerField()
    existing = serializers.IntegerField(help_text="Readings that exist already.")
    characters = serializers.IntegerField(help_text="Of the readings that are not.")
    left_out = serializers.IntegerField(
        help_text="Articles without a text, copies, practice articles, and those of another plan."
    )
    hours = serializers.FloatField(
        allow_null=True,
        help_text="At the pace of the last 30 days; null: fewer than 5 readings were annotated and submitted then.",
    )
    half_width = serializers.FloatField(
        allow_null=True,
        help_text="Expected, of the 95 % interval of exact F1; null: fewer than 20 articles have two independent readings.",
    )
    loads = PersonLoadShape(many=True, help_text="Who may take its articles; `added` by weight.")

    class Meta:
        ref_name = "PlanPreview"


class NextShape(Strict):
    corpus = serializers.SlugField(required=False, help_text="Default: all of your corpora.")
    again = serializers.BooleanField(
        default=False,
        help_text="An article that you submitted 30 days ago or earlier, drawn, to be read again (role `rereading`).",
    )

    class Meta:
        ref_name = "NextArticle"


class OfManagers(InCorpus):
    """What is refused is a problem here."""

    def handle_exception(self, error: Exception) -> Response:
        if isinstance(error, Refusal):
            error = problem_for(error)
        if isinstance(error, PlanConflict):
            error = Problem("conflict", str(error), revision=error.revision, conflicts=[])
        return super().handle_exception(Problem("invalid", str(error), errors=[]) if isinstance(error, EditError) else error)


class OfPlans(OfManagers):
    """Needs the role manager."""

    queryset: QuerySet[Any] = Plan.objects.none()
    serializer_class: type[Shape] = PlanRow
    orders = {"id": ("id",)}

    def rows(self) -> QuerySet[Any, Any]:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        own = PlanPerson.objects.filter(plan=OuterRef("pk")).order_by("user__username")
        people = ArraySubquery(own.values(json=JSONObject(user="user__username", weight="weight")))
        return PlanRow.of(Plan.objects.filter(corpus=self.corpus).annotate(listed=people))

    def plan(self, pk: int) -> Plan:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        return get_object_or_404(Plan.objects.filter(corpus=self.corpus).select_related("corpus"), pk=pk)

    def answered(self, pk: int, status: int = 200) -> Response:
        return Response(PlanRow(self.rows().get(pk=pk)).data, status=status)

    def articles(self, query: str) -> Any:
        """Raises ValidationError."""
        try:
            return selected_by(query, self.corpus, self.request.user)
        except ValueError as error:
            raise ValidationError({"filter": [str(error)]}) from error


def accounts_of(corpus: Corpus, named: list[dict[str, Any]]) -> dict[Any, int | None]:
    """Accounts with their weights. Raises ValidationError for who does not annotate in the corpus."""
    members = corpus.memberships.filter(role__in=Membership.Role.from_rank("annotator")).select_related("user")
    accounts = {member.user.username: member.user for member in members.filter(user__username__in=[row["user"] for row in named])}
    if unknown := [row["user"] for row in named if row["user"] not in accounts]:
        raise ValidationError({"people": [f"{unknown[0]!r} is no member who annotates."]})
    return {accounts[row["user"]]: row.get("weight") for row in named}


class Plans(OfPlans):
    def list(self, request: Request, slug: str) -> Response:
        """Plans of a corpus; needs the role manager."""
        return self.listed(self.rows())

    @extend_schema(request=NewPlanShape, responses={201: PlanRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """A draft of a plan; needs the role manager. Look at its `preview/`, then `start/` it."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = NewPlanShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        people = accounts_of(self.corpus, values.pop("people", []))
        self.articles(values["filter"])
        return self.answered(change.create_plan(self.corpus, values, people, request.user).pk, 201)

    def retrieve(self, request: Request, slug: str, pk: int) -> Response:
        """One plan; needs the role manager."""
        return self.answered(self.plan(pk).pk)

    @extend_schema(request=PlanChangeShape, responses={200: PlanRow, 409: ConflictProblem, 422: ProblemSerializer})
    def partial_update(self, request: Request, slug: str, pk: int) -> Response:
        """Pause, resume (`running`) or finish (`done`) a plan, or change its name, due date or people; needs the role manager.

        409: somebody else has changed it since the `revision`. Who is removed keeps what they have begun; the places of what they have not
        are free. A new due date holds for all readings that have the old one.
        """
        plan = self.plan(pk)
        body = PlanChangeShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        if "state" in sent:
            return self.answered(change.change_state(plan, sent["state"], request.user).pk)
        people = accounts_of(self.corpus, sent.pop("people")) if "people" in sent else None
        return self.answered(change_plan(plan, sent.pop("revision"), sent, people, request.user).pk)


class PlanPreviews(OfPlans):
    serializer_class = PlanPreviewShape

    def retrieve(self, request: Request, slug: str, pk: int) -> Response:
        """What the plan would draw if it were started now; needs the role manager."""
        plan = self.plan(pk)
        drawn = draw.preview(plan, self.articles(plan.filter))
        expected = outlook(plan, drawn, request.user)
        seen = {"hours": expected.hours, "half_width": expected.half_width, "loads": expected.loads}
        return Response(PlanPreviewShape({**asdict(drawn), **seen}).data)


class PlanStarts(OfPlans):
    @extend_schema(request=None, responses={200: PlanRow, 422: OpenApiResponse(ProblemSerializer, "No article matches.")})
    def create(self, request: Request, slug: str, pk: int) -> Response:
        """Draw the articles and let people take them; needs the role manager. Safe to repeat: the draw happens once."""
        plan = self.plan(pk)
        refuse_body(request)
        return self.answered(draw.start(plan, self.articles(plan.filter), request.user).pk)


class AssignedPerson(Shape):
    user = serializers.CharField(help_text="User name.")
    articles = serializers.IntegerField()

    class Meta:
        ref_name = "AssignedPerson"


class AssignedShape(Shape):
    assigned = AssignedPerson(many=True)
    batch = serializers.UUIDField(allow_null=True, help_text="Of `corpora/{slug}/assigned/`; null where nobody got an article.")

    class Meta:
        ref_name = "Assigned"


class PlanAssignments(OfPlans):
    serializer_class = AssignedShape

    @extend_schema(
        request=None, responses={200: AssignedShape, 422: OpenApiResponse(ProblemSerializer, "The plan does not run.")}
    )
    def create(self, request: Request, slug: str, pk: int) -> Response:
        """Give each of its people articles of the plan, up to the limit of articles in progress; needs the role manager."""
        plan = self.plan(pk)
        refuse_body(request)
        counts, batch = assign_now(plan, request.user)
        people = [{"user": name, "articles": count} for name, count in counts.items()]
        return Response(AssignedShape({"assigned": people, "batch": batch}).data)


class NextArticle(OfAssignments):
    queryset = Assignment.objects.none()
    serializer_class = AssignmentRow

    @extend_schema(
        request=NextShape,
        responses={
            201: AssignmentRow,
            200: OpenApiResponse(AssignmentRow, "The limit of articles in progress is reached: the first of these."),
            409: OpenApiResponse(ProblemSerializer, "`nothing-left`, with `reasons` in words; `paused`."),
        },
    )
    def create(self, request: Request) -> Response:
        """Take the next article: of a running plan, and where none runs, the oldest one that you have not begun; or, with `again`, read one of
        your articles again."""
        body = NextShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        corpus = None
        if slug := body.validated_data.get("corpus"):
            corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
            require(corpus, request.user, Membership.Role.ANNOTATOR)
        try:
            taken = (take_again if body.validated_data["again"] else take_next)(request.user, corpus)
        except NothingLeft as stopped:
            raise Problem(stopped.code, str(stopped), reasons=stopped.reasons) from stopped
        except NoScheme as error:
            raise Problem("invalid", str(error), errors=[]) from error
        rows = Assignment.objects.for_user(request.user).values(*AssignmentRow.columns())
        return Response(AssignmentRow(rows.get(pk=taken.assignment.pk)).data, status=201 if taken.is_new else 200)
