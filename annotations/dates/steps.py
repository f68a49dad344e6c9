"""Times told from the day of publication: yesterday, next Monday, three weeks ago, the past two months."""

from __future__ import annotations

from datetime import date, timedelta

from annotations.dates.calendar import Published, is_day, moved, week_of
from annotations.dates.points import FORMS, DateContext, Point, of_year
from annotations.dates.reading import RESOLVED, Term, less_sure

# How many days back a day without a month is looked for.
RECENT = 10


def resolved(*days: date | None) -> Term | None:
    if not all(days):
        return None
    return Term("/".join(day.isoformat() for day in days if day), RESOLVED)


def one_of(*days: date | None) -> Term | None:
    """An EDTF set: either may be meant."""
    term = resolved(*days)
    return term and Term(f"[{term.edtf.replace('/', ',')}]", RESOLVED)


def stepped(point: Point, context: DateContext) -> Term | None:
    """Of a point that is told by a step."""
    published, fields = context.published, point.fields
    if "quarter_step" in fields:
        month = published.month(3 * fields["quarter_step"]) if point.only("quarter_step") else None
        return month and Term(f"{month[0]:04}-{33 + (month[1] - 1) // 3}", published.basis)
    if published.day is None:
        return None
    if "day_step" in fields and point.only("day_step", "weekday", "part"):
        day = moved(published.day, fields["day_step"], "day")
        return resolved(day) if day and fields.get("weekday", day.weekday()) == day.weekday() else None
    if "week_step" in fields and point.only("week_step", "weekday", "part"):
        return in_week(published.day, fields)
    if "weekend_step" in fields and point.only("weekend_step"):
        week = week_of(published.day, fields["weekend_step"])
        return week and resolved(week[1] - timedelta(1), week[1])
    return part_of(published.day, fields) if point.only("so_far") or point.only("to_come") else None


def in_week(published: date, fields: dict[str, int]) -> Term | None:
    week = week_of(published, fields["week_step"])
    if week is None or "part" in fields:
        return None
    return resolved(week[0] + timedelta(fields["weekday"])) if "weekday" in fields else resolved(*week)


def part_of(published: date, fields: dict[str, str]) -> Term | None:
    """Earlier or later this week, month, year: up to the day of publication, or from it on."""
    unit = fields.get("so_far") or fields.get("to_come")
    monday, sunday = week_of(published) or (published, published)
    year, after = published.year, moved(published.replace(day=1), 1, "month")
    spans = {
        "week": (monday, sunday),
        "month": (published.replace(day=1), after and after - timedelta(1)),
        "year": (date(year, 1, 1), date(year, 12, 31)),
    }
    first, last = spans[str(unit)]
    return resolved(first, published) if "so_far" in fields else resolved(published, last)


# Next Monday, last August, this summer, 오는 20일


def which(point: Point, context: DateContext) -> Term | None:
    fields = {kind: value for kind, value in point.fields.items() if kind != "which"}
    direction, published = point.fields["which"], context.published.day
    if published is None:
        return None
    if fields.keys() == {"weekday"}:
        return weekday(direction, fields["weekday"], published)
    if fields.keys() == {"day"}:
        return day_of_month(direction, fields["day"], published)
    form = FORMS.get(("month", "day") if fields.keys() == {"month", "day"} else tuple(fields))
    return form and in_turn(direction, Point(fields), form, published)


def weekday(direction: str, day: int, published: date) -> Term | None:
    """ "Next Friday" of a Wednesday may be two days later or nine, so that both are given; next Monday can only be one."""
    ahead = day - published.weekday()
    this, before, after = (moved(published, ahead + 7 * weeks, "day") for weeks in (0, -1, 1))
    if direction == "next":
        return one_of(this, after) if ahead > 0 else resolved(after)
    if direction == "last":
        return one_of(before, this) if ahead < 0 else resolved(before)
    if direction == "coming":
        return resolved(this if ahead > 0 else after)
    if direction == "ahead":
        return None if ahead == 0 else resolved(this if ahead > 0 else after)
    return resolved(this if direction == "this" or ahead < 0 or (direction == "latest" and ahead == 0) else before)


def day_of_month(direction: str, number: int, published: date) -> Term | None:
    """지난 20일, 오는 20일."""
    months = [(published.year * 12 + published.month - 1 + step) for step in range(-2, 3)]
    days = [date(m // 12, m % 12 + 1, number) for m in months if is_day(m // 12, m % 12 + 1, number)]
    if direction in ("last", "past"):
        return resolved(max((day for day in days if day < published), default=None))
    return resolved(min((day for day in days if day > published), default=None)) if direction in ("coming", "next") else None


def bare_day(number: int, context: DateContext) -> Term | None:
    """14일, 14日 of the last ten days, or of those to come where the words say so; others may be of either month."""
    published = context.published.day
    if published is None:
        return None
    if context.tense == "future":
        return day_of_month("coming", number, published)
    recent = next((day for back in range(RECENT + 1) if (day := moved(published, -back, "day")) and day.day == number), None)
    return resolved(recent)


def in_turn(direction: str, point: Point, form: object, published: date) -> Term | None:
    years = range(max(published.year - 2, 1), min(published.year + 2, 9999) + 1)
    terms = {year: term for year in years if callable(form) and (term := of_year(point, form, year))}
    if direction == "this":
        nearest = terms.get(published.year)
    elif direction in ("last", "past"):
        nearest = next((term for _, term in sorted(terms.items(), reverse=True) if term.last and term.last < published), None)
    else:
        nearest = next((term for _, term in sorted(terms.items()) if term.first and term.first > published), None)
    return nearest and Term(nearest.edtf, RESOLVED)


# Lengths of time from the day of publication, or from a date in the words


def ago(count: int, unit: str, published: Published) -> Term | None:
    """As roughly as it is said: three weeks ago is a week, two months ago a month."""
    if unit == "day":
        return resolved(published.day and moved(published.day, -count, unit))
    if unit == "week":
        week = week_of(published.day, -count) if published.day else None
        return resolved(*week) if week else None
    return whole_period(-count, unit, published)


def hence(count: int, unit: str, published: Published) -> Term | None:
    """Two weeks from now are counted from the day."""
    if unit in ("day", "week"):
        return resolved(published.day and moved(published.day, count, unit))
    return whole_period(count, unit, published)


def whole_period(step: int, unit: str, published: Published) -> Term | None:
    if unit == "month":
        month = published.month(step)
        return month and Term(f"{month[0]:04}-{month[1]:02}", published.basis)
    year = published.year(step * (10 if unit == "decade" else 1))
    return Term(f"{year:04}", published.basis) if year else None


def rolling(count: int, unit: str, published: Published) -> Term | None:
    """The past two weeks end with the day of publication, the next ones begin with it."""
    other = moved(published.day, count, unit) if published.day else None
    return resolved(*sorted((published.day, other))) if published.day and other else None


def shifted(term: Term, count: int, unit: str) -> Term | None:
    """`count` units after a date that the words give; not finer than that date is."""
    parts = term.edtf.split("-")
    finest = ("year", "month", "day")[len(parts) - 1] if all(part.isdigit() for part in parts) else ""
    coarse = {"year": ("year", "decade"), "month": ("month", "year", "decade"), "day": ("day", "week", "month", "year", "decade")}
    if unit not in coarse.get(finest, ()):
        return None
    day = moved(date(*(int(part) for part in [*parts, "1", "1"][:3])), count, unit)
    return Term(day.isoformat()[: len(term.edtf)], less_sure(RESOLVED, term.basis)) if day else None
