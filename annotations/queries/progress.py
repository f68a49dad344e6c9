"""How far the work is, as the person who asks may see it: their own, or as reviewer everybody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from annotations.models import Assignment, Plan, TeamSettings
from annotations.models.transition import skip_words, with_skip_reason
from corpus.db.choices import TextChoices
from corpus.models import Article, Corpus, Membership


class Progress(TextChoices):
    """How far an article is. Several annotators: as far as the one who is least far."""

    NEW = "new", "Not started"
    OPEN = "open", "In progress"
    SUBMITTED = "submitted", "Submitted"
    GOLD = "gold", "Gold"


@dataclass(frozen=True)
class ProgressPart:
    """One state's part of a bar: `left` and `width` in per cent."""

    state: str
    label: str
    count: int
    left: float
    width: float


def with_progress(articles: QuerySet[Article], user: User, role: str | None) -> QuerySet[Article]:
    """The articles, each with `progress` and `gold` (is there one that `user` may see?).

    To an annotator the gold is no progress: their own marks are. To others it ends the work.
    """
    seen = Assignment.objects.for_user(user).order_by().filter(document__article=OuterRef("pk"))
    work = seen.filter(role=Assignment.Role.ANNOTATION)
    states = [
        When(Exists(work.filter(status=Assignment.Status.OPEN)), then=Value(Progress.OPEN)),
        When(Exists(work.filter(status=Assignment.Status.SUBMITTED)), then=Value(Progress.SUBMITTED)),
    ]
    if role != Membership.Role.ANNOTATOR:
        states.insert(0, When(gold=True, then=Value(Progress.GOLD)))
    progress = Case(*states, default=Value(Progress.NEW), output_field=CharField())
    return articles.annotate(gold=Exists(seen.gold().without_drafts())).annotate(progress=progress)


def shares(articles: QuerySet[Any]) -> list[ProgressPart]:
    """How many of the articles (with their progress) are how far, the furthest first."""
    rows = articles.order_by().values("progress").annotate(n=Count("pk"))
    return parts_of({row["progress"]: row["n"] for row in rows})


def parts_of(counted: Mapping[str, int]) -> list[ProgressPart]:
    """`counted`: by state."""
    total, left, parts = sum(counted.values()), 0.0, []
    for state in reversed(Progress):
        if count := counted.get(state.value, 0):
            parts.append(ProgressPart(state.value, state.label, count, left, 100 * count / total))
            left += 100 * count / total
    return parts


def by_article(articles: Iterable[Article], user: User) -> dict[UUID, list[Assignment]]:
    """The assignments on these articles that `user` may see, the gold first, newest text first."""
    rows = (
        Assignment.objects.for_user(user)
        .filter(document__article__in=[article.pk for article in articles])
        .select_related("annotator", "scheme")
        .defer("scheme__body")
        .annotate(article_id=F("document__article"), text_version=F("document__version"))
        .order_by("role", "-text_version", "annotator__username")
    )
    groups: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in with_skip_reason(rows):
        row.skipped_why = skip_words(row.skip_reason, row.skip_note)
        groups[row.article_id].append(row)
    return groups


def next_open(user: User) -> Assignment | None:
    """The open assignment that stands first in the queue of `user`."""
    mine = Assignment.objects.for_user(user).filter(annotator=user, status=Assignment.Status.OPEN)
    return mine.select_related("document__article").order_by(F("due").asc(nulls_last=True), "created", "pk").first()


def submitted_today(user: User) -> int:
    """How many readings `user` has submitted since midnight UTC; a reopened one counts once it is submitted again."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Assignment.objects.for_user(user).filter(annotator=user, role=Assignment.Role.ANNOTATION)
    return rows.filter(status=Assignment.Status.SUBMITTED, submitted__gte=midnight).count()


def next_for(user: User, corpus: Corpus | None = None) -> Article | None:
    """The oldest article that `user` may mark and has not begun; a copy is not offered, nor anything where articles are taken from a plan,
    where one opens none of one's own choice, or is paused."""
    begun = Assignment.objects.filter(annotator=user, document__article=OuterRef("pk"))
    waiting = Article.objects.for_user(user, "annotator").filter(~Exists(begun), documents__isnull=False, copy_of=None)
    own = Membership.objects.filter(user=user)
    assigned = TeamSettings.objects.filter(self_service=False).values("corpus")
    closed = own.filter(Q(paused=True) | Q(role=Membership.Role.ANNOTATOR, corpus__in=assigned))
    waiting = waiting.exclude(corpus__in=closed.values("corpus")).exclude(corpus__in=Plan.objects.running().values("corpus"))
    if corpus:
        waiting = waiting.filter(corpus=corpus)
    return waiting.select_related("corpus").order_by("created", "pk").first()


def takes_from_plan(user: User) -> bool:
    """Whether a plan runs in a corpus in which `user` annotates and is not paused."""
    own = Membership.objects.filter(user=user, paused=False, role__in=Membership.Role.from_rank("annotator"))
    return Plan.objects.running().filter(corpus__in=own.values("corpus")).exists()
