"""A network: who acts on whom, as nodes and arrows. Of more than it can show, `matrix.py` makes a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import NamedTuple

import numpy as np

from corpus.plots.arrows import LOOP, Curve, Point, curve, cut, head, line, loop, without_head
from corpus.plots.elements import SvgElement, element, link, text
from corpus.plots.frame import WIDTH, KeyEntry, key, more, name, plot, within_limit
from corpus.plots.layout import apart, force_layout
from corpus.plots.lettering import SMALL, one_line, width, wrapped

MOST_NODES, MOST_EDGES = 60, 130
FEW_NODES, NAME_ROOM, NARROW_ROOM = (
    30,
    124.0,
    104.0,
)  # pixels of a name, which has two lines at the most, among few and among many
LINE, TALLEST = 14.0, 900.0
LEAST_RADIUS, MORE_RADIUS = 5.0, 6.0
THIN, MORE_WEIGHT = 1.5, 4.5
KINDS = 4  # that have a kind of line of their own; the others share one
LABELLED_EDGES = 40
SAMPLES = 32  # points of a curve that are looked at
GRID = 10.0  # of the positions: what differs by less is the same picture on any machine


class Node(NamedTuple):
    """`label` is read aloud."""

    id: str
    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """From the id of a node to that of another, or of the same one; `count`: how many events of this kind."""

    source: str
    target: str
    kind: str
    count: int
    label: str
    href: str


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class PlacedNode(NamedTuple):
    """Its middle, its radius, the lines of its name below it, and the box around both."""

    node: Node
    x: float
    y: float
    radius: float
    lines: list[str]
    box: Box

    def covers(self, point: Point) -> bool:
        """Whether an arrow would go through the node or its name there."""
        x, y = point
        if self.box.left < x < self.box.right and self.y + self.radius < y < self.box.bottom:
            return True
        return hypot(x - self.x, y - self.y) < self.radius + 2


def is_drawable(nodes: Sequence[Node], edges: Sequence[Edge]) -> bool:
    """Whether they can be told apart as nodes and arrows."""
    return len(nodes) <= MOST_NODES and len(edges) <= MOST_EDGES


def network(nodes: Sequence[Node], edges: Sequence[Edge], label: str) -> SvgElement:
    """The same graph gives the same picture, in whatever order it comes. More than `is_drawable` is refused."""
    if not is_drawable(nodes, edges):
        raise ValueError(f"{len(nodes)} nodes and {len(edges)} edges are too many; draw edge_matrix().")
    nodes = sorted(nodes)
    edges = sorted(edges, key=lambda edge: (-edge.count, edge.source, edge.target, edge.kind))
    if not nodes:
        return plot(label, 30, text(0, 20, "No actors", "note"))
    placed, height = arrange(nodes, edges)
    arrows = draw_edges(placed, edges)
    dots = list(map(draw_node, placed))
    entries = key_entries(edges)
    return within_limit(lambda most: compose(arrows, most, dots, entries, height, label), len(edges))


def arrange(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[list[PlacedNode], float]:
    """The nodes in their places, and the height that they need."""
    numbers = {node.id: number for number, node in enumerate(nodes)}
    events = Counter[str]()
    for edge in edges:
        events.update({edge.source: edge.count, edge.target: edge.count})
    most = max(events.values(), default=1)
    radii = [LEAST_RADIUS + MORE_RADIUS * sqrt(events[node.id] / most) for node in nodes]
    room = NAME_ROOM if len(nodes) <= FEW_NODES else NARROW_ROOM
    names = [wrapped(node.name, room, SMALL) for node in nodes]
    loops = {edge.source for edge in edges if edge.source == edge.target}
    above = [LOOP + LINE if node.id in loops else 4.0 for node in nodes]
    gap = max(12.0, 40 - len(nodes) / 2)
    sizes = np.array([box_size(*each, gap) for each in zip(names, radii, above, strict=True)])
    height = max(160.0, min(TALLEST, float(sizes.prod(axis=1).sum()) * (4.2 - len(nodes) / 28) / WIDTH))
    pairs = [(numbers[edge.source], numbers[edge.target]) for edge in edges]
    middles = force_layout(len(nodes), pairs) * (np.array([WIDTH, height]) - sizes) + sizes / 2
    middles = np.round(apart(middles, sizes, (WIDTH, height)) * GRID) / GRID
    tops = middles[:, 1] - sizes[:, 1] / 2 + np.array(above) + np.array(radii)
    xs, ys = middles[:, 0].tolist(), tops.tolist()
    return [place_node(*each) for each in zip(nodes, xs, ys, radii, names, strict=True)], height


def place_node(node: Node, x: float, y: float, radius: float, lines: list[str]) -> PlacedNode:
    half = max(radius, *(width(words, SMALL) / 2 for words in lines)) + 2
    box = Box(x - half, y - radius - 2, x + half, y + radius + 4 + LINE * len(lines))
    return PlacedNode(node, x, y, radius, lines, box)


def box_size(lines: list[str], radius: float, above: float, gap: float) -> tuple[float, float]:
    """Of a node with its name, and with room for arrows around it."""
    breadth = max(2 * radius, *(width(words, SMALL) for words in lines))
    return breadth + gap, above + 2 * radius + LINE * len(lines) + gap


def compose(
    arrows: list[SvgElement], most: int, nodes: list[SvgElement], entries: list[KeyEntry], height: float, label: str
) -> SvgElement:
    """With the `most` busiest arrows; nodes and names are over them."""
    missing = len(arrows) - most
    notes = [text(0, height + 16, more(missing, "arrows"), "note")] if missing else []
    drawn, below = key(entries, 0, height + 12 + 20 * len(notes), WIDTH)
    return plot(label, height + 16 + 20 * len(notes) + below, *arrows[:most], *nodes, *notes, drawn)


def kinds_of(edges: Sequence[Edge]) -> list[str]:
    """The most frequent first."""
    totals = Counter[str]()
    for edge in edges:
        totals[edge.kind] += edge.count
    return sorted(totals, key=lambda kind: (-totals[kind], kind))


def draw_edges(nodes: list[PlacedNode], edges: Sequence[Edge]) -> list[SvgElement]:
    looks = {kind: min(number, KINDS) + 1 for number, kind in enumerate(kinds_of(edges))}
    curves = edge_curves({each.node.id: each for each in nodes}, edges)
    labels = edge_labels(edges, curves, [each.box for each in nodes])
    greatest = max((edge.count for edge in edges), default=1)
    return [
        draw_edge(edge, each, words, looks[edge.kind], greatest) for edge, each, words in zip(edges, curves, labels, strict=True)
    ]


def edge_curves(nodes: dict[str, PlacedNode], edges: Sequence[Edge]) -> list[Curve]:
    """Of several edges in one direction each is bent more than the one before."""
    before = Counter[tuple[str, str]]()
    curves = []
    for edge in edges:
        one, other = nodes[edge.source], nodes[edge.target]
        nth = before[edge.source, edge.target]
        before[edge.source, edge.target] += 1
        if one is other:
            curves.append(loop((one.x, one.y), one.radius, nth))
        else:
            curves.append(uncovered(curve((one.x, one.y), (other.x, other.y), nth), one, other))
    return curves


def uncovered(each: Curve, source: PlacedNode, target: PlacedNode) -> Curve:
    """The part of it between the nodes and their names."""
    parts = [number / SAMPLES for number in range(SAMPLES + 1)]
    start = next((part for part in parts if not source.covers(each.at(part))), 0.0)
    end = next((part for part in reversed(parts) if not target.covers(each.at(part))), 1.0)
    return cut(each, start, end) if end - start > 2 / SAMPLES else each


def edge_labels(edges: Sequence[Edge], curves: list[Curve], boxes: list[Box]) -> list[SvgElement | None]:
    """The kind beside the busiest arrows, where it covers no node and no other kind; the key says it in any case."""
    left, top, right, bottom = taken = np.full((4, len(boxes) + LABELLED_EDGES), np.nan)
    taken[:, : len(boxes)] = np.array(boxes).T
    labels: list[SvgElement | None] = [None] * len(edges)
    for number, (edge, each) in enumerate(zip(edges[:LABELLED_EDGES], curves, strict=False)):
        words = wrapped(edge.kind, NAME_ROOM, SMALL)[0]
        half = width(words, SMALL) / 2
        for x, y in label_points(each, is_loop=edge.source == edge.target, half=half):
            box = Box(x - half, y - 8, x + half, y + 7)
            meets = (left < box.right) & (right > box.left) & (top < box.bottom) & (bottom > box.top)
            if box.left >= 0 and box.right <= WIDTH and not meets.any():
                labels[number] = text(x, y + 4, words, "edge-name", "middle")
                taken[:, len(boxes) + number] = box
                break
    return labels


def label_points(each: Curve, *, is_loop: bool, half: float) -> list[Point]:
    """Where words may be, best first: above a loop; on the curve, if it is longer than they are; beside it."""
    x, y = each.at(0.5)
    if is_loop:
        return [(x, y - 13)]
    across, down = abs(each.end[0] - each.start[0]), abs(each.end[1] - each.start[1])
    is_longer = across > 2 * half + 30 or down > 44
    inside = [each.at(part) for part in (0.5, 0.38, 0.62, 0.28, 0.72)] if is_longer else []
    return [*inside, (x + half + 7, y), (x - half - 7, y)]


def draw_edge(edge: Edge, each: Curve, words: SvgElement | None, look: int, greatest: int) -> SvgElement:
    """Its width grows with the number of events. An unseen broad line catches the pointer."""
    weight = THIN + (MORE_WEIGHT * sqrt((edge.count - 1) / (greatest - 1)) if greatest > 1 else 0)
    parts = [
        element("path", class_="reach", d=line(each)),
        element("path", class_=f"edge-{look}", d=line(without_head(each, weight)), stroke_width=weight),
        element("path", class_=f"head-{look}", d=head(each, weight)),
    ]
    return link(edge.href, name(edge.label), *parts, *([words] if words else []))


def draw_node(each: PlacedNode) -> SvgElement:
    y = each.y + each.radius + LINE
    names = [text(each.x, y + LINE * number, words, "node-name", "middle") for number, words in enumerate(each.lines)]
    dot = element("circle", class_="node", cx=each.x, cy=each.y, r=each.radius)
    return link(each.node.href, name(each.node.label), dot, *names)


def key_entries(edges: Sequence[Edge]) -> list[KeyEntry]:
    """A line for each kind, and what its width means."""
    kinds = kinds_of(edges)
    entries = []
    for number, kind in enumerate(kinds[: KINDS + 1], 1):
        words = one_line(kind) if number <= KINDS or len(kinds) == number else f"{len(kinds) - KINDS} other kinds"
        entries.append(KeyEntry(element("path", class_=f"edge-{number}", d="M0 6h18", stroke_width=2), words))
    greatest = max((edge.count for edge in edges), default=1)
    if greatest > 1:
        wedge = element("path", class_="head-5", d="M0 6L18 2v8z")
        entries.append(KeyEntry(wedge, f"width: 1 to {greatest:,} events"))
    return entries
