"""How far the work of a corpus is: readings by their state and age, by week, and by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, DateField, Exists, Min, OuterRef, Q, QuerySet
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


class ReadingSum(NamedTuple):
    """Of readings that are alike in what they are grouped by (GROUPS): how many there are, of each state, and when the first began and was
    submitted. `since`: submitted since the period began; `recent`: in the last four weeks."""

    group: int
    role: str
    status: str
    has_gold: bool
    week: date | None
    user: int
    number: int
    open: int
    late: int
    submitted: int
    since: int
    recent: int
    first_created: datetime
    first_submitted: datetime | None


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
    user: User
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
    def sums(self) -> dict[int, list[ReadingSum]]:
        """All readings, counted in one statement: those that are alike in all, and these in each of the GROUPS."""
        now = timezone.now()
        keys = {
            "has_gold": Q(document__in=Assignment.objects.gold().without_drafts().order_by().values("document")),
            "week": TruncWeek("submitted", output_field=DateField()),
        }
        counts = {
            "number": Count("pk"),
            "late": Count("pk", filter=Q(status=Status.OPEN, due__lt=now.date())),
            "recent": Count("pk", filter=Q(status=Status.SUBMITTED, submitted__gte=now - timedelta(weeks=PACE_WEEKS))),
            "first_created": Min("created"),
            "first_submitted": Min("submitted"),
        }
        rows = self.readings.annotate(**keys).values("annotator_id", "role", "status", *keys).annotate(**counts)
        sums: dict[int, list[ReadingSum]] = {group: [] for group in GROUPS}
        for row in summed(rows, since(self.period) if self.period else date.min):
            sums[row.group].append(row)
        return sums

    @cached_property
    def states(self) -> list[StateLine]:
        kinds = STATES | GOLD_STATES if self.sees_all else STATES
        lines = [state_line(name, [row for row in self.sums[BY_STATE] if kind(row)]) for name, kind in kinds.items()]
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
        return {(row.week, row.role): row.submitted for row in self.sums[BY_WEEK] if row.week and row.submitted}

    @cached_property
    def people(self) -> list[PersonLine]:
        rows = {row.user: row for row in self.sums[BY_PERSON] if row.role == Role.ANNOTATION}
        names = dict(get_user_model().objects.filter(pk__in=rows).values_list("pk", "username"))
        lines = (PersonLine(pk, names[pk], row.open, row.late, row.since, row.recent) for pk, row in rows.items())
        return sorted(lines, key=lambda line: (line.name, line.user))

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


# What the readings are grouped by, one after the other; `GROUPING` says which by the columns that a group lacks.
BY_STATE, BY_WEEK, BY_PERSON = 0b0011, 0b1101, 0b1110
GROUPS = {BY_STATE: "(role, status, has_gold)", BY_WEEK: "(role, week)", BY_PERSON: "(role, annotator_id)"}
SUMS = f"""SELECT GROUPING(status, has_gold, week, annotator_id), role, status, has_gold, week::date, annotator_id, sum(number)::int,
    coalesce(sum(number) FILTER (WHERE status = 'open'), 0)::int, sum(late)::int,
    coalesce(sum(number) FILTER (WHERE status = 'submitted'), 0)::int,
    coalesce(sum(number) FILTER (WHERE status = 'submitted' AND week >= %s), 0)::int, sum(recent)::int,
    min(first_created), min(first_submitted)
FROM ({{}}) alike GROUP BY GROUPING SETS ({", ".join(GROUPS.values())})"""  # noqa: S608 - of our own words


def summed(rows: QuerySet[Any, Any], first: date) -> Iterator[ReadingSum]:
    """`rows`: counts of readings that are alike. `first`: of the days of submission that count as of the period."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(sql), [first, *values])
        yield from (ReadingSum(*row) for row in cursor.fetchall())


def of(role: str, status: str, *, has_gold: bool | None = None) -> Callable[[ReadingSum], bool]:
    return lambda row: (row.role, row.status) == (role, status) and has_gold in (None, row.has_gold)


STATES = {
    "In progress": of(Role.ANNOTATION, Status.OPEN),
    "Submitted, without gold": of(Role.ANNOTATION, Status.SUBMITTED, has_gold=False),
    "Submitted, with gold": of(Role.ANNOTATION, Status.SUBMITTED, has_gold=True),
    "Skipped": of(Role.ANNOTATION, Status.SKIPPED),
    "Lapsed": of(Role.ANNOTATION, Status.LAPSED),
}
GOLD_STATES = {
    "Gold in progress": of(Role.ADJUDICATION, Status.OPEN),
    "Gold": of(Role.ADJUDICATION, Status.SUBMITTED),
}
# Since when a reading is in a state; the others do not say.
AGES = {"In progress": "first_created", "Submitted, without gold": "first_submitted", "Gold in progress": "first_created"}


def state_line(name: str, rows: list[ReadingSum]) -> StateLine:
    first = (getattr(row, AGES[name]) for row in rows) if name in AGES else ()
    oldest = min((moment for moment in first if moment), default=None)
    return StateLine(name, sum(row.number for row in rows), oldest, sum(row.late for row in rows))


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
