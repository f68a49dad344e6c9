"""What the reader must know of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Any

Words = tuple[str, ...]
# Schemes have no minute; an hour of six decimals holds it.
MINUTE = Decimal(1) / 60


@dataclass(frozen=True)
class Lexicon:
    """`units`: word → (UCUM unit, how many of it). `other_units` are not converted and leave the unit open: a
    third of a mile is no share, and no metres. `fractions`: word → a number of percent.

    `currencies`: word → (ISO 4217 code, whether it names the currency in full); a code that the
    scheme lacks is known by it.
    `shared`: a word of several currencies → their codes; by itself it is the money of none of them.
    `over`, `under`: comparators that may be negated, by `negations` with some `links` before them or by `negations_behind`;
    `doubts` before a number and `negative_signs` behind it: what else shows that something may be denied. See bounds.
    `coins`: word → how many make one of the currency before it.
    `harmless`: words that beside a number leave it as it is; `degrees`: words that make it another one, where no step took them. See residue.
    `vague`: word → (word of the scheme's table, by what its bounds are divided).
    """

    comparators: Mapping[str, Words] = field(default_factory=dict)
    over: Words = ()
    under: Words = ()
    negations: Words = ()
    links: Words = ()
    negations_behind: Words = ()
    doubts: Words = ()
    negative_signs: Words = ()
    approximate: Words = ()
    statistics: Mapping[str, Words] = field(default_factory=dict)
    periods: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    other_units: Words = ()
    people: Words = ()
    items: Words = ()
    occasions: Words = ()
    coins: Mapping[str, int] = field(default_factory=dict)
    currencies: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    shared: Mapping[str, Words] = field(default_factory=dict)
    percent: Words = ()
    fractions: Mapping[str, Decimal] = field(default_factory=dict)
    vague: Mapping[str, tuple[str, int | Decimal]] = field(default_factory=dict)
    ranges: Words = ()
    references: Words = ()
    ordinals: Words = ()
    harmless: Words = ()
    degrees: Words = ()


def merged(lexicons: Iterable[Lexicon]) -> Lexicon:
    """One lexicon of all words; lists under the same name are joined."""
    fields: dict[str, Any] = {}
    for lexicon in lexicons:
        for entry in fields_of(lexicon):
            fields[entry.name] = joined(fields.get(entry.name), getattr(lexicon, entry.name))
    return Lexicon(**fields)


def joined(ours: Any, theirs: Any) -> Any:
    if ours is None:
        return theirs
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        return ours + theirs
    both = {**ours, **theirs}
    lists = [key for key in ours if key in theirs and isinstance(ours[key], tuple) and is_words(ours[key])]
    return both | {key: ours[key] + theirs[key] for key in lists}


def is_words(value: tuple[Any, ...]) -> bool:
    return all(isinstance(word, str) for word in value)


def units(*rows: tuple[str, str | int | Decimal, str]) -> dict[str, tuple[str, Decimal]]:
    """("mo", 1, "month months") → an entry for each word."""
    return {word.replace("_", " "): (unit, Decimal(size)) for unit, size, words in rows for word in words.split()}
