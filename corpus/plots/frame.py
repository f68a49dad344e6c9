"""What all plots share: the root element, the limit of their size, the key below them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from corpus.plots.elements import SvgElement, element, group, markup, number, text
from corpus.plots.lettering import SMALL, one_line, shortened, width
from corpus.plots.scales import DayScale, NumberScale

WIDTH = 960.0
LIMIT = 60_000  # bytes
ROOM = 51_000  # of them for what is drawn on a page: with attributes in place of classes it is up to a sixth more
KEY_LINE, SAMPLE = 20, 26  # pixels: of the key, and of the sample before its words
NOTE = 24  # pixels: of a line below the plot
NAME_LENGTH = 300  # characters of what is read aloud of one thing


class KeyEntry(NamedTuple):
    """A sample, drawn in a box of 18 × 12 pixels, and its words."""

    sample: SvgElement
    words: str


def plot(label: str, height: float, *children: SvgElement, right: float = WIDTH) -> SvgElement:
    """The root. An `img` hides what is in it from screen readers, so it is one only where nothing in it can be reached."""
    role = "group" if any(map(has_links, children)) else "img"
    return element(
        "svg",
        *children,
        class_="plot" if right <= WIDTH else "plot wide",
        role=role,
        aria_label=one_line(label),
        viewBox=f"0 0 {right:.0f} {height:.0f}",
        width=round(right),
        height=round(height),
    )


def empty(words: str) -> SvgElement:
    """The plot of an answer in which there is nothing to draw, which it says."""
    return plot(words, NOTE, text(0, NOTE - 8, words, "note"))


def along(drawing: SvgElement, scale: DayScale | NumberScale) -> SvgElement:
    """The plot, which says where its axis begins and ends, so that a script knows what lies at a point. Files do not have it."""
    if isinstance(scale, DayScale):
        ends: dict[str, str] = {
            f"data-{name}": date.fromordinal(day).isoformat() for name, day in (("from", scale.start), ("to", scale.end - 1))
        }
    else:
        ends = {"data-low": str(scale.low), "data-high": str(scale.high), "data-threshold": str(scale.threshold)}
    sides = {"data-left": number(scale.left), "data-right": number(scale.right)}
    return SvgElement(drawing.name, drawing.attributes | ends | sides, drawing.children)


def noted(drawing: SvgElement, words: str) -> SvgElement:
    """The plot with a line of words below it."""
    height = float(drawing.attributes["height"])
    right = drawing.attributes["width"]
    attributes = drawing.attributes | {"height": f"{height + NOTE:.0f}", "viewBox": f"0 0 {right} {height + NOTE:.0f}"}
    return SvgElement(drawing.name, attributes, (*drawing.children, text(0, height + NOTE - 8, words, "note")))


def has_links(root: SvgElement) -> bool:
    return root.name == "a" or any(has_links(child) for child in root.children if isinstance(child, SvgElement))


def within_limit(draw: Callable[[int], SvgElement], most: int) -> SvgElement:
    """The plot `draw(n)` of the greatest n, `most` at the most, that stays within the limit."""
    while True:
        drawing = draw(most)
        size = len(markup(drawing).encode())
        if size <= ROOM or most <= 0:
            return drawing
        most = min(most - 1, int(most * ROOM / size * 0.97))


def name(words: str) -> str:
    """What is read aloud, and shown by a pointer that rests."""
    words = one_line(words)
    return words if len(words) <= NAME_LENGTH else words[: NAME_LENGTH - 1] + "…"


def more(count: int, what: str) -> str:
    """ "and 1,200 more events"."""
    return f"and {count:,} more {what}"


def key(entries: list[KeyEntry], x: float, y: float, right: float) -> tuple[SvgElement, float]:
    """The lines of the key and how high they are."""
    drawn: list[SvgElement] = []
    at, line = x, 0
    for entry in entries:
        words = shortened(entry.words, right - x - SAMPLE, SMALL)
        room = SAMPLE + width(words, SMALL) + 22
        if at > x and at + room > right:
            at, line = x, line + 1
        top = y + line * KEY_LINE
        drawn.append(group(entry.sample, transform=f"translate({at:.0f} {top:.0f})"))
        drawn.append(text(at + SAMPLE, top + 10, words, "note"))
        at += room
    return group(*drawn), (line + 1) * KEY_LINE if entries else 0
