"""What each point in time means for an article, however it is told."""

from __future__ import annotations

from annotations.dates import steps
from annotations.dates.calendar import week_of
from annotations.dates.points import STEPS, DateContext, Point, dated, settled
from annotations.dates.reading import RESOLVED, Term, less_sure

# A Monday of which nothing is said is the last one: news tells of what was. That of the day itself is today.
OF_TENSE = {"": "latest", "past": "latest", "future": "ahead"}


def term_of(point: Point, context: DateContext) -> Term | None:
    if point.fields.keys() & set(STEPS):
        return steps.stepped(point, context)
    if "which" in point.fields:
        return steps.which(point, context)
    if "week_of" in point.fields:
        return of_week(point, context)
    if point.fields.keys() == {"day"} and context.names_days:
        return steps.bare_day(point.fields["day"], context)
    if point.fields.keys() - {"part"} == {"weekday"}:
        day = context.published.day
        return steps.weekday(OF_TENSE[context.tense], point.fields["weekday"], day) if day else None
    completed_point = settled(point, context)
    return dated(completed_point, context) if completed_point else None


def of_week(point: Point, context: DateContext) -> Term | None:
    """The week of 4 March 2024, which may be any day of it."""
    day = dated(Point({kind: value for kind, value in point.fields.items() if kind != "week_of"}, point.is_worked_out), context)
    week = week_of(day.first) if day and day.first and day.first == day.last else None
    return Term(f"{week[0].isoformat()}/{week[1].isoformat()}", less_sure(RESOLVED, day.basis)) if week and day else None
