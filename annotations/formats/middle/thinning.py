"""Which marks a format can hold that knows no gaps, no nesting, or no crossing. Pure.

Of marks that cannot stand together those of the scheme's layers stay before claims, cues and citations, then the longer,
then the first: whoever wants names from a flat format would get whole sentences instead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from annotations.formats.base import CROSSING, FRAGMENTS, NESTING, Losses
from annotations.formats.middle.flat import Mark

Range = tuple[int, int]

OUTER = "discontinuous marks written as their outer span"
UNDER = "marks left out because they overlap another"


def thinned(marks: Iterable[Mark], holds: frozenset[str], overlays: frozenset[str], name: str, losses: Losses) -> list[Mark]:
    """`overlays` are the ids of marks that give way; `name` is how the losses call the document."""
    shaped = list(marks) if FRAGMENTS in holds else [enveloped(mark, name, losses) for mark in marks]
    shaped.sort(key=lambda mark: (mark.start, -mark.end))
    if {NESTING, CROSSING} <= holds:
        return shaped
    kept = set(chosen(sorted(shaped, key=lambda mark: (mark.id in overlays, mark.start - mark.end)), holds))
    for mark in shaped:
        if mark.id not in kept:
            losses.lose(UNDER, f"{name} {mark.id}")
    return [mark for mark in shaped if mark.id in kept]


def enveloped(mark: Mark, name: str, losses: Losses) -> Mark:
    if len(mark.fragments) == 1:
        return mark
    losses.lose(OUTER, f"{name} {mark.id}")
    return Mark(mark.id, mark.label, [(mark.start, mark.end)], mark.attributes)


def chosen(marks: Iterable[Mark], holds: frozenset[str]) -> Iterator[str]:
    """Ids of those that can stand with all that came before."""
    apart: list[Range] = []
    seen: list[Range] = []
    for mark in marks:
        extent = (mark.start, mark.end)
        if NESTING in holds:
            is_kept = not any(cross(extent, other) for other in seen)
            seen.append(extent)
        else:
            is_kept = lies_free(apart, extent)
        if is_kept:
            yield mark.id
        elif NESTING in holds:
            seen.pop()


def cross(a: Range, b: Range) -> bool:
    return a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]


def lies_free(apart: list[Range], extent: Range) -> bool:
    """Whether no range of the sorted list has a character of `extent`; then it is put into the list."""
    at = bisect_left(apart, extent)
    if (at and apart[at - 1][1] > extent[0]) or (at < len(apart) and apart[at][0] < extent[1]):
        return False
    apart.insert(at, extent)
    return True
