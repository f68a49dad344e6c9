"""Screening by API: the state of a corpus, runs, candidates and decisions, links, names held against lists, and listed names in a text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied as Denied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.api.decisions import DecisionRow
from annotations.api.problems import ConflictProblem, problem_for
from annotations.api.screening_shapes import (
    CandidateDecisionShape,
    ListCandidateRow,
    ListedTextShape,
    ListLinkRow,
    MatchAnswerShape,
    MatchShape,
    RunStateShape,
    ScreeningStateShape,
    compared_versions,
    offer_of,
)
from annotations.models import Span
from annotations.queries.listable import listable_types
from annotations.queries.snippets import once_each
from annotations.write.decide_candidate import decide_candidate
from annotations.write.errors import Refusal
from annotations.write.screening_runs import start
from corpus.api import units
from corpus.api.costly import Check, costly
from corpus.api.filters import Day, Flag, Words
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus, Resource
from corpus.models import Document, Membership, Token
from corpus.models.document import text_of
from corpus.text.offsets import Offsets
from registry.models import Decision, ListCandidate, ListLink, SanctionsList, ScreenedBy, ScreeningRun
from registry.names import NameFacts
from registry.screening.differences import overtaken
from registry.screening.link_states import with_decisions
from registry.screening.lookup import ListScope, current_scopes
from registry.screening.match import EntryMatch, entry_matches
from registry.screening.proposals import needs_second
from registry.screening.scopes import scopes_for
from registry.screening.stale import count_outdated_for
from registry.screening.state import counts
from registry.screening.subjects import Subject, identifiers_of, kind_of, years
from registry.screening.texts import offers
from registry.screening.written_in import SCRIPTS, written_in

MOST_MATCHES = 20  # of a name


class Screening(InCorpus):
    queryset = ScreeningRun.objects.none()
    serializer_class = ScreeningStateShape

    def handle_exception(self, error: Exception) -> Response:
        return super().handle_exception(problem_for(error) if isinstance(error, Refusal) else error)

    def retrieve(self, request: Request, slug: str) -> Response:
        """What a corpus is screened against, its entities by state, how many are to be screened, and the last run."""
        run = ScreeningRun.objects.for_user(request.user).filter(corpus=self.corpus).select_related("user").first()
        chosen = ScreenedBy.objects.filter(corpus=self.corpus).select_related("list").order_by("list__code")
        current = {scope.list_id: scope.number for scope in current_scopes([each.list_id for each in chosen])}
        state = {
            "counts": counts(self.corpus, request.user),
            "to_screen": count_outdated_for(self.corpus, listable_types(self.corpus), request.user),
            "lists": [
                {
                    "list": each.list.code,
                    "version": current.get(each.list_id),
                    "threshold": each.threshold,
                    "programmes": each.programmes,
                }
                for each in chosen
            ],
            "second_person": needs_second(self.corpus),
            "run": run,
        }
        return Response(ScreeningStateShape(state).data)

    @extend_schema(request=None, responses={202: RunStateShape, 422: OpenApiResponse(ProblemSerializer, "No list is chosen.")})
    def create(self, request: Request, slug: str) -> Response:
        """Start a screening of what has changed; needs the role manager. If one is under way, it is the answer."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        refuse_body(request)
        run = start(self.corpus, request.user)
        run.is_counted = ScreeningRun.objects.for_user(request.user).filter(pk=run.pk, is_counted=True).exists()
        return Response(RunStateShape(run).data, status=202)


class ScreeningRuns(InCorpus):
    queryset = ScreeningRun.objects.none()
    serializer_class = RunStateShape

    def retrieve(self, request: Request, slug: str, pk: int) -> Response:
        """One screening: how far it is, and what came of it."""
        run = get_object_or_404(
            ScreeningRun.objects.for_user(request.user).filter(corpus=self.corpus).select_related("user"), pk=pk
        )
        return Response(RunStateShape(run).data)


