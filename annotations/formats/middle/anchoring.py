"""Where words lie in a text, when a stranger's file says it by position, by quotation, or by both.

Pure. The quotation is believed: it decides in which unit the positions were counted, and finds the
place again where they are wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.formats.base import Option, Unreadable
from annotations.formats.middle.flat import Fragment
from corpus.text.offsets import Offsets

UNITS = ("auto", "codepoints", "utf16")
OFFSETS = Option("Unit of offsets, if the file does not give the words.", UNITS)


@dataclass
class Anchor:
    """What a file says of a place: positions in its own unit, the words, and those around them."""

    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""


def unit_of(text: str, anchors: Sequence[Anchor], wish: str = "auto") -> str:
    """`codepoints` or `utf16`: what the quotations fit more often; code points where both do."""
    if wish not in UNITS:
        raise Unreadable(f"offsets should be one of {', '.join(UNITS)}, not {wish[:60]!r}")
    if wish != "auto":
        return wish
    offsets = Offsets(text)
    if offsets.utf16_length == len(text):
        return "codepoints"
    fits = {unit: sum(fit(offsets, anchor, unit) for anchor in anchors) for unit in UNITS[1:]}
    return max(fits, key=lambda unit: fits[unit])


def fit(offsets: Offsets, anchor: Anchor, unit: str) -> bool:
    extent = position(offsets, anchor, unit)
    return extent is not None and offsets.text[slice(*extent)] == anchor.exact


def position(offsets: Offsets, anchor: Anchor, unit: str) -> Fragment | None:
    """By the numbers alone. None: there are none, or none such in the text."""
    if anchor.start is None or anchor.end is None:
        return None
    if unit == "codepoints":
        return (anchor.start, anchor.end) if anchor.start <= anchor.end <= len(offsets.text) else None
    try:
        return offsets.to_codepoints(anchor.start), offsets.to_codepoints(anchor.end)
    except ValueError:
        return None


def anchored(offsets: Offsets, anchor: Anchor, unit: str) -> Fragment:
    """Code points. Raises Unreadable where neither position nor quotation is found, or is not unique."""
    extent = position(offsets, anchor, unit)
    if extent and (anchor.exact is None or offsets.text[slice(*extent)] == anchor.exact):
        return extent
    if not anchor.exact:
        raise Unreadable(f"{anchor.start}–{anchor.end} is not a range in a text of {len(offsets.text)} characters")
    return quoted(offsets.text, anchor, extent)


def quoted(text: str, anchor: Anchor, near: Fragment | None) -> Fragment:
    """By the words: with those around them, or else alone; the nearest to the position, if there is one."""
    exact = anchor.exact or ""
    around = occurrences(text, anchor.prefix + exact + anchor.suffix)
    starts = [start + len(anchor.prefix) for start in around] or occurrences(text, exact)
    if near:
        starts = sorted(starts, key=lambda start: abs(start - near[0]))[:1]
    if len(starts) != 1:
        raise Unreadable(f"the words {exact[:60]!r} {'are not' if not starts else 'occur more than once'} in the text")
    return starts[0], starts[0] + len(exact)


def occurrences(text: str, words: str) -> list[int]:
    starts: list[int] = []
    start = text.find(words)
    while start >= 0 and len(starts) < 10_000:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts
