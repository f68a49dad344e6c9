"""Values over days as stepless lines, with days that are told apart, and the days between which a value is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from corpus.plots.elements import SvgElement, element, group, path, text
from corpus.plots.frame import WIDTH, KeyEntry, key, name, plot
from corpus.plots.lettering import SMALL, shortened, width
from corpus.plots.scales import DayScale, amount, day_scale, day_ticks, day_words

LEFT, RIGHT, TOP, HEIGHT = 60.0, WIDTH - 20, 40.0, 220.0  # pixels
LINES = 4  # across, beside the one of zero
LOOKS = ("1", "2", "3")  # of lines and of their dots
WORDS = 120  # pixels, of the name of a day
MOST_DAYS = 12  # that are told apart: further ones have no words


@dataclass(frozen=True, slots=True)
class DayCurve:
    """`points`: by day; `words`: of a point, read aloud."""

    name: str
    points: Sequence[tuple[date, float, str]]


@dataclass(frozen=True, slots=True)
class Level:
    """A line across at a value, such as a target."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Between these days the value is expected to be reached."""

    low: date
    high: date
    value: float
    words: str


def curves(
    drawn: Sequence[DayCurve],
    label: str,
    *,
    top: float = 0,
    outlook: Outlook | None = None,
    events: Sequence[tuple[date, str]] = (),
    levels: Sequence[Level] = (),
) -> SvgElement:
    """From zero to `top`; without it values are counts, and each line across is a whole number. At most three curves."""
    points = [point for curve in drawn for point in curve.points]
    if not points:
        return plot(label, 30, text(0, 20, "No values", "note"))
    days = [day for day, _, _ in points] + ([outlook.low, outlook.high] if outlook else [])
    scale = day_scale(min(days), max(days), LEFT, RIGHT)
    greatest = top or whole(max([value for _, value, _ in points] + ([outlook.value] if outlook else [])))
    inside = [(day, words) for day, words in events if scale.start <= day.toordinal() < scale.end]
    shapes = [*axes(scale, greatest), *day_lines(scale, inside), *across(levels, greatest)]
    shapes += [line(curve, scale, greatest, look) for curve, look in zip(drawn, LOOKS, strict=False)]
    shapes += [whisker(outlook, scale, greatest)] if outlook else []
    entries = [KeyEntry(sample(look), curve.name) for curve, look in zip(drawn, LOOKS, strict=False)]
    if outlook:
        entries.append(KeyEntry(element("path", class_="zero", d="M1 2V10M1 6H17M17 2V10"), outlook.words))
    below, height = key(entries, LEFT, TOP + HEIGHT + 16, WIDTH)
    return plot(label, TOP + HEIGHT + 16 + height, *shapes, below)


def whole(greatest: float) -> float:
    """The next number that the lines across part into whole ones."""
    return max(1, ceil(greatest / LINES)) * LINES


def sample(look: str) -> SvgElement:
    return group(element("path", class_=f"edge-{look}", d="M0 6H18"), element("circle", class_=f"dot-{look}", cx=9, cy=6, r=3))


def y(value: float, greatest: float) -> float:
    return TOP + HEIGHT * (1 - value / greatest)


def axes(scale: DayScale, greatest: float) -> list[SvgElement]:
    shapes = []
    for at in range(LINES + 1):
        value = greatest * at / LINES
        height = y(value, greatest)
        shapes.append(element("path", class_="grid" if at else "zero", d=path("M", LEFT, height, "H", RIGHT)))
        shapes.append(text(LEFT - 8, height + 4, amount(value), "tick", "end"))
    for tick in day_ticks(scale):
        shapes.append(element("path", class_="grid", d=path("M", tick.x, TOP, "V", TOP + HEIGHT)))
        if tick.x + 4 + width(tick.label, SMALL) <= WIDTH:
            shapes.append(text(tick.x + 4, TOP - 6, tick.label, "tick"))
            shapes += [text(tick.x + 4, TOP - 22, tick.above, "year")] if tick.above else []
    return shapes


def line(curve: DayCurve, scale: DayScale, greatest: float, look: str) -> SvgElement:
    """With a dot for each point, which is named."""
    at = [(scale.x(day.toordinal()), y(value, greatest)) for day, value, _ in curve.points]
    steps = [element("path", class_=f"edge-{look}", d=path("M", *before, "L", *after)) for before, after in pairwise(at)]
    dots = [
        group(element("title", name(words)), element("circle", class_=f"dot-{look}", cx=cx, cy=cy, r=3))
        for (cx, cy), (_, _, words) in zip(at, curve.points, strict=True)
    ]
    return group(*steps, *dots)


def whisker(outlook: Outlook, scale: DayScale, greatest: float) -> SvgElement:
    height = y(outlook.value, greatest)
    low, high = scale.x(outlook.low.toordinal()), scale.x(outlook.high.toordinal())
    ends = path("M", low, height - 6, "V", height + 6, "M", low, height, "H", high, "M", high, height - 6, "V", height + 6)
    return group(element("title", name(outlook.words)), element("path", class_="zero", d=ends))


def across(levels: Sequence[Level], greatest: float) -> list[SvgElement]:
    """Words stand above their line, at the left; levels of one value share them."""
    shapes = []
    for value in sorted({level.value for level in levels}):
        height = y(value, greatest)
        words = ", ".join(level.words for level in levels if level.value == value)
        shapes.append(group(element("title", name(words)), element("path", class_="zero", d=path("M", LEFT, height, "H", RIGHT))))
        shapes.append(text(LEFT + 4, height - 4, shortened(words, RIGHT - LEFT, SMALL), "caption"))
    return shapes


def day_lines(scale: DayScale, events: Sequence[tuple[date, str]]) -> list[SvgElement]:
    shapes = []
    for at, (day, words) in enumerate(events):
        x = scale.x(day.toordinal())
        shown = element("path", class_="stripe", d=path("M", x, TOP, "V", TOP + HEIGHT))
        shapes.append(group(element("title", name(f"{day_words(day)}: {words}")), shown))
        if at < MOST_DAYS:
            # Left of its line where there is no room on the right.
            beside, anchor = (x + 3, None) if x + 3 + WORDS <= RIGHT else (x - 3, "end")
            shapes.append(text(beside, TOP + 12 + 14 * (at % 3), shortened(words, WORDS, SMALL), "note", anchor))
    return shapes