class CandidateFilter(django_filters.FilterSet):
    list = Words(field_name="list__code", help_text="Code of a list.")
    entity = django_filters.UUIDFilter(field_name="entity", help_text="Id of an entity.")
    type = Words(field_name="entity__type", help_text="Entity type: the code of an actor label.")
    state = django_filters.ChoiceFilter(choices=ListCandidate.State.choices, help_text="open, decided or gone.")
    changed = Flag(method="overtaken", help_text="true: decided, and the entry was changed since; false: all others.")
    script = django_filters.ChoiceFilter(
        choices=[(each, each) for each in SCRIPTS], method="in_script", help_text="One of the two names has letters of it."
    )
    score_min = django_filters.NumberFilter(
        field_name="score", lookup_expr="gte", min_value=0, max_value=100, help_text="Lowest score, from 0 to 100."
    )
    score_max = django_filters.NumberFilter(
        field_name="score", lookup_expr="lte", min_value=0, max_value=100, help_text="Highest score, from 0 to 100."
    )

    class Meta:
        model = ListCandidate
        fields: list[str] = []

    def in_script(self, rows: QuerySet[ListCandidate], name: str, value: str) -> QuerySet[ListCandidate]:
        return written_in(rows, value)

    def overtaken(self, rows: QuerySet[ListCandidate], name: str, value: str) -> QuerySet[ListCandidate]:
        links: QuerySet[Any] = overtaken(self.request.user).filter(entity__in=rows.values("entity"), now__isnull=False)
        changed = links.values("candidate")
        return rows.filter(pk__in=changed) if value == "true" else rows.exclude(pk__in=changed.filter(candidate__isnull=False))


class Candidates(InCorpus):
    queryset = ListCandidate.objects.all()
    serializer_class = ListCandidateRow
    filterset_class = CandidateFilter
    orders = {"-score": ("-score", "id"), "id": ("id",)}

    def list(self, request: Request, slug: str) -> Response:
        """Entries that may be entities of the corpus, best score first, each with why."""
        rows = ListCandidate.objects.for_user(request.user).filter(entity__corpus=self.corpus)
        return self.listed(rows.select_related("entity", "list"))


