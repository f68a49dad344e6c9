"""What people are notified of: for each event, whom, and about what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, QuerySet

from annotations.models import Assignment, GuidelineVersion, Notice, Plan, PlanArticle, Span, Thread
from annotations.models.assignment import UNFINISHED
from annotations.notices.digest import is_mail_on
from annotations.notices.make import notify
from annotations.notices.send import defer_digest
from corpus.models import Corpus, Membership, PasswordLink

Kind, Status = Notice.Kind, Assignment.Status


def managers_of(corpus: Corpus | int) -> set[int]:
    managers = Membership.objects.filter(corpus=corpus, role=Membership.Role.MANAGER)
    return set(managers.order_by().values_list("user", flat=True))


# Accounts


def notify_of_password_link(link: PasswordLink, is_used: bool) -> None:
    """To its person, whom whoever has the link can sign in as; by mail at once, since they may be the one who reads the notice."""
    kind = Kind.PASSWORD_SET if is_used else Kind.PASSWORD_LINK
    notify(kind, link.corpus_id, [link.user_id], number=1)
    if is_mail_on():
        defer_digest(link.user_id)


# Readings


def notify_of_assignment(account: User, corpus: Corpus, count: int, by: User) -> None:
    """`count`: articles that were assigned together."""
    if count:
        notify(Kind.ASSIGNED, corpus, [account.pk], by, number=count)


def notify_of_return(reading: Assignment, by: User) -> None:
    notify(Kind.RETURNED, reading.document.corpus_id, [reading.annotator_id], by, assignment=reading.pk)


def notify_of_approval(reading: Assignment, by: User) -> None:
    notify(Kind.APPROVED, reading.document.corpus_id, [reading.annotator_id], by, assignment=reading.pk)


def notify_of_tests(reading: Assignment) -> None:
    """To the annotator, whose last test it was."""
    notify(Kind.TESTS, reading.document.corpus_id, [reading.annotator_id], assignment=reading.pk)


def notify_of_lapse(reading: Assignment) -> None:
    notify(Kind.LAPSED, reading.document.corpus_id, [reading.annotator_id], assignment=reading.pk)


def notify_of_skips(reading: Assignment, by: User) -> None:
    """To managers, once a second person has skipped the text: no plan offers it from then on."""
    skipped = Assignment.objects.filter(document=reading.document_id, status=Status.SKIPPED)
    if skipped.count() == 2:
        corpus = reading.document.corpus_id
        notify(Kind.SKIPS, corpus, managers_of(corpus), by, article=reading.document.article_id)


def notify_of_gold(gold: Assignment, differences: Mapping[UUID, int], by: User) -> None:
    """To the annotators of the readings that it was made of. `differences`: reading → what of it is not in the gold."""
    readings = Assignment.objects.filter(pk__in=differences).order_by("annotator").values_list("pk", "annotator")
    for reading, annotator in readings:
        notify(Kind.ADJUDICATED, gold.document.corpus_id, [annotator], by, number=differences[reading], assignment=reading)


def notify_of_hand_over(gold: Assignment, previous: Any, by: User) -> None:
    """To whoever holds it, and to whoever did."""
    notify(Kind.HANDED_OVER, gold.document.corpus_id, [gold.annotator_id, previous.pk], by, assignment=gold.pk)


def notify_of_joining(plan: Plan, people: Iterable[int], by: User) -> None:
    """`people`: those who were added to it."""
    notify(Kind.JOINED, plan.corpus_id, people, by, plan=plan.pk)


def notify_of_another_date(corpus: Corpus | int, people: Iterable[int], by: User, **subject: Any) -> None:
    """`subject`: a reading, or a plan whose readings they have."""
    notify(Kind.RESCHEDULED, corpus, people, by, **subject)


def notify_of_plan(plan: Plan, by: User) -> None:
    notify(Kind.PLAN, plan.corpus_id, managers_of(plan.corpus_id), by, plan=plan.pk)


def notify_of_last_reading(reading: Assignment, by: User) -> None:
    """To managers, when with this reading all that a running plan needs are submitted, whether taken from it or not."""
    running = Plan.objects.running().filter(articles__document=reading.document_id)
    plan = running.first() if reading.role == Assignment.Role.ANNOTATION else None
    texts = PlanArticle.objects.filter(plan=plan)
    if plan is None or texts.filter(live__lt=F("needed")).exists():
        return
    # Of two that submit the last ones at one moment, the second sees that the first has.
    locked = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    begun = Assignment.objects.filter(document__in=texts.values("document"), role=Assignment.Role.ANNOTATION, status=Status.OPEN)
    if locked.state == Plan.State.RUNNING and not begun.exists():
        notify_of_plan(locked, by)


# Threads


def notify_of_question(thread: Thread, by: User) -> None:
    """To the annotator, those who have posted, and managers, as far as they may see the reading."""
    people = managers_of(thread.corpus_id) | posters(thread) | {thread.assignment.annotator_id}
    notify(Kind.QUESTION, thread.corpus_id, people - annotators_at_work(thread), by, thread=thread.pk)


def notify_assignee(thread: Thread, assignee: int, by: User) -> None:
    """As of a question, whoever else was notified of it."""
    notify(Kind.QUESTION, thread.corpus_id, [assignee], by, thread=thread.pk)


def notify_of_answer(thread: Thread, by: User) -> None:
    notify(Kind.ANSWER, thread.corpus_id, [thread.opened_by_id], by, thread=thread.pk)


def notify_of_resolution(thread: Thread, by: User) -> None:
    people = (posters(thread) - annotators_at_work(thread)) | {thread.opened_by_id}
    notify(Kind.RESOLVED, thread.corpus_id, people, by, thread=thread.pk)


def posters(thread: Thread) -> set[int]:
    return set(thread.posts.order_by().values_list("user", flat=True))


def annotators_at_work(thread: Thread) -> set[int]:
    """Who annotates the text themselves: until they submit, the reading of another is hidden from them."""
    others = Assignment.objects.filter(
        document=thread.assignment.document_id, role=Assignment.Role.ANNOTATION, status__in=UNFINISHED
    )
    return set(others.exclude(pk=thread.assignment_id).order_by().values_list("annotator", flat=True))


# Guidelines


def notify_of_guideline(version: GuidelineVersion, marks: QuerySet[Span] | None) -> None:
    """To whoever has one of these marks, which are under its label; of a general one, to whoever has a reading in the corpus."""
    guideline = version.guideline
    readings = Assignment.objects.filter(document__corpus=guideline.corpus_id)
    if marks is not None:
        readings = readings.filter(pk__in=marks.order_by().values("assignment"))
    people = readings.order_by().values_list("annotator", flat=True).distinct()
    notify(Kind.GUIDELINE, guideline.corpus_id, people, version.user, guideline=guideline.pk)
