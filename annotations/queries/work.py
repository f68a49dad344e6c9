"""How far the work of a corpus is: readings by their state and age, by week, and by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

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


@dataclass(frozen=True)
class ReadingCell:
    """So many readings that are alike in all of this; `week`: the Monday of the week in which they were submitted, if they were.
    `created`, `submitted`: of the first of them."""

    user: int
    name: str
    role: str
    status: str
    has_gold: bool
    week: date | None
    is_recent: bool
    is_late: bool
    number: int
    created: datetime
    submitted: datetime | None


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
    def cells(self) -> list[ReadingCell]:
        """All readings, in one statement."""
        now = timezone.now()
        gold = Exists(Assignment.objects.gold().without_drafts().filter(document=OuterRef("document")))
        keys = {
            "has_gold": gold,
            "week": TruncWeek("submitted", output_field=DateField()),
            "is_recent": Q(status=Status.SUBMITTED, submitted__gte=now - timedelta(weeks=PACE_WEEKS)),
            "is_late": Q(status=Status.OPEN, due__isnull=False, due__lt=now.date()),
        }
        sums = {"number": Count("pk"), "created_first": Min("created"), "submitted_first": Min("submitted")}
        names = ("annotator", "annotator__username", "role", "status", *keys)
        rows = self.readings.annotate(**keys).values(*names).annotate(**sums).values_list(*names, *sums)
        return [ReadingCell(*row) for row in rows]

    @cached_property
    def states(self) -> list[StateLine]:
        kinds = STATES | GOLD_STATES if self.sees_all else STATES
        lines = [state_line(name, [cell for cell in self.cells if kind(cell)]) for name, kind in kinds.items()]
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
        counts = Counter[tuple[date, str]]()
        for cell in self.cells:
            if cell.status == Status.SUBMITTED and cell.week:
                counts[cell.week, cell.role] += cell.number
        return counts

    @cached_property
    def people(self) -> list[PersonLine]:
        own: defaultdict[tuple[str, int], list[ReadingCell]] = defaultdict(list)
        for cell in self.cells:
            if cell.role == Role.ANNOTATION:
                own[cell.name, cell.user].append(cell)
        first = since(self.period) if self.period else date.min
        return [person_line(own[key], first) for key in sorted(own)]

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


def of(role: str, status: str, *, has_gold: bool | None = None) -> Callable[[ReadingCell], bool]:
    return lambda cell: (cell.role, cell.status) == (role, status) and has_gold in (None, cell.has_gold)


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
AGES = {"In progress": "created", "Submitted, without gold": "submitted", "Gold in progress": "created"}


def state_line(name: str, cells: list[ReadingCell]) -> StateLine:
    first = (getattr(cell, AGES[name]) for cell in cells) if name in AGES else ()
    oldest = min((moment for moment in first if moment), default=None)
    return StateLine(name, number_in(cells), oldest, number_in(cell for cell in cells if cell.is_late))


def person_line(cells: list[ReadingCell], first: date) -> PersonLine:
    """Of readings submitted since `first`, a Monday; the others whenever they were begun."""
    submitted = [cell for cell in cells if cell.status == Status.SUBMITTED]
    return PersonLine(
        cells[0].user,
        cells[0].name,
        number_in(cell for cell in cells if cell.status == Status.OPEN),
        number_in(cell for cell in cells if cell.is_late),
        number_in(cell for cell in submitted if cell.week and cell.week >= first),
        number_in(cell for cell in submitted if cell.is_recent),
    )


def number_in(cells: Iterable[ReadingCell]) -> int:
    return sum(cell.number for cell in cells)


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
