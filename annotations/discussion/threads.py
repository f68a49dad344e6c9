"""A thread is opened, answered and resolved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from annotations.models import Assignment, GuidelineVersion, Span, Thread, ThreadPost
from annotations.notices.events import (
    annotators_at_work,
    notify_assignee,
    notify_of_answer,
    notify_of_question,
    notify_of_resolution,
)
from corpus.edits.history import EditError
from corpus.models import Corpus, Membership

LONGEST = 10_000  # characters of a post
DECIDES = "reviewer"


@transaction.atomic
def open_thread(assignment: Assignment, mark: UUID | None, text: str, user: User, pk: UUID | None = None) -> Thread:
    """A thread with its first post; `pk`: an id of the client's, under which it is opened once.

    `user` may see the assignment. Raises EditError, PermissionDenied.
    """
    corpus = assignment.document.corpus
    corpus.require(user, "annotator")
    if pk and (earlier := Thread.objects.filter(pk=pk).first()):
        return same(earlier, user, earlier.assignment_id == assignment.pk and earlier.mark == mark)
    about: dict[str, Any] = {}
    if mark:
        span = Span.objects.filter(pk=mark, assignment=assignment).select_related("label__layer").first()
        if span is None:
            raise EditError("This mark is not saved yet, or it was deleted: go back to the article, and try again.")
        label = f"{span.label.layer.code}.{span.label.code}"
        about = {"mark": mark, "label": label, "fragments": span.fragments, "quote": span.quote}
    fields = about | ({"id": pk} if pk else {})
    thread = Thread.objects.create(corpus=corpus, assignment=assignment, opened_by=user, **fields)
    ThreadPost.objects.create(thread=thread, text=text, user=user)
    notify_of_question(thread, user)
    return thread


def same(earlier: Thread, user: User, is_same: bool) -> Thread:
    if earlier.opened_by_id != user.pk or not is_same:
        raise EditError(f"The id {earlier.pk} belongs to another thread: take a new one.")
    return earlier


@transaction.atomic
def answer(thread: Thread, text: str, user: User, pk: UUID | None = None) -> ThreadPost:
    """One more post; a question of whoever opened the thread opens it again. `pk`: an id of the client's. Raises EditError."""
    locked = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("assignment").get(pk=thread.pk)
    if pk and (earlier := ThreadPost.objects.filter(pk=pk).first()):
        if (earlier.thread_id, earlier.user_id, earlier.text) != (locked.pk, user.pk, text):
            raise EditError(f"The id {pk} belongs to another post: take a new one.")
        return earlier
    state = Thread.State.OPEN if locked.opened_by_id == user.pk else Thread.State.ANSWERED
    change(locked, state)
    post = ThreadPost.objects.create(thread=locked, text=text, user=user, **({"id": pk} if pk else {}))
    if state == Thread.State.OPEN:
        notify_of_question(locked, user)
    else:
        notify_of_answer(locked, user)
    return post


@transaction.atomic
def resolve(thread: Thread, user: User, guideline: GuidelineVersion | None = None) -> None:
    """Whoever opened the thread, or a reviewer, resolves it; `guideline`: the version that settles it.

    What is resolved stays so, and notifies nobody again but for another guideline. Raises EditError, PermissionDenied.
    """
    rows = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("corpus", "assignment")
    locked = rows.get(pk=thread.pk)
    if not may_resolve(locked, user):
        raise PermissionDenied("Only its author and reviewers resolve a thread.")
    if guideline and guideline.guideline.corpus_id != locked.corpus_id:
        raise EditError("The guideline is of another corpus: choose one of this corpus.")
    if locked.state == Thread.State.RESOLVED and (guideline is None or guideline.pk == locked.guideline_id):
        return
    change(locked, Thread.State.RESOLVED, resolved_by=user, resolved_at=timezone.now(), guideline=guideline)
    notify_of_resolution(locked, user)


@transaction.atomic
def give(thread: Thread, assignee: Any, user: User) -> None:
    """Say who is to answer it, or nobody (None). Raises EditError for who cannot see it, PermissionDenied."""
    locked = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("corpus", "assignment").get(pk=thread.pk)
    if not may_resolve(locked, user):
        raise PermissionDenied("Only its author and reviewers give a thread to somebody.")
    if assignee == locked.assignee_id:
        return
    if assignee and assignee not in {account.pk for account in assignees(locked)}:
        raise EditError("Give it to somebody who sees the thread: reviewers, its author, or the annotator of the reading.")
    Thread.objects.filter(pk=locked.pk).update(assignee=assignee)
    if assignee and locked.state != Thread.State.RESOLVED:
        notify_assignee(locked, assignee, user)


def publish(thread: Thread, user: User, *, is_public: bool) -> None:
    """Let all annotators of the corpus read its posts, or no longer. Raises PermissionDenied."""
    thread.corpus.require(user, DECIDES)
    Thread.objects.filter(pk=thread.pk).update(public=is_public)


def assignees(thread: Thread) -> list[Any]:
    """Who may answer it: members who see it, by their user names."""
    members = Membership.objects.filter(corpus=thread.corpus_id, role__in=Membership.Role.from_rank("annotator"))
    named = Q(role__in=Membership.Role.from_rank(DECIDES)) | Q(user__in=[thread.opened_by_id, thread.assignment.annotator_id])
    accounts = [member.user for member in members.filter(named).select_related("user").order_by("user__username")]
    hidden = annotators_at_work(thread) - {thread.opened_by_id}
    return [account for account in accounts if account.pk not in hidden]


def may_resolve(thread: Thread, user: User) -> bool:
    return thread.opened_by_id == user.pk or thread.corpus.allows(user, DECIDES)


def change(thread: Thread, state: str, **fields: Any) -> None:
    values = {"resolved_by": None, "resolved_at": None, "guideline": None} | fields
    Thread.objects.filter(pk=thread.pk).update(state=state, **values)


def threads_of(corpus: Corpus, user: User) -> QuerySet[Thread]:
    """What the person may read, newest first, with the first post and the number of posts."""
    posts = ThreadPost.objects.filter(thread=OuterRef("pk")).order_by("at", "id")
    rows = (
        Thread.objects.readable_by(user)
        .filter(corpus=corpus)
        .select_related("opened_by", "assignee", "assignment__document__article")
    )
    counts = ThreadPost.objects.filter(thread=OuterRef("pk")).order_by().values("thread").annotate(n=Count("*")).values("n")
    last = ThreadPost.objects.filter(thread=OuterRef("pk")).order_by().values("thread").annotate(last=Max("at")).values("last")
    return rows.annotate(question=Subquery(posts.values("text")[:1]), count=Subquery(counts), last=Subquery(last))


def threads_by_mark(assignment: Assignment, user: User) -> dict[str, dict[str, Any]]:
    """Id of a mark → its newest thread, for the annotator's page."""
    rows = Thread.objects.for_user(user).filter(assignment=assignment, mark__isnull=False).order_by("at", "id")
    values = rows.values("pk", "state", about=F("mark"))
    return {str(row["about"]): {"address": f"/threads/{row['pk']}/", "state": row["state"]} for row in values}
