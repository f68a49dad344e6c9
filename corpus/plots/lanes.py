"""The lanes of a timeline: each drawn from its own top, its items one by one where there is room, else counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from corpus.plots.bins import LABEL_ROOM, TALLEST, bin_bars, bin_edges, fill_bins
from corpus.plots.elements import SvgElement, link, text
from corpus.plots.frame import more, name
from corpus.plots.lettering import SMALL, shortened, width
from corpus.plots.scales import DayScale
from corpus.plots.shapes import RADIUS, Tone, bar, dot
from corpus.plots.stacking import RowSpan, stack

ROW, CAPTION_ROW = 15.0, 20.0  # pixels
MOST_ROWS, MOST_CAPTION_ROWS = 8, 6  # of a lane; what needs more is counted
SHORTEST = 2 * RADIUS  # pixels of a bar
CAPTION_GAP, LONGEST_CAPTION = 7.0, 260.0
UNDATED_STEP, MOST_UNDATED_ROWS = 14.0, 3
HATCH = "timeline-hatch"


class DatedItem(Protocol):
    """What may have been on the days from `first` to `last`, both included; None is not known. It is all that is asked of what is counted."""

    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...


class TimelineItem(DatedItem, Protocol):
    """The same as it is drawn one by one. `label` is read aloud, `caption` drawn."""

    @property
    def label(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def is_inferred(self) -> bool: ...
    @property
    def tone(self) -> Tone: ...
    @property
    def caption(self) -> str: ...


class Lane(NamedTuple):
    """`address`: where its events from one day to another are listed."""

    name: str
    items: Sequence[DatedItem]
    address: Callable[[date, date], str] | None = None


# What the items of a lane are as they are drawn, in their order.
OneByOne = Callable[[Sequence[Any]], Sequence[TimelineItem]]


class Band(NamedTuple):
    """`items`: those that are drawn one by one, for the key."""

    height: float
    children: list[SvgElement]
    items: Sequence[TimelineItem] = ()
    is_counted: bool = False


class Side(Enum):
    """Where the caption of an item is."""

    RIGHT = "right"
    LEFT = "left"
    BELOW = "below"


class ItemBox(NamedTuple):
    """Where an item is drawn, and its caption."""

    left: float
    right: float
    caption: str = ""
    side: Side = Side.RIGHT

    @property
    def reach(self) -> RowSpan:
        """With the caption."""
        more = width(self.caption, SMALL) + CAPTION_GAP if self.caption else 0
        if self.side is Side.BELOW:
            return RowSpan(self.left, max(self.right, self.left + more), 2)
        return RowSpan(self.left - more, self.right) if self.side is Side.LEFT else RowSpan(self.left, self.right + more)


def bands(lanes: Sequence[Lane], scale: DayScale, most: int, bins: int, one_by_one: OneByOne) -> list[Band]:
    """Of lanes whose items have a day. At most so many items are drawn one by one: those of the lanes with the fewest. The others share bins."""
    fewest = sorted(range(len(lanes)), key=lambda at: (len(lanes[at].items), at))
    totals = accumulate(len(lanes[at].items) for at in fewest)
    stacked = {at: stacked_band(lanes[at], scale, one_by_one) for at, total in zip(fewest, totals, strict=True) if total <= most}
    counted = [at for at in range(len(lanes)) if stacked.get(at) is None]
    edges = bin_edges(scale, len(counted), bins)
    return [stacked.get(at) or counted_band(lane, scale, edges) for at, lane in enumerate(lanes)]


def counted_band(lane: Lane, scale: DayScale, edges: list[int]) -> Band:
    # The first day that is known.
    filled = fill_bins([(item.first or item.last or date.min).toordinal() for item in lane.items], edges)
    return Band(LABEL_ROOM + TALLEST, bin_bars(filled, scale, lane.name, lane.address), is_counted=True)


def stacked_band(lane: Lane, scale: DayScale, one_by_one: OneByOne) -> Band | None:
    """By their days; with captions, where these do not need too many rows. None if the items alone do."""
    items = sorted(one_by_one(lane.items), key=lambda item: (item.first or item.last or date.min, item.last or date.max))
    ways = [(True, MOST_CAPTION_ROWS, CAPTION_ROW)] if any(item.caption for item in items) else []
    for has_captions, most, height in [*ways, (False, MOST_ROWS, ROW)]:
        boxes = [item_box(item, scale, has_caption=has_captions) for item in items]
        rows = stack((box.reach for box in boxes), most)
        if rows is not None:
            drawn = [draw_item(item, box, height * (row + 0.5)) for item, box, row in zip(items, boxes, rows, strict=True)]
            return Band(height * max(row + box.reach.rows for box, row in zip(boxes, rows, strict=True)), drawn, items)
    return None


def item_box(item: TimelineItem, scale: DayScale, *, has_caption: bool) -> ItemBox:
    """The caption is at the right, else at the left, else below."""
    left = scale.x(item.first.toordinal()) if item.first else scale.left
    right = scale.x(item.last.toordinal() + 1) if item.last else scale.right
    if right - left < SHORTEST or item.first == item.last:
        middle = (left + right) / 2
        left, right = middle - RADIUS, middle + RADIUS
    if not has_caption or not item.caption:
        return ItemBox(left, right)
    caption = shortened(item.caption, LONGEST_CAPTION, SMALL)
    room = width(caption, SMALL) + CAPTION_GAP
    if right + room <= scale.right:
        return ItemBox(left, right, caption, Side.RIGHT)
    if left - room >= scale.left:
        return ItemBox(left, right, caption, Side.LEFT)
    return ItemBox(left, right, caption, Side.BELOW)


def draw_item(item: TimelineItem, box: ItemBox, y: float) -> SvgElement:
    if item.first is not None and item.first == item.last:
        drawn = dot((box.left + box.right) / 2, y, item.tone, is_inferred=item.is_inferred, hatch=HATCH)
    else:
        opens = item.first is None, item.last is None
        drawn = bar(box.left, box.right, y, item.tone, opens=opens, is_inferred=item.is_inferred, hatch=HATCH)
    return link(item.href, name(item.label), drawn, *([draw_caption(box, y)] if box.caption else []))


def draw_caption(box: ItemBox, y: float) -> SvgElement:
    if box.side is Side.BELOW:
        return text(box.left, y + CAPTION_ROW - 2, box.caption, "caption")
    if box.side is Side.LEFT:
        return text(box.left - CAPTION_GAP, y + 4, box.caption, "caption", "end")
    return text(box.right + CAPTION_GAP, y + 4, box.caption, "caption")


def undated_band(items: Sequence[DatedItem], left: float, right: float, most: int, one_by_one: OneByOne) -> Band:
    """Dots in their order, and how many are not drawn."""
    columns = int((right - left) / UNDATED_STEP)
    shown = one_by_one(items[: min(most, columns * MOST_UNDATED_ROWS)])
    drawn = [
        link(item.href, name(item.label), dot(left + (at % columns + 0.5) * UNDATED_STEP, (at // columns + 0.5) * ROW, item.tone))
        for at, item in enumerate(shown)
    ]
    height = ROW * -(-len(shown) // columns)
    if len(items) > len(shown):
        drawn.append(text(left, height + 12, more(len(items) - len(shown), "undated"), "note"))
        height += ROW + 3
    return Band(height, drawn, shown)
