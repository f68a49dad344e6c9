"""Values of figures as ranges on a logarithmic axis, one row each with its source: nothing is averaged, open ends are arrows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from corpus.plots.elements import SvgElement, element, group, link, path, text
from corpus.plots.frame import WIDTH, KeyEntry, along, key, more, name, plot, within_limit
from corpus.plots.lettering import BOLD, SMALL, shortened
from corpus.plots.scales import NumberScale, number_scale, number_ticks, within_reach
from corpus.plots.shapes import RADIUS, THICKNESS, TIP, outline

LEFT, RIGHT, VALUES = 220.0, 760.0, 780.0  # pixels: of the axis, and where the values begin
AXIS, ROW = 44.0, 24.0
SHORTEST, REACH = 2 * RADIUS, 26.0  # pixels of a bar; of the arrow beyond the end of a value that is open
MOST = 130


class Precision(StrEnum):
    """How exact a value is stated to be."""

    EXACT = "exact"  # filled
    APPROXIMATE = "approximate"  # hollow
    VAGUE = "vague"  # hollow and dashed


class FigureRange(NamedTuple):
    """From `low` to `high`, None without bound. `value`: in words, as “more than 20”; `label` is read aloud."""

    source: str
    value: str
    label: str
    href: str
    low: Decimal | None
    high: Decimal | None
    precision: Precision = Precision.EXACT


def ranges(figures: Sequence[FigureRange], axis: str, label: str) -> SvgElement:
    """Figures in their order. `axis`: what the numbers count, as “people” or “CNY per month”."""
    values = [float(end) for figure in figures for end in (figure.low, figure.high) if end is not None]
    scale = number_scale(values, LEFT + REACH, RIGHT - REACH)
    drawing = within_limit(lambda most: draw(figures, scale, axis, label, most), MOST)
    return along(drawing, scale) if values else drawing


def draw(figures: Sequence[FigureRange], scale: NumberScale, axis: str, label: str, most: int) -> SvgElement:
    shown = figures[:most]
    end = AXIS + ROW * len(shown) + 4
    rows = [draw_row(figure, scale, AXIS + ROW * (at + 0.5) + 2) for at, figure in enumerate(shown)]
    has_numbers = any(figure.low is not None or figure.high is not None for figure in shown)
    lines = number_axis(scale, axis, end) if has_numbers else []
    notes = [text(0, end + 16, more(len(figures) - len(shown), "figures"), "note")] if len(figures) > len(shown) else []
    if not figures:
        notes = [text(0, 20, "No figures", "note")]
    drawn, height = key(key_entries(shown), LEFT, end + 14, WIDTH)
    return plot(label, end + 14 + max(height, 20 * len(notes)), *lines, *rows, *notes, drawn)


def draw_row(figure: FigureRange, scale: NumberScale, y: float) -> SvgElement:
    """The source, the range and the value in words."""
    source = text(0, y + 4, shortened(figure.source, LEFT - 12, BOLD), "name")
    value = text(VALUES, y + 4, shortened(figure.value, WIDTH - VALUES), "value")
    rule = element("path", class_="rule", d=path("M", 0, y + ROW / 2, "H", WIDTH))
    return group(rule, link(figure.href, name(figure.label), source, draw_range(figure, scale, y), value))


def draw_range(figure: FigureRange, scale: NumberScale, y: float) -> SvgElement:
    """A dot for one number, an arrow where an end is open, and over the whole axis where both are."""
    opens = figure.low is None, figure.high is None
    if figure.low is not None and figure.low == figure.high:
        return element("circle", class_=figure.precision, cx=position(figure.low, scale), cy=y, r=RADIUS)
    left = LEFT if figure.low is None else position(figure.low, scale)
    right = RIGHT if figure.high is None else position(figure.high, scale)
    missing = SHORTEST + TIP - (right - left)
    if missing > 0:
        left, right = left - missing / 2, right + missing / 2
    return element("path", class_=figure.precision, d=outline(left, right, y, THICKNESS, opens))


def position(value: Decimal, scale: NumberScale) -> float:
    return scale.x(within_reach(float(value)))


def number_axis(scale: NumberScale, axis: str, end: float) -> list[SvgElement]:
    """Lines through the rows at round numbers; what is counted above. A linear part around zero is said."""
    title = f"{axis}, logarithmic" + (f" beyond ±{scale.threshold:g}" if scale.threshold else "")
    drawn = [text(LEFT, 12, shortened(title, WIDTH - LEFT, SMALL), "tick")]
    for tick in number_ticks(scale):
        look = "zero" if tick.label == "0" else "grid"
        drawn.append(element("path", class_=look, d=path("M", tick.x, AXIS - 6, "V", end)))
        drawn.append(text(tick.x, AXIS - 12, tick.label, "tick", "middle"))
    return drawn


def key_entries(figures: Sequence[FigureRange]) -> list[KeyEntry]:
    used = {figure.precision for figure in figures}
    bars = [precision for precision in Precision if precision in used]
    shape = outline(0, 18, 6, THICKNESS, (False, False))
    entries = [KeyEntry(element("path", class_=precision, d=shape), precision) for precision in bars]
    if any(figure.low is None or figure.high is None for figure in figures):
        entries.append(
            KeyEntry(element("path", class_="exact", d=outline(0, 18, 6, THICKNESS, (False, True))), "open: no limit stated")
        )
    return entries
