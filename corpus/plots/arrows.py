"""The arrows of a network: bent, so that both ways between two nodes and several kinds are seen, and loops above their node."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import NamedTuple

from corpus.plots.elements import path

BEND, SPREAD = 0.12, 0.1  # of the distance: of the first arrow between two nodes, and between it and the next one
BARB, LOOP = 8.0, 40.0  # pixels: the length of a head, the height of a loop
Point = tuple[float, float]


class Curve(NamedTuple):
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    @property
    def backwards(self) -> Curve:
        return Curve(*reversed(self))

    def at(self, part: float) -> Point:
        one, two, three, four = (1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3
        x, y = zip(self.start, self.first, self.second, self.end, strict=True)
        return (
            one * x[0] + two * x[1] + three * x[2] + four * x[3],
            one * y[0] + two * y[1] + three * y[2] + four * y[3],
        )


def curve(source: Point, target: Point, nth: int) -> Curve:
    """From middle to middle of two nodes. The `nth` between them in this direction; each direction bends to its own left."""
    (x0, y0), (x1, y1) = source, target
    bend = 2 * (BEND + SPREAD * nth)
    middle = (x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - (x1 - x0) * bend
    return Curve(source, between(source, middle, 2 / 3), between(target, middle, 2 / 3), target)


def loop(node: Point, radius: float, nth: int) -> Curve:
    """Above the node, each one around the one before."""
    x, y = node
    height, breadth = LOOP + 12 * nth, 20.0 + 8 * nth
    start, end = (x - radius * 0.7 - 1, y - radius * 0.7 - 1), (x + radius * 0.7 + 2, y - radius * 0.7 - 2)
    return Curve(start, (x - breadth, y - height), (x + breadth, y - height), end)


def between(point: Point, goal: Point, part: float) -> Point:
    return point[0] + (goal[0] - point[0]) * part, point[1] + (goal[1] - point[1]) * part


def cut(each: Curve, start: float, end: float) -> Curve:
    """The part of a curve from `start` to `end`, both from 0 to 1."""
    return upto(upto(each, end).backwards, 1 - start / end).backwards if end > start else each


def upto(each: Curve, part: float) -> Curve:
    """De Casteljau's construction."""
    one, two, three = (
        between(each.start, each.first, part),
        between(each.first, each.second, part),
        between(each.second, each.end, part),
    )
    four, five = between(one, two, part), between(two, three, part)
    return Curve(each.start, one, four, between(four, five, part))


def line(each: Curve) -> str:
    return path("M", *each.start, "C", *each.first, *each.second, *each.end)


def without_head(each: Curve, weight: float) -> Curve:
    """So that a broad line does not end beside the tip of its head."""
    distance = hypot(each.end[0] - each.start[0], each.end[1] - each.start[1])
    return upto(each, max(0.1, 1 - 0.8 * (BARB + weight) / max(distance, 1)))


def head(each: Curve, weight: float) -> str:
    """A triangle whose tip is the end of the curve."""
    angle = atan2(each.end[1] - each.second[1], each.end[0] - each.second[0])
    size = BARB + weight
    sides = [(each.end[0] - size * cos(angle + turn), each.end[1] - size * sin(angle + turn)) for turn in (pi / 8, -pi / 8)]
    return path("M", *each.end, "L", *sides[0], *sides[1], "z")
