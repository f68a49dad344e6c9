"""Assignments: whose reading of which text, all of their marks, the one write and its log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.response import Response

from annotations import assign
from annotations.api.filters import AssignmentFilter, ChangeFilter
from annotations.api.problems import ConflictProblem, problem_for
from annotations.api.rows import AssignmentRow, ChangeRow
from annotations.api.shapes import WRITES, AnswerShape, BatchShape, NativeDocument, OpenShape, StatusShape
from annotations.approval.verdicts import approve
from annotations.derived.document import derive
from annotations.documents import build
from annotations.models import Assignment, LoggedChange, Transition
from annotations.plans.due import change_due
from annotations.plans.team import require_choice
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.of_corpus import NoScheme
from annotations.scoring.at_revision import as_it_was
from annotations.write.apply import apply_to_own
from annotations.write.errors import Malformed, Refusal
from annotations.write.hand_over import hand_over
from corpus.api import units
from corpus.api.pagination import Keyset
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.models import Document, Membership
from corpus.models.document import text_of
from corpus.text.offsets import Offsets

TEXT, REVISION = "text", "revision"
TEXT_ASKED = OpenApiParameter(TEXT, str, enum=["0", "1"], description="1: the text of the document too, as `text`.")
REVISION_ASKED = OpenApiParameter(
    REVISION,
    int,
    description="Marks, events, claims, citations and links as they were at this revision; entities stay as they are.",
)


def readable_or_404(user: User, pk: UUID) -> Assignment:
    """One that the person may read. Raises Http404."""
    assignment = Assignment.readable(user, pk)
    if assignment is None:
        raise Http404
    return assignment


def writable_or_404(user: User, pk: UUID) -> Assignment:
    """One that the person may write. Raises Http404, or PermissionDenied where they may only read."""
    assignment = Assignment.writable(user, pk)
    if assignment is None:
        readable_or_404(user, pk)
        raise PermissionDenied("Only its annotator can change it, with at least the role “annotator”.")
    return assignment


class OfAssignments(Resource):
    """Refusals of the verbs become problems here."""

    queryset: QuerySet[Any] = Assignment.objects.all()

    def handle_exception(self, error: Exception) -> Response:
        return super().handle_exception(problem_for(error) if isinstance(error, Refusal) else error)

    def readable(self, pk: Any) -> Assignment:
        return readable_or_404(self.request.user, pk)


class Assignments(OfAssignments):
    serializer_class = AssignmentRow
    filterset_class = AssignmentFilter
    orders = {"-created": ("-created", "id"), "created": ("created", "id")}
    parameters = {"retrieve": (units.PARAMETER, TEXT, REVISION)}

    def rows(self) -> QuerySet[Any, Any]:
        return AssignmentRow.of(Assignment.objects.for_user(self.request.user))

    def list(self, request: Request) -> Response:
        """Your assignments, as reviewer everyone's, and the gold that you can see; newest first."""
        return self.listed(self.rows())

    @extend_schema(
        request=OpenShape,
        responses={
            201: AssignmentRow,
            200: OpenApiResponse(AssignmentRow, "It was already open."),
            422: OpenApiResponse(ProblemSerializer, "No annotation scheme is loaded."),
        },
    )
    def create(self, request: Request) -> Response:
        """Create your assignment for a document. Needs the role annotator, and a corpus in which annotators open any article (`team/`); else
        `queue/next/` gives the next one. Safe to repeat."""
        body = OpenShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        documents = Document.objects.for_user(request.user).select_related("corpus").defer("text")
        document = get_object_or_404(documents, pk=body.validated_data["document"])
        require(document.corpus, request.user, Membership.Role.ANNOTATOR)
        require_choice(request.user, document)
        assignment, created = opened(request.user, document)
        row = AssignmentRow(self.rows().get(pk=assignment.pk)).data
        return Response(row, status=201 if created else 200)

    @extend_schema(
        responses=NativeDocument,
        parameters=[units.OFFSETS_PARAMETER, TEXT_ASKED, REVISION_ASKED],
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """All marks of one annotator in one document, in the native format with UUIDs as ids; with `text=1` the text too, with `revision` as
        they were then."""
        in_utf16, with_text = units.wants_utf16(request), wants_text(request)
        assignment = Assignment.whole(self.readable(pk).pk)
        text = text_of(assignment.document_id)
        native = build.document(assignment)
        if (revision := asked_revision(request, native["revision"])) is not None:
            native = as_it_was(native, assignment, revision)
        whole = derive(native, fresh_view(assignment.scheme), text)
        if in_utf16:
            whole = units.in_utf16(whole, Offsets(text)) | {"offsets": whole["offsets"] | {"unit": "utf16_code_unit"}}
        return Response(whole | {"text": text} if with_text else whole)

    @extend_schema(request=StatusShape, responses={200: AssignmentRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Submit, reopen or skip your assignment, approve another one or return it to its annotator as a reviewer, or as a manager set its
        due date or hand a gold in progress over to another adjudicator.

        Submitting fails while rules of level error are violated. Reopening fails (`released`) once its annotator may see the gold.
        Skipping takes a `reason` and gives the place away; `open` takes a skipped or lapsed assignment up again (`no-place`: others
        have taken all places of the text).
        """
        is_of_others = isinstance(request.data, dict) and bool(request.data.keys() & {"verdict", "due", "holder"})
        assignment = (readable_or_404 if is_of_others else writable_or_404)(request.user, pk)
        body = StatusShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        if "due" in body.validated_data:
            set_due(request.user, assignment.pk, body.validated_data["due"])
        elif "holder" in body.validated_data:
            give_to(request.user, assignment.pk, **body.validated_data)
        elif is_of_others:
            give_verdict(request.user, assignment.pk, body.validated_data)
        else:
            change_status(request.user, assignment, body.validated_data)
        return Response(AssignmentRow(self.rows().get(pk=pk)).data)


def change_status(user: User, assignment: Assignment, values: dict[str, Any]) -> None:
    if values["status"] == Assignment.Status.SKIPPED:
        assign.skip(assignment, user, values["reason"], values.get("note", ""))
    elif values["status"] == Assignment.Status.SUBMITTED:
        assign.submit(assignment)
    else:
        assign.reopen(assignment)


def set_due(user: User, pk: UUID, due: date | None) -> None:
    """Raises PermissionDenied."""
    assignment = Assignment.objects.select_related("document__corpus").defer("document__text").get(pk=pk)
    require(assignment.document.corpus, user, Membership.Role.MANAGER)
    change_due(assignment, due, user)


def give_to(user: User, pk: UUID, holder: str, note: str = "") -> None:
    """Hand a gold over. Raises PermissionDenied, a Refusal, and ValidationError for who is no member."""
    gold = Assignment.objects.select_related("document__corpus").defer("document__text").get(pk=pk)
    require(gold.document.corpus, user, Membership.Role.MANAGER)
    member = gold.document.corpus.memberships.select_related("user").filter(user__username=holder).first()
    if member is None:
        raise ValidationError({"holder": ["No member of the corpus has this user name."]})
    hand_over(gold, member.user, user, note)


def give_verdict(user: User, pk: UUID, verdict: dict[str, Any]) -> None:
    """Raises PermissionDenied, OldRevision or Problem where the verdict is about another revision, Invalid where nothing is submitted."""
    assignment = Assignment.objects.select_related("document__corpus").defer("document__text").get(pk=pk)
    require(assignment.document.corpus, user, Membership.Role.REVIEWER)
    if assignment.role != Assignment.Role.ANNOTATION or assignment.annotator_id == user.pk:
        raise PermissionDenied("A reviewer approves or returns the assignments of others, and no gold.")
    if verdict["verdict"] == Transition.Kind.APPROVED:
        approve(assignment, user, verdict["revision"], verdict.get("note", ""))
        return
    if assignment.revision != verdict["revision"]:
        raise Problem("stale", f"The assignment is at revision {assignment.revision}: look at it again, then decide.")
    assign.give_back(assignment, user, verdict["note"])


def asked_revision(request: Request, present: int) -> int | None:
    """Raises ValidationError for what is no revision up to the present one."""
    value = request.query_params.get(REVISION)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= present):
        raise ValidationError({REVISION: f"should be a number from 0 to {present}"})
    return int(value)


def wants_text(request: Request) -> bool:
    """Raises ValidationError for what is neither yes nor no."""
    value = request.query_params.get(TEXT, "0")
    if value not in ("0", "1"):
        raise ValidationError({TEXT: "should be 0 or 1"})
    return value == "1"


def opened(user: User, document: Document) -> tuple[Assignment, bool]:
    try:
        return assign.open_for(user, document)
    except NoScheme as error:
        raise Problem("invalid", str(error), errors=[]) from error


def batch_of(body: Any) -> dict[str, Any]:
    batch = object_of(body)
    if unknown := sorted(set(batch) - {"base", "changes"}):
        raise Malformed(f"{unknown[0][:100]!r} is not a field of this object; allowed: base, changes")
    return batch


def object_of(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise Malformed("The body should be an object.")
    return body


class LogPages(Keyset):
    """Pages of a log, with the revision up to which they go."""

    revision: int

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"revision": self.revision, "next": self.get_next_link(), "results": data})

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        whole = super().get_paginated_response_schema(schema)
        whole["properties"] = {"revision": {"type": "integer"}} | whole["properties"]
        return whole | {"required": ["revision", "next", "results"]}


class Changes(OfAssignments):
    queryset = LoggedChange.objects.all()
    serializer_class = ChangeRow
    filterset_class = ChangeFilter
    pagination_class = LogPages
    paginator: LogPages
    orders = {"revision": ("revision", "position")}

    def list(self, request: Request, pk: str) -> Response:
        """Change log of an assignment: changes after the revision `since`, in order."""
        assignment = self.readable(pk)
        self.paginator.revision = assignment.revision
        # A batch that lands while we read belongs to the next question.
        rows = LoggedChange.objects.filter(assignment=assignment, revision__lte=assignment.revision)
        return self.listed(rows.values(*ChangeRow.columns()))

    @extend_schema(
        request=BatchShape,
        responses={200: AnswerShape, 409: ConflictProblem, 422: ProblemSerializer, 428: ProblemSerializer},
        examples=WRITES,
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Write a batch of changes, all or nothing. Safe to send again with the same ids.

        409: somebody wrote to the same objects after `base`; both versions come back. 422: a rule
        is broken (`errors` name it), a used id came with another body, or something is in use.
        428: `base` is missing.
        """
        return Response(save(request.user, pk, lambda: request.data))


def save(user: User, pk: UUID, read: Callable[[], Any]) -> dict[str, Any]:
    """The answer to a batch that `user` sends. `read` gives the body; who may not write here does not learn what is wrong with it."""
    try:
        body = batch_of(read())
        answer = apply_to_own(pk, user, body.get("base"), body.get("changes"))
    except (Malformed, APIException, RequestDataTooBig):
        writable_or_404(user, pk)
        raise
    except Assignment.DoesNotExist:
        writable_or_404(user, pk)
        raise Http404 from None
    return {"revision": answer.revision, "changes": answer.changes}
