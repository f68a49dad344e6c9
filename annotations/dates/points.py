"""One point in time as its words have it, and the date or stretch that it means for an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from annotations.dates.calendar import Published, is_day, last_of_month
from annotations.dates.reading import INFERRED, RESOLVED, STATED, Term, less_sure
from annotations.dates.tokens import DateToken

# Two tokens of one slot are two points: "March" and "last month".
SLOTS = {"year_step": "year", "worked_year": "year", "month_step": "month"}
STEPS = ("day_step", "week_step", "weekend_step", "quarter_step", "so_far", "to_come")
FIELDS = frozenset(
    {"year", "month", "day", "weekday", "quarter", "half", "season", "part", "decade", "which", "week_of", *SLOTS, *STEPS}
)
WINTER = 24
# The year of a day without one is not guessed where the next such day is nearer than two months.
NEAR = 61
# A leap day comes again after eight years at the latest.
YEARS = 8
OF_MONTH = {
    "early": (1, 10),
    "begin": (1, 10),
    "first": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
    "last": (21, 31),
    "week 1": (1, 7),
    "week 2": (8, 14),
    "week 3": (15, 21),
    "last week": (22, 31),
}
# 올해 초 and 今年初 are as wide as "early this year"; 말 and 底 are its end.
OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "begin": (1, 1), "end": (12, 12), "first": (1, 4), "last": (12, 12)}
OF_DECADE = {"early": (0, 3), "first": (0, 3), "begin": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (7, 9), "last": (7, 9)}


@dataclass
class Point:
    """`fields`: kind of token → value; `is_worked_out`: its year does not stand in the words."""

    fields: dict[str, Any] = field(default_factory=dict)
    is_worked_out: bool = False

    def has(self, slot: str) -> bool:
        return any(SLOTS.get(kind, kind) == slot for kind in self.fields)

    def takes(self, token: DateToken) -> bool:
        return not self.has(SLOTS.get(token.kind, token.kind))

    @property
    def is_year(self) -> bool:
        return self.fields.keys() <= {"year", "year_step", "worked_year"}

    @property
    def lacks_year(self) -> bool:
        return not self.has("year") and not self.fields.keys() & {"decade", "which", "week_of", "month_step", *STEPS}

    def only(self, *names: str) -> bool:
        return self.fields.keys() <= set(names)


@dataclass(frozen=True)
class DateContext:
    """When the article came out, and whether its words speak of what is to come ("future") or was ("past"); "" if they do not tell.

    `names_days`: a day without a month is called one (14일, 14日), so that it cannot be another number.
    """

    published: Published
    tense: str = ""
    names_days: bool = False


def settled(point: Point, context: DateContext) -> Point | None:
    """With steps and eras as a year and a month; None where the publication date does not tell them."""
    fields, worked_out = dict(point.fields), point.is_worked_out
    if "worked_year" in fields:
        fields["year"], worked_out = fields.pop("worked_year"), True
    if "year_step" in fields:
        fields["year"], worked_out = context.published.year(fields.pop("year_step")), True
    if "month_step" in fields:
        if "year" in fields or (month := context.published.month(fields.pop("month_step"))) is None:
            return None
        (fields["year"], fields["month"]), worked_out = month, True
    return None if "year" in fields and fields["year"] is None else Point(fields, worked_out)


def dated(point: Point, context: DateContext) -> Term | None:
    """The term of a point with a year, or of one whose year the publication date tells."""
    if "decade" in point.fields:
        return decade(**point.fields) if point.only("decade", "part") else None
    form = next((form for names, form in FORMS.items() if set(names) == point.fields.keys() - {"year", "part", "weekday"}), None)
    if form is None or (point.has("weekday") and not point.has("day")):
        return None
    if point.has("year"):
        year, sure, basis = point.fields["year"], f"{point.fields['year']:04}", basis_of(point, context)
    elif point.only("part") or (inferred := year_of(point, context, form)) is None:
        return None
    else:
        year, basis = inferred, context.published.basis
        sure = f"{year:04}" if context.published.day else f"{year:04}?"
    edtf = form(year, sure, point.fields)
    if edtf is None:
        return None
    return until_published(Term(edtf, INFERRED), context) if "~" in edtf else Term(edtf, basis)


def decade(decade: int, part: str = "") -> Term | None:
    if not part:
        return Term(f"{decade:03}X", STATED)
    first, last = OF_DECADE.get(part, (0, 0))
    return Term(f"{decade:03}{first}~/{decade:03}{last}~", INFERRED) if last else None


def until_published(term: Term, context: DateContext) -> Term:
    """ "Early this year" in an article of February tells of nothing after it came out, unless it tells of what will be."""
    first, last, published = term.first, term.last, context.published.last
    if context.tense == "future" or not (first and last and published and first < published < last):
        return term
    return Term(f"{term.ends[0]}/{published.isoformat()}", term.basis)


def basis_of(point: Point, context: DateContext) -> str:
    if not point.is_worked_out:
        return STATED
    return RESOLVED if context.published.first is None else less_sure(RESOLVED, context.published.basis)


def year_of(point: Point, context: DateContext, form: Form) -> int | None:
    """The last such time that has begun when the article came out, or the next; None where either may be meant."""
    first, last = context.published.first, context.published.last
    if first is None or last is None:
        return None
    years = range(YEARS + 1)
    was = next((year for back in years if (day := edge(point, form, year := last.year - back, 0)) and day <= last), None)
    comes = next((year for on in years if (day := edge(point, form, year := first.year + on, 1)) and day >= first), None)
    if "weekday" in point.fields:
        fitting = {year for year in (was, comes) if year and fits(edge(point, form, year, 0), point.fields["weekday"])}
        return fitting.pop() if len(fitting) == 1 else None
    if context.tense:
        return comes if context.tense == "future" else was
    begins = edge(point, form, comes, 0) if comes else None
    is_near = was != comes and begins is not None and (begins - last).days <= NEAR
    return None if is_near else was


def of_year(point: Point, form: Form, year: int) -> Term | None:
    fields = {kind: value for kind, value in point.fields.items() if kind != "weekday"}
    edtf = form(year, f"{year:04}", fields) if 1 <= year <= 9999 else None
    return Term(edtf, STATED) if edtf else None


def edge(point: Point, form: Form, year: int, end: int) -> date | None:
    """Its first (0) or last (1) day in a year that has it."""
    term = of_year(point, form, year)
    return (term.last if end else term.first) if term else None


def fits(day: date | None, weekday: int) -> bool:
    return day is not None and day.weekday() == weekday


# What a point says, in the order of EDTF: `sure` is the year as it is written


def whole_year(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    if "part" not in fields:
        return sure
    if fields["part"] not in OF_YEAR:
        return None
    first, last = OF_YEAR[fields["part"]]
    return f"{sure}-{first:02}~" if first == last else f"{sure}-{first:02}~/{sure}-{last:02}~"


def month(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    number = fields["month"]
    if not is_day(year, number, 1):
        return None
    edtf = f"{sure}-{number:02}"
    if "part" not in fields:
        return edtf
    first, last = OF_MONTH[fields["part"]]
    return f"{edtf}-{first:02}~/{edtf}-{min(last, last_of_month(year, number)):02}~"


def day(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    """ "Late on 5 May" is that day. A weekday that is not that of the date contradicts it."""
    if not is_day(year, fields["month"], fields["day"]):
        return None
    contradicts = "weekday" in fields and date(year, fields["month"], fields["day"]).weekday() != fields["weekday"]
    return None if contradicts else f"{sure}-{fields['month']:02}-{fields['day']:02}"


def quarter(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    """ISO 8601-2 numbers quarters from 33."""
    return None if "part" in fields else f"{sure}-{32 + fields['quarter']}"


def half(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    first, last = ((1, 6), (7, 12))[fields["half"] - 1]
    return None if "part" in fields else f"{sure}-{first:02}/{sure}-{last:02}"


def season(year: int, sure: str, fields: dict[str, Any]) -> str | None:
    """The winter of a year may be that at its beginning or at its end."""
    return None if "part" in fields or fields["season"] == WINTER else f"{sure}-{fields['season']}"


Form = Callable[[int, str, dict[str, Any]], str | None]
FORMS: dict[tuple[str, ...], Form] = {
    (): whole_year,
    ("month",): month,
    ("month", "day"): day,
    ("quarter",): quarter,
    ("half",): half,
    ("season",): season,
}
