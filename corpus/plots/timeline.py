"""A timeline: a lane for each type of event, bars for spans of days, dots for single days, and what is undated in a lane of its own."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.plots.elements import SvgElement, element, group, path, text
from corpus.plots.frame import WIDTH, KeyEntry, along, key, plot, within_limit
from corpus.plots.lanes import HATCH, Band, DatedItem, Lane, OneByOne, bands, undated_band
from corpus.plots.lettering import BOLD, SMALL, one_line, shortened, width
from corpus.plots.scales import DayScale, day_scale, day_ticks
from corpus.plots.shapes import TONES, Tone, bar, dot, hatching

LEFT, RIGHT, NUMBERS = 190.0, WIDTH - 12, 172.0  # pixels: of the days, and where the number beside a lane's name ends
AXIS, PADDING = 40.0, 9.0  # pixels: the height of the axis, and above and below a lane
MOST_LANES, MOST_MARKS = 24, 130


def timeline(lanes: Sequence[Lane], label: str, one_by_one: OneByOne = list) -> SvgElement:
    """Lanes in their order, items by their days. `label`: one sentence for screen readers; `one_by_one`: asked only of what is not counted.

    One of it to a page: its pattern has an id.
    """
    dated = few_lanes([Lane(lane.name, [item for item in lane.items if item.first or item.last], lane.address) for lane in lanes])
    undated = [item for lane in lanes for item in lane.items if item.first is None and item.last is None]
    days = {day for lane in dated for item in lane.items for day in (item.first, item.last) if day}
    scale = day_scale(min(days, default=None), max(days, default=None), LEFT, RIGHT)
    drawing = within_limit(lambda most: draw(dated, undated, scale, label, most, one_by_one), MOST_MARKS)
    return along(drawing, scale) if days else drawing


def few_lanes(lanes: list[Lane]) -> list[Lane]:
    """Without empty ones. Where there are too many, those with the fewest items become one."""
    lanes = [lane for lane in lanes if lane.items]
    if len(lanes) <= MOST_LANES:
        return lanes
    busiest = sorted(range(len(lanes)), key=lambda at: (-len(lanes[at].items), at))[: MOST_LANES - 1]
    rest = [lane for at, lane in enumerate(lanes) if at not in busiest]
    others = [item for lane in rest for item in lane.items]
    return [*(lanes[at] for at in sorted(busiest)), Lane(f"{len(rest)} other types", others)]


def draw(lanes: list[Lane], undated: list[DatedItem], scale: DayScale, label: str, most: int, one_by_one: OneByOne) -> SvgElement:
    """With at most so many items drawn one by one."""
    dots = min(len(undated), max(most // 3, most - sum(len(lane.items) for lane in lanes)))
    of_lanes = bands(lanes, scale, most - dots, bins=most, one_by_one=one_by_one)
    drawn = [(lane.name, len(lane.items), band) for lane, band in zip(lanes, of_lanes, strict=True)]
    start = y = AXIS if lanes else 0.0
    if undated:
        drawn.append(("Undated", len(undated), undated_band(undated, LEFT, RIGHT, dots, one_by_one)))
    rows: list[SvgElement] = []
    for title, count, band in drawn:
        rows.append(group(*lane_head(title, count), shifted(band.children, PADDING), transform=f"translate(0 {y:.0f})"))
        y += band.height + 2 * PADDING
        if len(rows) == len(lanes):
            axis_end = y
    axis = day_axis(scale, start, axis_end) if lanes else []
    entries, height = key(key_entries([band for *_, band in drawn]), LEFT, y + 16, WIDTH)
    empty = [] if drawn else [text(0, 20, "No events", "note")]
    return plot(label, max(30, y + 16 + height), hatching(HATCH), *axis, *rows, entries, *empty)


def shifted(children: list[SvgElement], y: float) -> SvgElement:
    return group(*children, transform=f"translate(0 {y:.0f})")


def lane_head(title: str, count: int) -> list[SvgElement]:
    """The rule above, the name and the number of items."""
    number = f"{count:,}"
    words = shortened(title, NUMBERS - width(number, SMALL) - 8, BOLD)
    shown = text(0, PADDING + 12, words, "name")
    if words != one_line(title):
        shown = group(element("title", one_line(title)), shown)
    rule = element("path", class_="rule", d=path("M", 0, 0, "H", WIDTH))
    return [rule, shown, text(NUMBERS, PADDING + 12, number, "note", "end")]


def day_axis(scale: DayScale, start: float, end: float) -> list[SvgElement]:
    """Lines through the lanes at the beginnings of days, months or years, with their names above and, of a tall plot, below."""
    drawn = []
    for tick in day_ticks(scale):
        drawn.append(element("path", class_="grid", d=path("M", tick.x, start - 15, "V", end)))
        if tick.x + 4 + width(tick.label, SMALL) > WIDTH:
            continue
        drawn.append(text(tick.x + 4, start - 6, tick.label, "tick"))
        if tick.above:
            drawn.append(text(tick.x + 4, start - 22, tick.above, "year"))
    return drawn


def key_entries(drawn: list[Band]) -> list[KeyEntry]:
    """What the shapes mean that are drawn."""
    items = [item for band in drawn for item in band.items]
    dated = [item for item in items if item.first or item.last]
    tones = {item.tone for item in items if not item.is_inferred}
    inferred = {item.tone for item in dated if item.is_inferred}
    entries = [KeyEntry(dot(9, 6, tone), TONES[tone]) for tone in Tone if tone in tones | inferred]
    entries += [
        KeyEntry(dot(9, 6, tone, is_inferred=True, hatch=HATCH), f"{TONES[tone]}, day inferred")
        for tone in Tone
        if tone in inferred
    ]
    if any(item.first is None or item.last is None for item in dated):
        arrow = bar(0, 18, 6, Tone.HAPPENED, opens=(False, True), is_inferred=False, hatch=HATCH)
        entries.append(KeyEntry(arrow, "open: beginning or end not known"))
    if any(band.is_counted for band in drawn):
        bars = element("path", class_="count", d="M2 12V6h4v6zM7 12V0h4v12zM12 12V4h4v8z")
        entries.append(KeyEntry(bars, "number of events by their first day, each lane to its own scale"))
    return entries
