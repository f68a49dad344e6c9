"""Days, months and years around the day of publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from annotations.dates.reading import INFERRED, RESOLVED

DAYS_OF = {"day": 1, "week": 7}
MONTHS_OF = {"month": 1, "year": 12, "decade": 120}


@dataclass(frozen=True)
class Published:
    """The days on which the article may have been published; None where that is not known."""

    first: date | None
    last: date | None

    @property
    def day(self) -> date | None:
        return self.first if self.first == self.last else None

    @property
    def basis(self) -> str:
        """Of what is worked out from it."""
        return RESOLVED if self.day else INFERRED

    def month(self, step: int = 0) -> tuple[int, int] | None:
        """Year and month of publication, moved by `step`, where it is certain which."""
        if self.first is None or self.last is None or (self.first.year, self.first.month) != (self.last.year, self.last.month):
            return None
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + step, 12)
        return (year, month + 1) if MINYEAR <= year <= MAXYEAR else None

    def year(self, step: int = 0) -> int | None:
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        year = self.first.year + step
        return year if MINYEAR <= year <= MAXYEAR else None


def is_day(year: int, month: int, day: int) -> bool:
    return MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def last_of_month(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def moved(day: date, count: int, unit: str) -> date | None:
    """`count` units later; None where there is no such day (a month after 31 January)."""
    if unit in DAYS_OF:
        try:
            return day + timedelta(count * DAYS_OF[unit])
        except OverflowError:
            return None
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS_OF[unit], 12)
    return date(year, month + 1, day.day) if is_day(year, month + 1, day.day) else None


def week_of(day: date, step: int = 0) -> tuple[date, date] | None:
    """Monday and Sunday of the week that is `step` weeks from that of `day`."""
    monday = moved(day, 7 * step - day.weekday(), "day")
    sunday = monday and moved(monday, 6, "day")
    return (monday, sunday) if monday and sunday else None
