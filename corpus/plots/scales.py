"""From days and numbers to pixels, and the ticks of an axis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import ceil, copysign, floor, log10
from typing import NamedTuple

LAST = date.max.toordinal()
FEWEST_DAYS = 7
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Tick(NamedTuple):
    """`above`: a second line, where a new year begins."""

    x: float
    label: str
    above: str = ""


# Days


class DayScale(NamedTuple):
    """Days as ordinals; `end` is the day after the last one."""

    start: int
    end: int
    left: float
    right: float

    def x(self, day: float) -> float:
        """The edge at which a day begins."""
        return self.left + (day - self.start) * self.breadth

    @property
    def breadth(self) -> float:
        """Pixels of one day."""
        return (self.right - self.left) / (self.end - self.start)


class CalendarStep(NamedTuple):
    """So many days, months or years."""

    unit: str
    size: int

    @property
    def days(self) -> float:
        return self.size * {"day": 1, "month": 30.44, "year": 365.25}[self.unit]


STEPS = [
    *(CalendarStep("day", size) for size in (1, 2, 7, 14)),
    *(CalendarStep("month", size) for size in (1, 3, 6)),
    *(CalendarStep("year", digit * power) for power in (1, 10, 100, 1000) for digit in (1, 2, 5)),
]


def day_scale(first_day: date | None, last_day: date | None, left: float, right: float) -> DayScale:
    """Holds both, with a little air, and a week at least."""
    first, last = (day.toordinal() if day else 1 for day in (first_day, last_day))
    missing = max(FEWEST_DAYS - (last - first + 1), 2 * round((last - first) * 0.02))
    start = max(1, first - missing // 2)
    end = min(LAST, max(last + (missing + 1) // 2, start + FEWEST_DAYS - 1)) + 1
    return DayScale(min(start, end - FEWEST_DAYS), end, left, right)


def calendar_step(scale: DayScale, pixels: float) -> CalendarStep:
    """The smallest one that is so many pixels wide."""
    return next((step for step in STEPS if step.days * scale.breadth >= pixels), STEPS[-1])


def beginnings(step: CalendarStep, start: int, end: int) -> Iterator[int]:
    """The days of [start, end) on which a step begins. Weeks begin on Monday, as the calendar's first day is one."""
    if step.unit == "day":
        yield from range(start + -(start - 1) % step.size, end, step.size)
        return
    months = step.size * (12 if step.unit == "year" else 1)
    first = date.fromordinal(start)
    for month in range(ceil((first.year * 12 + first.month - 1) / months) * months, 12 * 10_000, months):
        day = date(max(1, month // 12), month % 12 + 1, 1).toordinal()
        if day >= end:
            return
        if day >= start:
            yield day


def step_label(step: CalendarStep, day: date) -> str:
    if step.unit == "year":
        return str(day.year)
    return MONTHS[day.month - 1] if step.unit == "month" else f"{day.day} {MONTHS[day.month - 1]}"


def day_ticks(scale: DayScale, pixels: float = 64) -> list[Tick]:
    """At least so many pixels apart. Where labels have no year, the first one of each year has it above."""
    step = calendar_step(scale, pixels)
    ticks: list[Tick] = []
    year = 0
    for ordinal in beginnings(step, scale.start, scale.end):
        day = date.fromordinal(ordinal)
        above = "" if step.unit == "year" or day.year == year else str(day.year)
        ticks.append(Tick(scale.x(ordinal), step_label(step, day), above))
        year = day.year
    return ticks


def day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# Numbers


class NumberScale(NamedTuple):
    """Logarithmic. With a `threshold`, the part from −threshold to threshold is linear and as wide as one decade: zero has no logarithm."""

    low: float
    high: float
    left: float
    right: float
    threshold: float = 0

    def x(self, value: float) -> float:
        low, high = self.decades(self.low), self.decades(self.high)
        return self.left + (self.decades(value) - low) / (high - low) * (self.right - self.left)

    def decades(self, value: float) -> float:
        if not self.threshold:
            return log10(value)
        size = abs(value) / self.threshold
        return (1 if value > 0 else -1) * (size if size <= 1 else 1 + log10(size))


FAR = 1e150  # beyond, quotients are no longer floats


def number_scale(values: list[float], left: float, right: float) -> NumberScale:
    """Holds all of them between two round numbers."""
    values = [within_reach(value) for value in values] or [1.0]
    low, high = min(values), max(values)
    if low > 0:
        return NumberScale(round_below(low), round_above(high), left, right)
    threshold = float(f"1e{floor(log10(min((abs(value) for value in values if value), default=1.0)))}")
    low, high = -round_above(-low) if low < 0 else 0.0, round_above(high) if high > 0 else 0.0
    return NumberScale(low, high if high > low else threshold, left, right, threshold)


def within_reach(value: float) -> float:
    """What is farther from zero, or nearer, than floats can reckon with is as far, or as near, as that."""
    return copysign(max(1 / FAR, min(FAR, abs(value))), value) if value else 0.0


def round_below(value: float) -> float:
    """The next smaller one of 1, 2, 5, 10, 20 … It is smaller, so that nothing lies at the very edge."""
    power = floor(log10(value))
    return max(each for size in (power - 1, power) for digit in "125" if (each := float(f"{digit}e{size}")) < value)


def round_above(value: float) -> float:
    power = floor(log10(value))
    return min(each for size in (power, power + 1) for digit in "125" if (each := float(f"{digit}e{size}")) > value)


def number_ticks(scale: NumberScale, pixels: float = 60) -> list[Tick]:
    """The densest set of round numbers whose labels are at least so far apart."""
    values: list[float] = []
    for digits in ("123456789", "125", "1"):
        values = round_numbers(scale, digits)
        if all(after - before >= pixels for before, after in pairwise(map(scale.x, values))):
            break
    else:
        values = thinned(values, scale, pixels)
    return [Tick(scale.x(value), amount(value)) for value in values]


def round_numbers(scale: NumberScale, digits: str) -> list[float]:
    """Those of the scale, in order: one of the digits × each power of ten, their negatives, and zero."""
    sizes = [abs(value) for value in (scale.low, scale.high) if value]
    smallest = scale.threshold or min(sizes)
    powers = range(floor(log10(smallest) + 1e-9), floor(log10(max(sizes)) + 1e-9) + 1)
    positive = [float(f"{digit}e{power}") for power in powers for digit in digits]
    values = [-value for value in reversed(positive)] + [0.0] * bool(scale.threshold) + positive
    return [value for value in values if scale.low - 1e-9 * abs(scale.low) <= value <= scale.high * (1 + 1e-9)]


def thinned(values: list[float], scale: NumberScale, pixels: float) -> list[float]:
    """From zero outwards, or from the smallest, those that are far enough from the one before."""
    start = next((at for at, value in enumerate(values) if value >= 0), len(values) - 1)
    kept = [values[start]]
    for value in values[start + 1 :]:
        if scale.x(value) - scale.x(kept[-1]) >= pixels:
            kept.append(value)
    for value in reversed(values[:start]):
        if scale.x(kept[0]) - scale.x(value) >= pixels:
            kept.insert(0, value)
    return kept


NAMED = {12: "trillion", 9: "billion", 6: "million"}


def amount(value: float) -> str:
    """12,000 · 1.5 million · 0.02 · 1e+15."""
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return f"{value:.3g}".replace("-", "−")
    for power, name in NAMED.items():
        if size >= 10**power:
            return f"{value / 10**power:,.3g} {name}".replace("-", "−")
    return (f"{value:,.0f}" if size >= 100 or value % 1 == 0 else f"{value:.3g}").replace("-", "−")


def length(count: float, most: float, pixels: float, least: float = 2) -> float:
    """Of a bar that shows a count: in proportion, and to be seen."""
    return max(least, pixels * count / most) if count and most else 0
