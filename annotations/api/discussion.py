"""Threads about marks, and their posts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.discussion import threads
from annotations.models import Assignment, GuidelineVersion, Thread, ThreadPost
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.request import Request
from corpus.api.resource import InCorpus, Resource
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.edits.history import EditError

# What is not read of a public thread about a reading that one does not see.
HIDDEN: dict[str, Any] = {"assignment_id": None, "mark": None, "fragments": [], "quote": ""}
HIDDEN |= dict.fromkeys(("opened_by__username", "assignee__username", "resolved_by__username"))


class ThreadRow(Row):
    also = ("is_seen",)
    id = serializers.UUIDField()
    assignment = serializers.UUIDField(
        source="assignment_id",
        allow_null=True,
        help_text="null: public, and you read its posts alone, without words, article and names.",
    )
    mark = serializers.UUIDField(allow_null=True, help_text="null: about the reading as a whole.")
    label: Any = OrNull(help_text="LAYER.LABEL when the thread was opened.")
    fragments = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), help_text="Code points.")
    quote = OrNull(help_text="Words of the mark when the thread was opened.")
    state = serializers.ChoiceField(choices=Thread.State.choices)
    public = serializers.BooleanField(help_text="All annotators of the corpus read its posts, without words, article and names.")
    opened_by = serializers.CharField(source="opened_by__username", allow_null=True)
    assignee = serializers.CharField(source="assignee__username", allow_null=True, help_text="User name of who is to answer it.")
    at = serializers.DateTimeField()
    resolved_by = serializers.CharField(source="resolved_by__username", allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    guideline_version = serializers.IntegerField(
        source="guideline_id", allow_null=True, help_text="Id of the version that settles it."
    )

    class Meta:
        ref_name = "Thread"

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance if instance["is_seen"] else instance | HIDDEN)


class ThreadPostRow(Row):
    id = serializers.UUIDField()
    text = serializers.CharField()
    user = serializers.CharField(source="user__username", allow_null=True, help_text="null: of a public thread without names.")
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
    state = serializers.ChoiceField(choices=[Thread.State.RESOLVED], required=False, help_text="A post opens the thread again.")
    assignee = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=150,
        help_text="User name of who is to answer it, alone; null: nobody in particular.",
    )
    public = serializers.BooleanField(
        required=False, help_text="Let all annotators of the corpus read its posts, alone. Needs the role reviewer."
    )
    guideline_version = serializers.IntegerField(required=False, allow_null=True, help_text="Id of the version that settles it.")

    class Meta:
        ref_name = "ThreadResolution"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if len({"state", "assignee", "public"} & set(values)) != 1:
            raise ValidationError({"state": "send one of state, assignee and public"})
        return values


class Threads(InCorpus):
    queryset = Thread.objects.all()
    serializer_class = ThreadRow
    orders = {"-at": ("-at", "-id")}
    parameters = {"list": ("state",)}

    @extend_schema(parameters=[OpenApiParameter("state", str, enum=Thread.State.values, description="Default: all.")])
    def list(self, request: Request, slug: str) -> Response:
        """Threads about readings that you may see, your own, and public ones; newest first. Needs the role annotator."""
        require(self.corpus, request.user, "annotator")
        rows, state = Thread.objects.readable_by(request.user).filter(corpus=self.corpus), request.query_params.get("state")
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
        return Response(thread_row(made.pk, request.user), status=201)


class OneThread(Resource):
    queryset = Thread.objects.all()
    serializer_class = ThreadRow

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One thread, without its posts."""
        return Response(thread_row(readable_thread(request, pk).pk, request.user))

    @extend_schema(request=ResolutionShape, responses={200: ThreadRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Resolve a thread, or say who is to answer it; its author and reviewers do. `guideline_version`: what settles it. Reviewers publish
        it, too: one of `state`, `assignee` and `public` at a time."""
        thread = visible_thread(request, pk)
        if not threads.may_resolve(thread, request.user):
            raise Problem("forbidden", "Only its author and reviewers resolve a thread.")
        body = ResolutionShape(data=request.data)
        body.is_valid(raise_exception=True)
        if "assignee" in body.validated_data:
            give_to(thread, body.validated_data["assignee"], request.user)
            return Response(thread_row(thread.pk, request.user))
        if "public" in body.validated_data:
            require(thread.corpus, request.user, threads.DECIDES)
            threads.publish(thread, request.user, is_public=body.validated_data["public"])
            return Response(thread_row(thread.pk, request.user))
        number = body.validated_data.get("guideline_version")
        version = GuidelineVersion.objects.filter(pk=number, guideline__corpus=thread.corpus_id).first()
        if number is not None and version is None:
            raise ValidationError({"guideline_version": "does not exist in this corpus"})
        threads.resolve(thread, request.user, version)
        return Response(thread_row(thread.pk, request.user))


def give_to(thread: Thread, name: str | None, user: User) -> None:
    """Raises ValidationError for who does not see the thread."""
    accounts = {account.get_username(): account.pk for account in threads.assignees(thread)}
    if name is not None and name not in accounts:
        raise ValidationError({"assignee": "should be the user name of a member who sees the thread"})
    threads.give(thread, accounts.get(name or ""), user)


class ThreadPosts(Resource):
    queryset = ThreadPost.objects.all()
    serializer_class = ThreadPostRow
    orders = {"at": ("at", "id")}

    def presented(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return rows if self.thread.is_seen else [row | {"user": None} for row in rows]

    def list(self, request: Request, pk: UUID) -> Response:
        """Posts of a thread, oldest first."""
        self.thread = readable_thread(request, pk)
        rows = ThreadPost.objects.filter(thread=self.thread)
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


def readable_thread(request: Request, pk: UUID) -> Thread:
    return get_object_or_404(Thread.objects.readable_by(request.user), pk=pk)


def visible_thread(request: Request, pk: UUID) -> Thread:
    return get_object_or_404(Thread.objects.for_user(request.user).select_related("corpus", "assignment"), pk=pk)


def thread_row(pk: UUID, user: User) -> Any:
    return ThreadRow(Thread.objects.readable_by(user).values(*ThreadRow.columns()).get(pk=pk)).data