class CandidateDecision(OfAssignments):
    queryset = ListCandidate.objects.all()
    serializer_class = DecisionRow

    @extend_schema(request=CandidateDecisionShape, responses={201: DecisionRow, 409: ConflictProblem, 422: ProblemSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Decide about a candidate. Annotators may decide possible, probable and rejected; reviewers everything.

        The decision is signed by who sends it and keeps the explanation. Where the corpus asks for a second person, the first one who confirms
        gets a decision that is `proposed`. 409: the list changed since `entry`, somebody decided, or the entity
        was written to since `revision`; both states come back. 422: a match below 85, or against a fact, is confirmed without a note.
        """
        rows = ListCandidate.objects.for_user(request.user).select_related("entity__corpus", "list")
        candidate = get_object_or_404(rows, pk=pk)
        try:
            made = decide_candidate(candidate, request.user, object_of(request.data), Decision.Source.API)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return Response(DecisionRow(made).data, status=201)


class ListLinkFilter(django_filters.FilterSet):
    corpus = Words(field_name="entity__corpus__slug", help_text="A corpus's slug.")
    list = Words(field_name="list", help_text="Code of a list.")
    match = django_filters.ChoiceFilter(choices=ListLink.Match.choices, help_text="confirmed, probable, possible or rejected.")
    list_date_before = Day(field_name="list_version", lookup_expr="lte", help_text="List of that day or earlier.")
    list_date_after = Day(field_name="list_version", lookup_expr="gte", help_text="List of that day or later.")

    class Meta:
        model = ListLink
        fields: list[str] = []


class ListLinks(Resource):
    queryset = ListLink.objects.all()
    serializer_class = ListLinkRow
    filterset_class = ListLinkFilter
    orders = {"id": ("id",)}
    parameters = {"list": ("mentions", units.PARAMETER)}

    @extend_schema(
        parameters=[
            OpenApiParameter("mentions", str, enum=["1"], description="1: with all mentions of each entity."),
            units.OFFSETS_PARAMETER,
        ]
    )
    def list(self, request: Request) -> Response:
        """Entities that people linked to entries of lists, by list, level and date; with their mentions on request."""
        if request.query_params.get("mentions", "1") != "1":
            raise ValidationError({"mentions": "should be 1 or omitted"})
        return self.listed(
            with_decisions(ListLink.objects.for_user(request.user), request.user).select_related("entity__corpus", "reviewer")
        )

    def presented(self, rows: Any) -> Any:
        if "mentions" not in self.request.query_params:
            return rows
        mentions = mentions_of(self.request.user, {row["entity"] for row in rows}, in_utf16=units.wants_utf16(self.request))
        return [row | {"mentions": mentions.get(str(row["entity"]), [])} for row in rows]


def mentions_of(user: User, entities: set[Any], *, in_utf16: bool) -> dict[str, list[dict[str, Any]]]:
    """By entity: each passage once, with its position."""
    spans = once_each(Span.objects.for_user(user).filter(entity__in=entities))
    columns = ("entity", "pk", "assignment__document", "assignment__document__article", "start", "end", "quote")
    rows = [
        {
            "entity": str(entity),
            "span": str(pk),
            "document": str(document),
            "article": str(article),
            "start": start,
            "end": end,
            "quote": quote,
        }
        for entity, pk, document, article, start, end, quote in spans.values_list(*columns)
    ]
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in units.by_document(rows) if in_utf16 else rows:
        grouped.setdefault(row["entity"], []).append({name: value for name, value in row.items() if name != "entity"})
    return grouped


class Matching(Resource):
    queryset = ListCandidate.objects.none()
    serializer_class = MatchAnswerShape
    scopes = {"create": Token.Scope.READ}
    throttle_scope = "match"

    @extend_schema(request=MatchShape, responses={200: MatchAnswerShape})
    def create(self, request: Request) -> Response:
        """Hold up to 100 names against sanctions lists, one request of a person at a time. Nothing is stored. 400: one of `lists` is
        unknown, or has no version yet. 503 `too-long`: it would take more than 3 s."""
        body = MatchShape(data=request.data)
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        lists = SanctionsList.objects.for_user(request.user)
        if codes := set(asked.get("lists", ())):
            lists = lists.filter(code__in=codes)
        by_id = dict(lists.values_list("pk", "code"))
        scopes = current_scopes(by_id)
        check_codes(codes, {by_id[scope.list_id] for scope in scopes})
        subjects = [subject_of(number, each) for number, each in enumerate(asked["names"])]
        with costly(request, "Send fewer names together.") as check:
            rows = matches_of(subjects, scopes, asked["threshold"], check)
        results = [
            {
                "id": each.get("id", ""),
                "candidates": [
                    {
                        "list": by_id[match.listed.list_id],
                        "version": match.listed.number,
                        "entry": match.listed.ref,
                        "score": match.score,
                        "explanation": match.explanation(),
                    }
                    for match in matches[:MOST_MATCHES]
                ],
            }
            for each, matches in zip(asked["names"], rows, strict=True)
        ]
        return Response(MatchAnswerShape({"lists": compared_versions(scopes), "results": results}).data)


def matches_of(subjects: list[Subject], scopes: list[ListScope], threshold: int, check: Check) -> list[list[EntryMatch]]:
    """Each by itself: what all of them have to be compared with would be looked up before the first check that follows."""
    return [matches for each in subjects for matches in entry_matches([each], scopes, threshold, check=check)]


def check_codes(codes: set[str], current: set[str]) -> None:
    """Raises ValidationError: an answer without candidates would read as if these had been looked in."""
    if unknown := sorted(codes - current):
        raise ValidationError({"lists": f"no list with a current version: {', '.join(unknown)}"})


def subject_of(number: int, asked: dict[str, Any]) -> Subject:
    pairs = ((each["scheme"], each["value"]) for each in asked["identifiers"])
    facts = NameFacts(years(asked["births"]), tuple(asked["countries"]), identifiers_of(pairs))
    return Subject(number, kind_of(asked["type"]), tuple(asked["names"]), facts)


class ListedInText(Resource):
    queryset = Document.objects.none()
    serializer_class = ListedTextShape
    parameters = {"retrieve": (units.PARAMETER,)}
    throttle_scope = "match"

    @extend_schema(parameters=[units.OFFSETS_PARAMETER], responses=ListedTextShape)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Names of a text that may be entries of the lists of its corpus, each with its position, and the versions that it was held
        against, one text of a person at a time. Nothing is stored; a mark makes an entity of one. 503 `too-long`: it would take more
        than 3 s."""
        in_utf16 = units.wants_utf16(request)
        document = get_object_or_404(Document.objects.for_user(request.user).select_related("corpus").defer("text"), pk=pk)
        text = text_of(document.pk)
        scopes = scopes_for(document.corpus, request.user)
        codes = dict(SanctionsList.objects.filter(pk__in=[scope.list_id for scope in scopes]).values_list("pk", "code"))
        with costly(request, "The text has too many words in common with the lists.") as check:
            rows: Any = [offer_of(each, codes) for each in offers(text, scopes, check)]
        return Response(
            {"lists": compared_versions(scopes), "results": units.in_utf16(rows, Offsets(text)) if in_utf16 else rows}
        )
