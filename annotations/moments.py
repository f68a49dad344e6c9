"""What days the words of a time mean, read against the day on which the article was published. Pure; English.

"September 4" of an article of 30 September 2017 → 2017-09-04, resolved; where the publication date
itself is a range, the year is marked as inferred: 2017?-09-04 (scheme.md 6). A proposal only: a person takes it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
OPEN = re.compile(r"\b(recently|now|soon|lately|currently|nowadays|these days|at present|already|shortly)\b")
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
PART = r"(?:(?P<part>early|mid|middle of|late|end of|beginning of)[ -]*)?"
PARTS = {"early": (1, 10), "beginning of": (1, 10), "mid": (11, 20), "middle of": (11, 20), "late": (21, 31), "end of": (21, 31)}
DATES = (
    re.compile(rf"\b{MONTH} {DAY}(?:,? {YEAR})?\b(?!\d)"),
    re.compile(rf"\b{DAY}(?: of)? {MONTH}(?:,? {YEAR})?\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
MONTH_ONLY = re.compile(rf"\b{PART}{MONTH}(?:,? (?:of )?{YEAR})?\b")
HALF = re.compile(rf"\b(?P<half>first|second) half of {YEAR}")
YEAR_ONLY = re.compile(r"\b(?P<year>(?:19|20)\d{2})\b")
WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(DAYS)})\b")
NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
RELATIVE = re.compile(r"\b(?P<which>last|this|next) (?P<unit>week|month|year)\b")
AGO = re.compile(rf"\b(?P<n>\d{{1,3}}|an?|{'|'.join(NUMBERS)}) (?P<unit>day|week|month|year)s? ago\b")


@dataclass(frozen=True)
class Moment:
    """`edtf` is None for words without a date ("soon", basis open)."""

    edtf: str | None
    basis: str


@dataclass(frozen=True)
class Published:
    """The days on which the article may have been published; None where that is not known."""

    first: date | None
    last: date | None

    @property
    def day(self) -> date | None:
        return self.first if self.first == self.last else None

    def month(self, step: int = 0) -> str | None:
        """ "2017-08": the month of publication moved by `step`, where it is certain which."""
        if self.first is None or self.last is None or (self.first.year, self.first.month) != (self.last.year, self.last.month):
            return None
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + step, 12)
        return f"{year:04}-{month + 1:02}" if MINYEAR <= year <= MAXYEAR else None

    def year(self, step: int = 0) -> str | None:
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        year = self.first.year + step
        return f"{year:04}" if MINYEAR <= year <= MAXYEAR else None


def resolve(words: str, published: Published) -> Moment | None:
    """The reading of the words, or None where they name no time that could be worked out."""
    text = " ".join(words.lower().split())
    if match := next(filter(None, (pattern.search(text) for pattern in DATES)), None):
        year = match["year"]
        return dated(int(year) if year else None, month_of(match["month"]), int(match["day"]), published)
    for reader in READERS:
        if found := reader(text, published):
            return found
    return None


def month_of(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.index(word[:3]) + 1


def dated(year: int | None, month: int, day: int, published: Published) -> Moment | None:
    """A day; without a year, that of the last such day before the article."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is not None:
        return Moment(f"{year:04}-{month:02}-{day:02}", "stated") if is_day(year, month, day) else None
    found = latest_year(month, day, published)
    if found is None:
        return None
    return Moment(f"{sure(found, published)}-{month:02}-{day:02}", basis(published))


def latest_year(month: int, day: int, published: Published) -> int | None:
    """The last year in which such a day is not after publication; 29 February needs a leap year."""
    if published.last is None:
        return None
    for year in range(published.last.year, published.last.year - 9, -1):
        if is_day(year, month, day) and date(year, month, day) <= published.last:
            return year
    return None


def is_day(year: int, month: int, day: int) -> bool:
    return year >= MINYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def sure(year: int, published: Published) -> str:
    """Where the publication date is itself a range, the year is inferred."""
    return f"{year:04}" if published.day else f"{year:04}?"


def basis(published: Published) -> str:
    return "resolved" if published.day else "inferred"


def month_only(text: str, published: Published) -> Moment | None:
    match = MONTH_ONLY.search(text)
    if match is None or (match["month"] == "may" and not (match["year"] or match["part"])):
        return None
    month, stated = month_of(match["month"]), match["year"]
    year = int(stated) if stated else latest_year(month, 1, published)
    if year is None or year < MINYEAR:
        return None
    written = f"{year:04}" if stated else sure(year, published)
    edtf = f"{written}-{month:02}"
    if match["part"]:
        first, last = PARTS[match["part"]]
        last = min(last, monthrange(year, month)[1])
        edtf = f"{edtf}-{first:02}~/{edtf}-{last:02}~"
    return Moment(edtf, "stated" if stated else basis(published))


def half_year(text: str, published: Published) -> Moment | None:
    match = HALF.search(text)
    if match is None:
        return None
    first, last = (1, 6) if match["half"] == "first" else (7, 12)
    return Moment(f"{match['year']}-{first:02}/{match['year']}-{last:02}", "stated")


def year_only(text: str, published: Published) -> Moment | None:
    match = YEAR_ONLY.search(text)
    return Moment(match["year"], "stated") if match else None


def near_day(text: str, published: Published) -> Moment | None:
    """Yesterday, or the last Monday before the article; where the day of publication is known."""
    if published.day is None:
        return None
    for word, step in NEAR.items():
        if re.search(rf"\b{word}\b", text):
            return moved(published.day, timedelta(step))
    match = WEEKDAY.search(text)
    if match is None:
        return None
    back = (published.day.weekday() - DAYS.index(match["name"])) % 7
    return moved(published.day, timedelta(-(back or 7 * ("last" in text))))


def moved(day: date, by: timedelta) -> Moment | None:
    try:
        return Moment((day + by).isoformat(), "resolved")
    except OverflowError:
        return None


def relative(text: str, published: Published) -> Moment | None:
    if match := RELATIVE.search(text):
        return stepped(match["unit"], {"last": -1, "this": 0, "next": 1}[match["which"]], published)
    if match := AGO.search(text):
        n = match["n"]
        count = 1 if n in ("a", "an") else int(n) if n.isdigit() else NUMBERS.index(n)
        return stepped(match["unit"], -count, published)
    return None


def stepped(unit: str, step: int, published: Published) -> Moment | None:
    """A day, week, month or year so many before or after that of the article."""
    if unit in ("month", "year"):
        edtf = published.month(step) if unit == "month" else published.year(step)
        return Moment(edtf, basis(published)) if edtf else None
    if published.day is None:
        return None
    if unit == "day":
        return moved(published.day, timedelta(step))
    monday = moved(published.day, timedelta(7 * step - published.day.weekday()))
    sunday = moved(published.day, timedelta(7 * step - published.day.weekday() + 6))
    return Moment(f"{monday.edtf}/{sunday.edtf}", "resolved") if monday and sunday else None


def without_date(text: str, published: Published) -> Moment | None:
    return Moment(None, "open") if OPEN.search(text) else None


READERS: tuple[Callable[[str, Published], Moment | None], ...] = (
    half_year,
    month_only,
    relative,
    near_day,
    year_only,
    without_date,
)
