"""The shapes of timelines and ranges. Its form shows what a shape means; colour only repeats it."""

from __future__ import annotations

from enum import StrEnum

from corpus.plots.elements import SvgElement, element, path

RADIUS, THICKNESS, TIP = 4.5, 9.0, 7.0  # pixels: of a dot, of a bar, of its arrow


class Tone(StrEnum):
    """How an event is spoken of."""

    HAPPENED = "happened"  # or ongoing: filled
    EXPECTED = "expected"  # hollow
    DENIED = "denied"  # negative or not carried out: hollow, crossed out
    GENERAL = "general"  # what happens as a rule: a diamond, a thin bar


TONES = {
    Tone.HAPPENED: "happened or ongoing",
    Tone.EXPECTED: "expected",
    Tone.DENIED: "negative or not carried out",
    Tone.GENERAL: "general",
}


def dot(x: float, y: float, tone: Tone, *, is_inferred: bool = False, hatch: str = "") -> SvgElement:
    """`hatch`: the id of the pattern that an inferred day is filled with."""
    look, fill = looks(tone, is_inferred, hatch)
    if tone is Tone.GENERAL:
        size = RADIUS + 1
        return element("path", class_=look, fill=fill, d=path("M", x - size, y, "l", size, -size, size, size, -size, size, "z"))
    if tone is Tone.DENIED:
        return element("path", class_=look, fill=fill, d=ring(x, y, RADIUS) + cross(x, y, RADIUS * 0.7))
    return element("circle", class_=look, fill=fill, cx=x, cy=y, r=RADIUS)


def bar(
    left: float, right: float, y: float, tone: Tone, *, opens: tuple[bool, bool], is_inferred: bool, hatch: str
) -> SvgElement:
    """Around `y`. `opens`: which end is not known, as an arrow."""
    look, fill = looks(tone, is_inferred, hatch)
    thickness = THICKNESS - 4 if tone is Tone.GENERAL else THICKNESS
    steps = outline(left, right, y, thickness, opens)
    if tone is Tone.DENIED:
        steps += path("M", left, y, "H", right)
    return element("path", class_=look, fill=fill, d=steps)


def looks(tone: Tone, is_inferred: bool, hatch: str) -> tuple[str, str | None]:
    """Class and fill."""
    if not is_inferred:
        return tone, None
    return f"{tone}-inferred", f"url(#{hatch})" if tone in (Tone.HAPPENED, Tone.GENERAL) else None


def outline(left: float, right: float, y: float, thickness: float, opens: tuple[bool, bool]) -> str:
    """A bar whose open ends are arrows: their tips are `left` and `right`, and their barbs stand out above and below."""
    half, barb = thickness / 2, thickness / 2 + 3
    start, end = left + TIP * opens[0], right - TIP * opens[1]
    steps: list[str | float] = ["M", start, y - half, "H", end]
    steps += ["V", y - barb, "L", right, y, end, y + barb, "V", y + half] if opens[1] else ["v", thickness]
    steps += ["H", start]
    steps += ["V", y + barb, "L", left, y, start, y - barb] if opens[0] else []
    return path(*steps, "z")


def ring(x: float, y: float, radius: float) -> str:
    return path(
        "M", x - radius, y, "a", radius, radius, 0, 1, 1, 2 * radius, 0, "a", radius, radius, 0, 1, 1, -2 * radius, 0, "z"
    )


def cross(x: float, y: float, reach: float) -> str:
    return path("M", x - reach, y - reach, "l", 2 * reach, 2 * reach, "m", 0, -2 * reach, "l", -2 * reach, 2 * reach)


def hatching(name: str) -> SvgElement:
    """A pattern of slanting lines."""
    stripe = element("path", class_="stripe", d="M-1 1l2-2M0 4l4-4M3 5l2-2")
    ground = element("rect", class_="ground", width=4, height=4)
    return element("defs", element("pattern", ground, stripe, id=name, width=4, height=4, patternUnits="userSpaceOnUse"))
