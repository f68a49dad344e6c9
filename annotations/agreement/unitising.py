"""Krippendorff's alpha for unitising (1995): agreement on which stretches of a continuum are marked, label by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from annotations.agreement.marks import Mark, bounds_of

Disagreements = Mapping[str, tuple[float, float]]


class LabelledUnit(NamedTuple):
    start: float
    end: float
    label: str


class Section(NamedTuple):
    """A unit of one label, or a gap between two."""

    start: float
    end: float
    is_unit: bool


def units_of(marks: Iterable[Mark]) -> list[LabelledUnit]:
    """A unit for each fragment. Of fragments that overlap the one that begins first stays, and of those that begin together the longest."""
    fragments = [LabelledUnit(start, end, mark["label"]) for mark in marks for start, end in bounds_of(mark)]
    kept: list[LabelledUnit] = []
    for unit in sorted(fragments, key=lambda unit: (unit.start, -unit.end)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


def disagreements(readings: Sequence[Sequence[LabelledUnit]], length: int) -> dict[str, tuple[float, float]]:
    """Label → (observed, expected by chance), both times the square of the length of the text: they add up over texts."""
    labels = sorted({unit.label for units in readings for unit in units})
    return {label: of_label([[unit for unit in units if unit.label == label] for units in readings], length) for label in labels}


def alpha_u(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Of the disagreements of any labels and texts. None where nothing is marked."""
    rows = list(pairs)
    observed, expected = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return 1 - observed / expected if expected else None


def of_label(readings: Sequence[Sequence[LabelledUnit]], length: int) -> tuple[float, float]:
    continua = [sections(units, length) for units in readings]
    count = len(readings)
    observed = sum(differing(one, other) for one, other in combinations(continua, 2)) * 2 / (count * (count - 1))
    widths = [part.end - part.start for continuum in continua for part in continuum if part.is_unit]
    gaps = [part.end - part.start for continuum in continua for part in continuum if not part.is_unit]
    return observed, expected_by_chance(widths, gaps, count, length)


def sections(units: Iterable[LabelledUnit], length: int) -> list[Section]:
    position, parts = 0.0, []
    for unit in units:
        if position < unit.start:
            parts.append(Section(position, unit.start, is_unit=False))
        parts.append(Section(unit.start, unit.end, is_unit=True))
        position = unit.end
    return [*parts, Section(position, length, is_unit=False)] if position < length else parts


def differing(one: Sequence[Section], other: Sequence[Section]) -> float:
    """The sum over all sections of both that meet: sections are in order, so that each meets only its neighbours."""
    total, first = 0.0, 0
    for part in one:
        while first < len(other) and other[first].end <= part.start:
            first += 1
        position = first
        while position < len(other) and other[position].start < part.end:
            total += distance(part, other[position])
            position += 1
    return total


def distance(one: Section, other: Section) -> float:
    if one.is_unit and other.is_unit:
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    if one.is_unit and other.start <= one.start and one.end <= other.end:
        return (one.end - one.start) ** 2
    if other.is_unit and one.start <= other.start and other.end <= one.end:
        return (other.end - other.start) ** 2
    return 0.0


def expected_by_chance(widths: Sequence[float], gaps: Sequence[float], count: int, length: int) -> float:
    total = 0.0
    for width in widths:
        placed_in_gaps = sum(gap - width + 1 for gap in gaps if gap >= width)
        total += (len(widths) - 1) / 3 * (2 * width**3 - 3 * width**2 + width) + width * width * placed_in_gaps
    pairs = count * length * (count * length - 1) - sum(width * (width - 1) for width in widths)
    return total * 2 / length / pairs * length**2 if pairs else 0.0
