"""Days counted by step of the calendar, where there are too many of them to be drawn one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from corpus.plots.elements import SvgElement, element, link, text
from corpus.plots.frame import name
from corpus.plots.lettering import SMALL, width
from corpus.plots.scales import DayScale, beginnings, calendar_step, day_words, length

TALLEST, LABEL_ROOM = 40.0, 16.0  # pixels: of a bar, and of the count above it
NARROWEST = 14.0  # pixels of a bar


@dataclass(frozen=True, slots=True)
class Bin:
    """The days [start, end) as ordinals, and how many things begin on them."""

    start: int
    end: int
    count: int


def bin_edges(scale: DayScale, lanes: int, most: int) -> list[int]:
    """The fewer lanes are counted, the finer: about `most` bins of all lanes together."""
    pixels = max(NARROWEST, (scale.right - scale.left) * min(1, lanes / max(1, most)))
    inner = beginnings(calendar_step(scale, pixels), scale.start + 1, scale.end)
    return [scale.start, *inner, scale.end]


def fill_bins(days: list[int], edges: list[int]) -> list[Bin]:
    """Those in which there is something."""
    counts = Counter[int]()
    for day, count in Counter(days).items():
        counts[bisect_right(edges, day) - 1] += count
    return [Bin(edges[at], edges[at + 1], count) for at, count in sorted(counts.items())]


def bin_bars(filled: list[Bin], scale: DayScale, lane: str, address: Callable[[date, date], str] | None) -> list[SvgElement]:
    """Bars over 0, each lane to its own scale. The count is above each bar if all have room for it, else above the greatest."""
    greatest = max(filled, key=lambda each: each.count)
    has_all = all(width(f"{each.count:,}", SMALL) < scale.x(each.end) - scale.x(each.start) for each in filled)
    drawn = []
    for each in filled:
        left, right = scale.x(each.start) + 0.5, scale.x(each.end) - 0.5
        height = length(each.count, greatest.count, TALLEST)
        top = LABEL_ROOM + TALLEST - height
        parts = [element("rect", class_="count", x=left, y=top, width=right - left, height=height)]
        if has_all or each is greatest:
            parts.append(text((left + right) / 2, top - 4, f"{each.count:,}", "note", "middle"))
        first, last = date.fromordinal(each.start), date.fromordinal(each.end - 1)
        days = day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"
        href = address(first, last) if address else ""
        drawn.append(link(href, name(f"{each.count:,} from {days}: {lane}"), *parts))
    return drawn
