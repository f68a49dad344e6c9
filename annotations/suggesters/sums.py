"""Sums: figures of the reading that add up to another one near them. What is offered are links of parts to their whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from annotations.models import Assignment, Figure, Link
from annotations.suggesters.suggestion import ScannedText, Suggestion

KINDS = ("link",)
VERSION = "1"
CODE = "sums"
SCORE = 0.7
NEAR = 600  # characters from the first to the last
LEAST = 10  # of each term: small numbers add up by chance
MOST = 60  # figures that are held against each other
PART_OF = "part_of"


class Summand(NamedTuple):
    pk: UUID
    ranges: tuple[tuple[int, int], ...]
    value: Decimal
    kind: tuple[str, str, str]


def offered(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    layer = next((str(each["code"]) for each in read.scheme.layers_of("figure")), None)
    if layer is None or PART_OF not in {each["code"] for each in read.scheme.link_types(layer, layer)}:
        return
    linked = {frozenset(ends) for ends in Link.objects.filter(assignment=reading).values_list("source_span", "target_span")}
    for parts, whole in sums(terms_of(reading)):
        why = f"{' + '.join(f'{int(each.value):,}' for each in parts)} = {int(whole.value):,}"
        for part in parts:
            if frozenset((part.pk, whole.pk)) not in linked:
                yield link(part, whole, why)


def link(part: Summand, whole: Summand, why: str) -> Suggestion:
    ranges = tuple(sorted({*part.ranges, *whole.ranges}))
    fields = {"type": PART_OF, "source": str(part.pk), "target": str(whole.pk)}
    return Suggestion("link", "", PART_OF, ranges, CODE, VERSION, SCORE, why, fields)


def terms_of(reading: Assignment) -> list[Summand]:
    """Exact whole numbers of one reading, in the order of the text."""
    rows = Figure.objects.filter(assignment=reading, comparator="eq", low__gte=LEAST, per_period="").order_by(
        "span__start", "span"
    )
    wanted = rows.values_list("span", "span__fragments", "low", "span__label__code", "unit", "currency")[:MOST]
    return [
        Summand(pk, tuple((start, end) for start, end in ranges), low, (label, unit, currency))
        for pk, ranges, low, label, unit, currency in wanted
        if low is not None and low == low.to_integral_value()
    ]


def sums(terms: list[Summand]) -> Iterator[tuple[tuple[Summand, ...], Summand]]:
    """Two or three of one kind that make a further one; each whole once, by the fewest parts that are nearest."""
    for whole in terms:
        others = [each for each in terms if each.kind == whole.kind and each.value < whole.value and is_near(each, whole)]
        fitting = [
            parts
            for size in (2, 3)
            for parts in combinations(others, size)
            if sum(each.value for each in parts) == whole.value and is_near(*parts, whole)
        ]
        if fitting:
            yield min(fitting, key=lambda parts: (len(parts), extent(*parts, whole))), whole


def extent(*terms: Summand) -> int:
    return max(each.ranges[-1][1] for each in terms) - min(each.ranges[0][0] for each in terms)


def is_near(*terms: Summand) -> bool:
    return extent(*terms) <= NEAR
