"""The corpora of a person, as the home page shows them: how far each is, what waits for the person, and what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from annotations.models import Assignment, Notice, Plan, PlanArticle, Thread
from annotations.models.assignment import READING
from annotations.queries.progress import ProgressPart, parts_of, with_progress
from corpus.models import Article, Corpus, Document, Invitation, Membership
from registry.models import ListCandidate

Role, Status = Assignment.Role, Assignment.Status
Counts = Mapping[Any, int]
"""By the id of a corpus; 0 is left out."""


def corpora_of(user: User) -> list[Corpus]:
    """The corpora of `user`, each with `role`, `has_articles`, `has_people`, `has_work` and `has_submitted`."""
    roles = dict(Membership.objects.filter(user=user).values_list("corpus", "role"))
    corpora = list(with_beginnings(Corpus.objects.for_user(user)))
    for row in corpora:
        row.role = Membership.Role.MANAGER if user.is_superuser else roles[row.pk]
    return corpora


def with_beginnings(corpora: QuerySet[Corpus]) -> QuerySet[Corpus]:
    """Each with what has begun in it: articles, people beside the first (or invited), readings, submitted ones."""
    readings = Assignment.objects.filter(document__corpus=OuterRef("pk"))
    members = Membership.objects.filter(corpus=OuterRef("pk")).order_by()
    invited = Invitation.objects.usable().filter(corpus=OuterRef("pk"))
    return corpora.annotate(
        has_articles=Exists(Article.objects.outside_bin().filter(corpus=OuterRef("pk"))),
        has_people=Q(Exists(invited)) | Q(Exists(members[1:])),
        has_work=Exists(readings),
        has_submitted=Exists(readings.filter(status=Status.SUBMITTED)),
    )


def progress_of(corpora: Iterable[Corpus], user: User) -> dict[Any, list[ProgressPart]]:
    """By corpus. To an annotator the gold is no progress, so that the corpora of one are counted apart."""
    by_role: dict[bool, list[Corpus]] = defaultdict(list)
    for corpus in corpora:
        by_role[corpus.role == Membership.Role.ANNOTATOR].append(corpus)
    counted: dict[Any, dict[str, int]] = defaultdict(dict)
    for together in by_role.values():
        articles = Article.objects.outside_bin().filter(corpus__in=[corpus.pk for corpus in together], copy_of=None)
        shown: QuerySet[Any] = with_progress(articles, user, together[0].role).order_by()
        rows = shown.values("corpus", "progress").annotate(n=Count("pk"))
        for pk, progress, number in rows.values_list("corpus", "progress", "n"):
            counted[pk][progress] = number
    return {corpus: parts_of(numbers) for corpus, numbers in counted.items()}


# What waits for a person


def articles_in_progress(user: User) -> Counts:
    return by_corpus(own_open(user).filter(role__in=READING), "document__corpus")


def adjudications_in_progress(user: User) -> Counts:
    return by_corpus(own_open(user).filter(role=Role.ADJUDICATION), "document__corpus")


def own_open(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.for_user(user).filter(annotator=user, status=Status.OPEN)


def texts_to_adjudicate(user: User) -> Counts:
    """The newest texts of articles with as many submitted readings as are planned, two or more, and no gold; the reviewer has read none."""
    texts = OuterRef("document")
    submitted = Assignment.objects.filter(role=Role.ANNOTATION, status=Status.SUBMITTED)
    alike = submitted.filter(document=texts).order_by().values("document").annotate(n=Count("pk")).values("n")
    newer = Document.objects.filter(article=OuterRef("document__article"), version__gt=OuterRef("document__version"))
    planned = PlanArticle.objects.filter(document=texts, plan__state__in=[Plan.State.RUNNING, Plan.State.PAUSED])
    rows = (
        submitted.outside_bin()
        .filter(document__corpus__in=Corpus.objects.for_user(user, "reviewer"))
        .exclude(document__in=Assignment.objects.read_by(user).order_by().values("document"))
        .annotate(readings=Subquery(alike, output_field=IntegerField()))
        .filter(~Exists(Assignment.objects.gold().outside_bin().filter(document=texts)), ~Exists(newer), readings__gte=2)
        .filter(~Exists(planned.filter(needed__gt=OuterRef("readings"))))
    )
    return by_corpus(rows, "document__corpus", "document")


def candidates_to_decide(user: User) -> Counts:
    rows = ListCandidate.objects.for_user(user, "reviewer").filter(state=ListCandidate.State.OPEN)
    return by_corpus(rows, "entity__corpus")


def threads_to_answer(user: User) -> Counts:
    """Open ones given to the person; those of others given to nobody, about their own readings or where they review; and own ones that
    are answered and not yet resolved."""
    concerns = Q(assignment__annotator=user) | Q(corpus__in=Corpus.objects.for_user(user, "reviewer"))
    to_answer = Q(assignee=user) | ~Q(opened_by=user) & Q(assignee=None) & concerns
    waiting = Q(state=Thread.State.OPEN) & to_answer | Q(state=Thread.State.ANSWERED, opened_by=user)
    return by_corpus(Thread.objects.for_user(user).filter(waiting), "corpus")


# What is new


def unread_notices(user: User) -> Counts:
    return by_corpus(Notice.objects.for_user(user).unread(), "corpus")


def articles_added(user: User, since: datetime) -> Counts:
    rows = Article.objects.for_user(user).filter(copy_of=None, created__gte=since)
    return by_corpus(rows, "corpus")


def by_corpus(rows: QuerySet[Any], path: str, counted: str = "pk") -> Counts:
    return dict(rows.order_by().values(path).annotate(n=Count(counted, distinct=counted != "pk")).values_list(path, "n"))
