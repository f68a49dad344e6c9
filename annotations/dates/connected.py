"""One point with what stands before it (since, by, after), or two as an interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from annotations.dates import steps
from annotations.dates.calendar import moved
from annotations.dates.points import DateContext, Point, settled
from annotations.dates.reading import STATED, Term, less_sure
from annotations.dates.terms import term_of

JOINERS = {"to", "through", "dash", "from_behind", "until"}
SINCE, UNTIL = {"since", "start", "onwards"}, {"until", "until_behind", "by", "through"}
# Of these nothing more is asked than that they part two points.
SAYS_NOTHING = {"dash", "and"}


@dataclass
class Linked:
    """A point with the connectors before it."""

    point: Point
    links: list[str]


# One point


def alone(entry: Linked, behind: list[str], context: DateContext) -> Term | None:
    links = {*entry.links, *behind} - SAYS_NOTHING
    if links and links <= {"before", "before_behind"} and entry.point.fields.get("part") in ("end", "last"):
        links = {"by"}
    if links & SINCE or (links <= {"from", "from_behind"} and links):
        return since(entry.point, links, context)
    if links <= UNTIL and links:
        tense = context.tense or ("future" if "by" in links else "")
        if entry.point.lacks_year and not tense:
            return None
        term = term_of(without_part(entry.point, "end", "last"), replace(context, tense=tense))
        return term and Term(f"../{term.ends[1]}", term.basis)
    if links and links <= {"before", "before_behind", "after"}:
        return beside(term_of(entry.point, context), -1 if "after" not in links else 1)
    return None if links else term_of(entry.point, context)


def since(point: Point, links: set[str], context: DateContext) -> Term | None:
    """From March on: without a year it is not known which, save that "since" tells of what was."""
    tense = "past" if "since" in links else context.tense
    if links & (UNTIL | {"before", "after", "to", "between"}):
        return None
    term = term_of(without_part(point, "begin", "first"), replace(context, tense=tense))
    is_sure = term is not None and (term.basis == STATED or bool(tense) or not point.lacks_year)
    return Term(f"{term.ends[0]}/..", term.basis) if term and is_sure else None


def without_part(point: Point, *parts: str) -> Point:
    """ "Until the end of June" is until June, all of it."""
    fields = {kind: value for kind, value in point.fields.items() if kind != "part" or value not in parts}
    return Point(fields, point.is_worked_out)


def beside(term: Term | None, step: int) -> Term | None:
    """Before 2017, after 5 August 2017: up to the year before, from the day after."""
    unit = {4: "year", 7: "month", 10: "day"}.get(len(term.edtf)) if term else None
    edge = steps.shifted(term, step, unit) if term and unit else None
    return edge and Term(f"../{edge.edtf}" if step < 0 else f"{edge.edtf}/..", edge.basis)


# Two points


def between(one: Linked, other: Linked, behind: list[str], context: DateContext) -> Term | None:
    links = {*other.links}
    parted = "and" in links and "between" in one.links
    if {*behind} - {"until_behind"} or {*one.links} - {"from", "between"} or links - {*JOINERS, "and"} or not links:
        return None
    if "until" in links and "from" not in one.links:
        return None
    pair = completed(one.point, other.point, context)
    first, last = (term_of(point, context) for point in pair) if pair else (None, None)
    if first is None or last is None:
        return None
    interval = Term(f"{first.ends[0]}/{last.ends[1]}", less_sure(first.basis, last.basis))
    runs = first.first and last.first and first.first < last.first
    return interval if runs and (parted or links & JOINERS or follow(first, last)) else None


def follow(first: Term, last: Term) -> bool:
    """ "In March and April" is one stretch, "in March and May" is none."""
    return first.last is not None and last.first is not None and (last.first - first.last).days == 1


def completed(one: Point, other: Point, context: DateContext) -> tuple[Point, Point] | None:
    """Each with what it shares with the other: "3 to 5 March", "from March to May 2019", "from December to January 2019"."""
    first, last = Point(dict(one.fields)), Point(dict(other.fields))
    if last.fields.keys() == {"day"} and first.fields.keys() <= {"day", "which"}:
        return days_apart(first, last, context)
    for point, fellow in ((first, last), (last, first)):
        month = fellow.fields.get("month", fellow.fields.get("month_step"))
        if point.has("day") and not point.has("month") and month is not None:
            kind = "month" if "month" in fellow.fields else "month_step"
            point.fields[kind] = month
    if first.lacks_year and last.lacks_year:
        return with_latest_year(first, last, context)
    if first.lacks_year and not last.is_year:
        return (first, last) if (year := year_in(last, context)) is None else (with_year(first, last, year, -1), last)
    if last.lacks_year and (year := year_in(first, context)) is not None:
        return first, with_year(last, first, year, 1)
    return None if first.lacks_year else (first, last)


def days_apart(first: Point, last: Point, context: DateContext) -> tuple[Point, Point] | None:
    """지난 3일부터 7일까지: the other lies nearest to the one that is known."""
    is_first = "which" in first.fields
    known = term_of(first if is_first else last, context)
    if known is None or known.first is None:
        return None
    number = (last if is_first else first).fields["day"]
    days = (moved(known.first, count if is_first else -count, "day") for count in range(1, 31))
    other = next((day for day in days if day and day.day == number), None)
    if other is None:
        return None
    begin, end = sorted((known.first, other))
    return of_day(begin), of_day(end)


def of_day(day: date) -> Point:
    return Point({"year": day.year, "month": day.month, "day": day.day}, True)


def year_in(point: Point, context: DateContext) -> int | None:
    completed_point = settled(point, context)
    return completed_point.fields.get("year") if completed_point else None


def with_year(point: Point, fellow: Point, year: int, step: int) -> Point:
    """The year of its fellow, or the one beside it where the interval would run backwards: then it is worked out."""
    runs = place_of(point) <= place_of(fellow) if step < 0 else place_of(fellow) <= place_of(point)
    is_worked_out = not runs or "year" not in fellow.fields
    return Point({**point.fields, "year": year if runs else year + step}, is_worked_out)


def place_of(point: Point) -> tuple[int, int]:
    fields = point.fields
    return next((fields[kind] for kind in ("month", "quarter", "half", "season") if kind in fields), 0), fields.get("day", 0)


def with_latest_year(first: Point, last: Point, context: DateContext) -> tuple[Point, Point] | None:
    """Neither has a year: that of the end is looked for, the beginning lies before it."""
    if first.has("weekday") and last.has("weekday"):
        return first, last
    term = term_of(last, context)
    if term is None or term.first is None:
        return None
    year = term.first.year
    return Point({**first.fields, "year": with_year(first, last, year, -1).fields["year"]}, True), Point(
        {**last.fields, "year": year}, True
    )
