"""Counts of one dimension as bars, with the number at the end of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.plots.elements import SvgElement, element, link, text
from corpus.plots.frame import WIDTH, more, name, plot, within_limit
from corpus.plots.lettering import BOLD, shortened
from corpus.plots.scales import length

LEFT, RIGHT = 220.0, WIDTH - 80  # pixels: of the bars; beyond are the numbers
ROW, THICKNESS = 26.0, 16.0
MOST = 130


@dataclass(frozen=True, slots=True)
class CountBar:
    """`label` is read aloud."""

    value: str
    count: int
    label: str
    href: str


def bars(counts: Sequence[CountBar], label: str) -> SvgElement:
    """In their order, from zero."""
    return within_limit(lambda most: draw(counts, label, most), MOST)


def draw(counts: Sequence[CountBar], label: str, most: int) -> SvgElement:
    shown = counts[:most]
    greatest = max((each.count for each in counts), default=0)
    rows = [draw_bar(each, ROW * at, greatest) for at, each in enumerate(shown)]
    end = ROW * len(rows)
    base = element("path", class_="zero", d=f"M{LEFT:.0f} 0V{end:.0f}")
    notes = [text(0, end + 16, more(len(counts) - len(shown), "values"), "note")] if len(counts) > len(shown) else []
    if not counts:
        notes = [text(0, 16, "No counts", "note")]
    return plot(label, end + 24 * len(notes), *rows, *([base] if rows else []), *notes)


def draw_bar(each: CountBar, y: float, greatest: int) -> SvgElement:
    long = length(each.count, greatest, RIGHT - LEFT)
    middle = y + ROW / 2
    return link(
        each.href,
        name(each.label),
        text(LEFT - 10, middle + 4, shortened(each.value, LEFT - 16, BOLD), "name", "end"),
        element("rect", class_="count", x=LEFT, y=middle - THICKNESS / 2, width=long, height=THICKNESS),
        text(LEFT + long + 7, middle + 4, f"{each.count:,}", "value"),
    )
