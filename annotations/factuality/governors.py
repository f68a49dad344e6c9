"""What governs an infinitive or a gerund: `are [expected] to be`, `[ordered] the bank to`, `[denied] sending`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotations.factuality.groups import NEGATIONS, VerbGroup, is_adverb
from annotations.factuality.lexicon import BE, BREAKS, DO, HAVE, MODALS, STOPS
from annotations.factuality.tables import Cues, Row
from annotations.factuality.words import TextWord

# How far an object may stand between: "ordered all banks and trading companies of the province to".
REACH = 12
WALLS = BREAKS | STOPS | {"to"}


class Governor(NamedTuple):
    """`row` of the scheme, and the places `first` to `last` of its words."""

    row: Row
    first: int
    last: int


def governor_of(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> Governor | None:
    """The nearest one that stands in the tables; None also where an unknown word governs."""
    way = "to" if group.form == "infinitive" else "ing"
    edge = group.first - 1
    if way == "ing" and edge >= 0 and words[edge].low == "from":
        return before_object(words, edge - 1, cues, "from")
    for first, row in cues.governors.ending(words, edge):
        if way in row.get("with", ("to",)):
            return Governor(row, first, edge)
    return before_object(words, edge, cues, way) if way == "to" else None


def before_object(words: Sequence[TextWord], edge: int, cues: Cues, way: str) -> Governor | None:
    for index in range(edge, max(edge - REACH, -1), -1):
        low = words[index].low
        if low in WALLS:
            return None
        for first, row in cues.governors.ending(words, index):
            if row.get("object") and way in row.get("with", ("to",)):
                return Governor(row, first, index)
        if low in MODALS or low in DO or (low in BE and low != "being") or low in HAVE:
            return None
    return None


def denies_noun(words: Sequence[TextWord], first: int) -> int | None:
    """The place of a negation of a noun that governs: "no plans to", "without any intention to"."""
    for index in range(first - 1, max(first - 4, -1), -1):
        low = words[index].low
        if low in ("no", "without", "neither") or low in NEGATIONS:
            return index
        if not is_adverb(words[index]) and low not in ("any", "the", "a", "an", "immediate", "current", "concrete", "of"):
            return None
    return None
