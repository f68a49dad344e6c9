"""Threads about marks, and their posts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.discussion import threads
from annotations.models import Assignment, GuidelineVersion, Thread, ThreadPost
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus, Resource
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError


class ThreadRow(Row):
    id = serializers.UUIDField()
    assignment = serializers.UUIDField(source="assignment_id")
    mark = serializers.UUIDField(allow_null=True, help_text="null: about the reading as a whole.")
    label = OrNull(help_text="LAYER.LABEL when the thread was opened.")
    fragments = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), help_text="Code points.")
    quote = OrNull(help_text="Words of the mark when the thread was opened.")
    state = serializers.ChoiceField(choices=Thread.State.choices)
    opened_by = serializers.CharField(source="opened_by__username")
    assignee = serializers.CharField(source="assignee__username", allow_null=True, help_text="User name of who is to answer it.")
    at = serializers.DateTimeField()
    resolved_by = serializers.CharField(source="resolved_by__username", allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    guideline_version = serializers.IntegerField(
        source="guideline_id", allow_null=True, help_text="Id of the version that settles it."
    )

    class Meta:
        ref_name = "Thread"


class ThreadPostRow(Row):
    id = serializers.UUIDField()
    text = serializers.CharField()
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "ThreadPost"


class PostShape(Strict):
    id = serializers.UUIDField(help_text="UUID made by the client; safe to send again.")
    text = serializers.CharField(max_length=threads.LONGEST)

    class Meta:
        ref_name = "NewThreadPost"


class ThreadShape(PostShape):
    assignment = serializers.UUIDField()
    mark = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a mark of it; null: the reading as a whole.")

    class Meta:
        ref_name = "NewThread"


class ResolutionShape(Strict):
    state = serializers.ChoiceField(
        choices=[Thread.State.RESOLVED], required=False, help_text="A post opens the thread again. Needed without `assignee`."
    )
    assignee = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=150,
        help_text="User name of who is to answer it, alone; null: nobody in particular.",
    )
    guideline_version = serializers.IntegerField(required=False, allow_null=True, help_text="Id of the version that settles it.")

    class Meta:
        ref_name = "ThreadResolution"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if ("assignee" in values) == ("state" in values):
            raise ValidationError({"state": "send either state, or assignee"})
        return values


class Threads(InCorpus):
    queryset = Thread.objects.all()
    serializer_class = ThreadRow
    orders = {"-at": ("-at", "-id")}
    parameters = {"list": ("state",)}

    @extend_schema(parameters=[OpenApiParameter("state", str, enum=Thread.State.values, description="Default: all.")])
    def list(self, request: Request, slug: str) -> Response:
        """Threads about readings that you may see, and your own; newest first. Needs the role annotator."""
        require(self.corpus, request.user, "annotator")
        rows, state = Thread.objects.for_user(request.user).filter(corpus=self.corpus), request.query_params.get("state")
        if state is not None and state not in Thread.State.values:
            raise ValidationError({"state": f"should be one of {', '.join(Thread.State.values)}"})
        return self.listed((rows.filter(state=state) if state else rows).values(*ThreadRow.columns()))

    @extend_schema(request=ThreadShape, responses={201: ThreadRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Open a thread with its first post. Needs the role annotator. Safe to repeat with the same id."""
        require(self.corpus, request.user, "annotator")
        body = ThreadShape(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        seen = Assignment.objects.for_user(request.user).filter(document__corpus=self.corpus).select_related("document__corpus")
        assignment = seen.filter(pk=sent["assignment"]).first()
        if assignment is None:
            raise ValidationError({"assignment": "does not exist in this corpus"})
        try:
            made = threads.open_thread(assignment, sent.get("mark"), sent["text"], request.user, sent["id"])
        except EditError as error:
            raise Problem("invalid", str(error), errors=[]) from error
        return Response(thread_row(made.pk), status=201)


class OneThread(Resource):
    queryset = Thread.objects.all()
    serializer_class = ThreadRow

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One thread, without its posts."""
        return Response(thread_row(visible_thread(request, pk).pk))

    @extend_schema(request=ResolutionShape, responses={200: ThreadRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Resolve a thread, or say who is to answer it; its author and reviewers do. `guideline_version`: what settles it."""
        thread = visible_thread(request, pk)
        if not threads.may_resolve(thread, request.user):
            raise Problem("forbidden", "Only its author and reviewers resolve a thread.")
        body = ResolutionShape(data=request.data)
        body.is_valid(raise_exception=True)
        if "assignee" in body.validated_data:
            give_to(thread, body.validated_data["assignee"], request.user)
            return Response(thread_row(thread.pk))
        number = body.validated_data.get("guideline_version")
        version = GuidelineVersion.objects.filter(pk=number, guideline__corpus=thread.corpus_id).first()
        if number is not None and version is None:
            raise ValidationError({"guideline_version": "does not exist in this corpus"})
        threads.resolve(thread, request.user, version)
        return Response(thread_row(thread.pk))


def give_to(thread: Thread, name: str | None, user: Any) -> None:
    """Raises ValidationError for who does not see the thread."""
    accounts = {account.get_username(): account.pk for account in threads.assignees(thread)}
    if name is not None and name not in accounts:
        raise ValidationError({"assignee": "should be the user name of a member who sees the thread"})
    threads.give(thread, accounts.get(name or ""), user)


class ThreadPosts(Resource):
    queryset = ThreadPost.objects.all()
    serializer_class = ThreadPostRow
    orders = {"at": ("at", "id")}

    def list(self, request: Request, pk: UUID) -> Response:
        """Posts of a thread, oldest first."""
        rows = ThreadPost.objects.filter(thread=visible_thread(request, pk))
        return self.listed(rows.values(*ThreadPostRow.columns()))

    @extend_schema(
        request=PostShape,
        responses={201: ThreadPostRow, 422: OpenApiResponse(ProblemSerializer, "The id is used for another post.")},
    )
    def create(self, request: Request, pk: UUID) -> Response:
        """Post to a thread. A post of its author opens it again; anyone else's answers it. Safe to repeat with the same id."""
        thread = visible_thread(request, pk)
        body = PostShape(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            made = threads.answer(thread, body.validated_data["text"], request.user, body.validated_data["id"])
        except EditError as error:
            raise Problem("id-reused", str(error)) from error
        return Response(ThreadPostRow(ThreadPost.objects.values(*ThreadPostRow.columns()).get(pk=made.pk)).data, status=201)


def visible_thread(request: Request, pk: UUID) -> Thread:
    return get_object_or_404(Thread.objects.for_user(request.user).select_related("corpus", "assignment"), pk=pk)


def thread_row(pk: UUID) -> Any:
    return ThreadRow(Thread.objects.values(*ThreadRow.columns()).get(pk=pk)).data
