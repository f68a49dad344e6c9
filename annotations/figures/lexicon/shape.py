"""What the reader must know of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Any

Words = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """`units`: word → (UCUM unit, how many of it). `fractions`: word → a number of percent.

    `currencies`: word → (ISO 4217 code, whether it names the currency in full).
    `vague`: word → (word of the scheme's table, by what its bounds are divided).
    """

    comparators: Mapping[str, Words] = field(default_factory=dict)
    approximate: Words = ()
    statistics: Mapping[str, Words] = field(default_factory=dict)
    periods: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    people: Words = ()
    items: Words = ()
    occasions: Words = ()
    currencies: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    percent: Words = ()
    fractions: Mapping[str, Decimal] = field(default_factory=dict)
    vague: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    ranges: Words = ()
    references: Words = ()
    ordinals: Words = ()


def merged(lexicons: Iterable[Lexicon]) -> Lexicon:
    """One lexicon of all words; lists under the same name are joined."""
    found: dict[str, Any] = {}
    for lexicon in lexicons:
        for entry in fields_of(lexicon):
            found[entry.name] = joined(found.get(entry.name), getattr(lexicon, entry.name))
    return Lexicon(**found)


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
