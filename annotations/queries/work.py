"""How far the work of a corpus is: readings by their state and age, by week, and by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from annotations.models import Assignment
from annotations.queries.chosen_articles import ChosenArticles
from annotations.queries.forecast import Forecast, forecast
from corpus.models import Article, Corpus, Membership

WEEKS = 26  # that are shown
PACE_WEEKS = 4
LEAST = 4  # readings in these weeks, for a pace to mean anything
Role, Status = Assignment.Role, Assignment.Status


@dataclass(frozen=True)
class StateLine:
    """`oldest`: since when the longest one is in this state, where that is known; `late`: how many are still open and past their due date."""

    state: str
    number: int
    oldest: datetime | None
    late: int


@dataclass(frozen=True)
class WeekLine:
    """Submitted in the week that begins on this Monday, and until its end."""

    week: date
    readings: int
    gold: int
    readings_until: int
    gold_until: int


@dataclass(frozen=True)
class PersonLine:
    """`recent`: submitted in the last four weeks."""

    user: int
    name: str
    open: int
    late: int
    submitted: int
    recent: int


@dataclass(frozen=True)
class Pace:
    """Readings submitted in a week, of the last four; what is to be read; and how many weeks that takes at this pace."""

    a_week: float
    left: int
    weeks: int


@dataclass(frozen=True)
class Work:
    """As `user` may see it: annotators their own, reviewers and managers all."""

    corpus: Corpus
    user: Any
    articles: ChosenArticles
    period: int = 0  # of submissions: so many weeks with the present one; 0: all

    @cached_property
    def sees_all(self) -> bool:
        return self.corpus.allows(self.user, Membership.Role.REVIEWER)

    @cached_property
    def readings(self) -> QuerySet[Assignment]:
        rows = Assignment.objects.for_user(self.user).filter(self.articles.of_texts("document"), document__corpus=self.corpus)
        return (rows.without_rereadings() if self.sees_all else rows.filter(annotator=self.user, role=Role.ANNOTATION)).order_by()

    @cached_property
    def not_begun(self) -> tuple[int, datetime | None]:
        """Articles that nobody has opened, or that were skipped or have lapsed; and since when the oldest is in the corpus."""
        begun = Assignment.objects.live().filter(document__article=OuterRef("pk"))
        rows = Article.objects.outside_bin().filter(self.articles.of_articles(), ~Exists(begun), corpus=self.corpus, copy_of=None)
        counted = rows.aggregate(count=Count("pk"), oldest=Min("created"))
        return counted["count"], counted["oldest"]

    @cached_property
    def states(self) -> list[StateLine]:
        gold = Exists(Assignment.objects.gold().without_drafts().filter(document=OuterRef("document")))
        kinds = {
            "In progress": Q(role=Role.ANNOTATION, status=Status.OPEN),
            "Submitted, without gold": Q(role=Role.ANNOTATION, status=Status.SUBMITTED, has_gold=False),
            "Submitted, with gold": Q(role=Role.ANNOTATION, status=Status.SUBMITTED, has_gold=True),
            "Skipped": Q(role=Role.ANNOTATION, status=Status.SKIPPED),
            "Lapsed": Q(role=Role.ANNOTATION, status=Status.LAPSED),
        }
        if self.sees_all:
            kinds |= {"Gold in progress": gold_in(Status.OPEN), "Gold": gold_in(Status.SUBMITTED)}
        numbers: dict[str, Any] = {}
        for number, (name, kind) in enumerate(kinds.items()):
            numbers[f"count{number}"] = Count("pk", filter=kind)
            numbers[f"oldest{number}"] = Min(AGES.get(name, "created"), filter=kind)
            numbers[f"late{number}"] = Count("pk", filter=kind & is_late())
        row = self.readings.annotate(has_gold=gold).aggregate(**numbers)
        lines = [
            StateLine(name, row[f"count{number}"], row[f"oldest{number}"] if name in AGES else None, row[f"late{number}"])
            for number, name in enumerate(kinds)
        ]
        return [StateLine("Not begun", *self.not_begun, 0), *lines] if self.sees_all else lines

    @cached_property
    def weeks(self) -> list[WeekLine]:
        """The newest first, from the week of the first submission on; as many as are shown."""
        return self.last_weeks(self.period or WEEKS)

    def last_weeks(self, number: int) -> list[WeekLine]:
        return list(reversed(list(summed_up(self.weekly_counts, since(number))))) if self.weekly_counts else []

    @cached_property
    def weekly_counts(self) -> dict[tuple[date, str], int]:
        """Monday and role → readings submitted in that week."""
        rows = self.readings.filter(status=Status.SUBMITTED).annotate(week=TruncWeek("submitted")).values("week", "role")
        return {(row["week"].date(), row["role"]): row["n"] for row in rows.annotate(n=Count("pk"))}

    @cached_property
    def people(self) -> list[PersonLine]:
        recent = timezone.now() - timedelta(weeks=PACE_WEEKS)
        rows = self.readings.filter(role=Role.ANNOTATION).values("annotator", "annotator__username")
        is_submitted = Q(status=Status.SUBMITTED)
        in_period = is_submitted & Q(submitted__date__gte=since(self.period)) if self.period else is_submitted
        kinds = (Q(status=Status.OPEN), is_late(), in_period, is_submitted & Q(submitted__gte=recent))
        counted = rows.annotate(**{f"count{number}": Count("pk", filter=kind) for number, kind in enumerate(kinds)})
        return [PersonLine(*row.values()) for row in counted.order_by("annotator__username", "annotator")]

    @cached_property
    def pace(self) -> Pace | None:
        """None where too few readings were submitted lately, or for who does not see all."""
        recent = sum(line.recent for line in self.people)
        if not self.sees_all or recent < LEAST:
            return None
        return Pace(recent / PACE_WEEKS, self.left, -(-self.left * PACE_WEEKS // recent))

    @cached_property
    def left(self) -> int:
        """Readings to be submitted: one of each article that is not begun, and those in progress."""
        return self.not_begun[0] + sum(line.open for line in self.people)

    @cached_property
    def forecast(self) -> Forecast | None:
        """Of the readings that are left, for who sees all; by the whole weeks since the first that is shown."""
        weeks = self.last_weeks(WEEKS)
        if not self.sees_all or not weeks:
            return None
        submitted, week = {line.week: line.readings for line in weeks}, weeks[-1].week
        weekly = []
        while week < monday(timezone.now().date()):
            weekly.append(submitted.get(week, 0))
            week += timedelta(weeks=1)
        return forecast(weekly, self.left)


AGES = {"In progress": "created", "Submitted, without gold": "submitted", "Gold in progress": "created"}


def gold_in(status: str) -> Q:
    return Q(role=Role.ADJUDICATION, status=status)


def is_late() -> Q:
    return Q(status=Status.OPEN, due__lt=timezone.now().date())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def since(weeks: int) -> date:
    """The Monday with which so many weeks begin, the present one among them."""
    return monday(timezone.now().date()) - timedelta(weeks=weeks - 1)


def summed_up(counts: dict[tuple[date, str], int], first: date) -> Iterator[WeekLine]:
    """One line for each week from `first` on, or from the first that has a count, to the last that has one."""
    weeks = [week for week, _ in counts]
    week = max(first, min(weeks))
    totals = {
        role: sum(n for (at, of), n in counts.items() if of == role and at < week)
        for role in (Role.ANNOTATION, Role.ADJUDICATION)
    }
    while week <= max(weeks):
        new = {role: counts.get((week, role), 0) for role in totals}
        totals = {role: total + new[role] for role, total in totals.items()}
        yield WeekLine(week, new[Role.ANNOTATION], new[Role.ADJUDICATION], totals[Role.ANNOTATION], totals[Role.ADJUDICATION])
        week += timedelta(weeks=1)
