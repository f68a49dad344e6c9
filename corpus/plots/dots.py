"""Values between 0 and 1 as dots, one below the other, each with its interval, and lines down at values to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.plots.curves import Level
from corpus.plots.elements import SvgElement, element, group, path, text
from corpus.plots.frame import WIDTH, more, name, plot, within_limit
from corpus.plots.lettering import BOLD, shortened

LEFT, RIGHT, TOP = 330.0, WIDTH - 60, 36.0  # pixels
ROW = 26.0
TICKS = 5
MOST = 100


@dataclass(frozen=True, slots=True)
class Dot:
    """`low` and `high`: of the interval, if there is one; `words` are read aloud."""

    name: str
    value: float
    low: float | None
    high: float | None
    words: str


def dots(values: Sequence[Dot], label: str, levels: Sequence[Level] = ()) -> SvgElement:
    """In their order. What is below 0 stands at 0."""
    return within_limit(lambda most: draw(values, label, levels, most), MOST)


def draw(values: Sequence[Dot], label: str, levels: Sequence[Level], most: int) -> SvgElement:
    shown = values[:most]
    end = TOP + ROW * len(shown)
    rows = [draw_dot(each, TOP + ROW * at + ROW / 2) for at, each in enumerate(shown)]
    notes = [text(0, end + 32, more(len(values) - len(shown), "values"), "note")] if len(values) > len(shown) else []
    return plot(label, end + 20 + 20 * len(notes), *axis(end), *(down(each, end) for each in levels), *rows, *notes)


def x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, value))


def axis(end: float) -> list[SvgElement]:
    shapes = []
    for at in range(TICKS + 1):
        left = x(at / TICKS)
        shapes.append(element("path", class_="grid" if at else "zero", d=path("M", left, TOP, "V", end)))
        shapes.append(text(left, end + 16, f"{at / TICKS:g}", "tick", "middle"))
    return shapes


def down(level: Level, end: float) -> SvgElement:
    left = x(level.value)
    return group(
        element("title", name(level.words)),
        element("path", class_="stripe", d=path("M", left, TOP - 8, "V", end)),
        text(left, TOP - 14, f"{level.value:.3f}", "caption", "middle"),
    )


def draw_dot(each: Dot, y: float) -> SvgElement:
    shapes = [element("title", name(each.words)), text(LEFT - 10, y + 4, shortened(each.name, LEFT - 16, BOLD), "name", "end")]
    if each.low is not None and each.high is not None:
        shapes.append(element("path", class_="zero", d=path("M", x(each.low), y, "H", x(each.high))))
    shapes.append(element("circle", class_="exact", cx=x(each.value), cy=y, r=4))
    shapes.append(text(RIGHT + 8, y + 4, f"{each.value:.3f}", "value"))
    return group(*shapes)
