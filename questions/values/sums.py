"""Values added up, and why two of them may count the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from questions.values.extents import Extent


def added(terms: Iterable[Extent]) -> Extent:
    """From the sum of the low ends to the sum of the high ones; without bound where one term is. An end that one term lacks the sum lacks."""
    low, high, has_low, has_high = Decimal(0), Decimal(0), True, True
    is_open = False
    for term in terms:
        low += term.low
        has_low = has_low and term.has_low
        is_open = is_open or term.high is None
        high += term.high or 0
        has_high = has_high and term.has_high
    return Extent(low, has_low, None if is_open else high, has_high and not is_open)


def covering(values: Sequence[Extent]) -> Extent:
    """The shortest that holds all of them: of several reports nobody has chosen one."""
    low = min(value.low for value in values)
    has_low = any(value.has_low for value in values if value.low == low)
    if any(value.high is None for value in values):
        return Extent(low, has_low, None, has_high=False)
    high = max(value.high for value in values if value.high is not None)
    return Extent(low, has_low, high, any(value.has_high for value in values if value.high == high))


class PairReason(StrEnum):
    """What is known of two rows. The first two say that they are apart, all others that they may count the same."""

    DIFFERENT = "judged_different"
    PARTS = "parts_of_whole"
    LINKED = "linked"
    PART_OF = "part_of"
    MAYBE = "possible_same_as"
    EXCEEDS = "exceeds_whole"
    SAME_COUNTED = "same_counted"
    NO_NOTE = "no_note"
    UNKNOWN = "unknown"


APART = (PairReason.DIFFERENT, PairReason.PARTS)


class PairFacts(NamedTuple):
    """Of two rows. `is_explained`: somebody judged them different and said why; `has_parts`: they are parts of one whole that do not
    exceed it; `exceeds`: they are, and exceed it."""

    is_linked: bool = False
    is_judged: bool = False
    is_explained: bool = False
    is_part: bool = False
    may_be_one: bool = False
    has_parts: bool = False
    exceeds: bool = False
    counts_same: bool = False


def reason_of(pair: PairFacts) -> PairReason:
    """The first that holds: a judgement goes before what relations say, and a relation that joins two before a sum that fits."""
    known = (
        (pair.is_linked, PairReason.LINKED),
        (pair.is_explained, PairReason.DIFFERENT),
        (pair.is_part, PairReason.PART_OF),
        (pair.may_be_one, PairReason.MAYBE),
        (pair.exceeds, PairReason.EXCEEDS),
        (pair.has_parts, PairReason.PARTS),
        (pair.is_judged, PairReason.NO_NOTE),
        (pair.counts_same, PairReason.SAME_COUNTED),
    )
    return next((reason for holds, reason in known if holds), PairReason.UNKNOWN)
