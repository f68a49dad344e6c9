"""Currencies: RMB → CNY as stated, "dollars" → USD as inferred, "won to the yuan" → a rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of
from annotations.schemeview import SchemeView

STATED, INFERRED = "stated", "inferred"
# What stands between the two currencies of a rate.
PER = re.compile(r"(?:^|\s)(?:to\s+(?:the|one|1|a)|per|for\s+(?:the|one|1|a|each|every)|against\s+the)\s*$|/\s*$|^\s*=\s*$")


@dataclass(frozen=True)
class Money:
    currency: str | None = None
    basis: str | None = None
    per: str | None = None
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def words_of(scheme: SchemeView) -> dict[str, tuple[str, bool]]:
    """Word → (code, whether it names the currency in full); the scheme's words come first."""
    known = {word: entry for word, entry in ALL.currencies.items() if entry[0] in scheme.currencies}
    codes = {code.lower(): (code, True) for code in scheme.currencies}
    aliases = {word.lower(): (code, True) for word, code in scheme.currency_aliases.items()}
    partial = {word.lower(): (code, False) for word, code in scheme.currency_inferred.items()}
    return known | codes | aliases | partial


def take_currency(scan: Scan, scheme: SchemeView) -> Money:
    words = words_of(scheme)
    before = scan.rest
    found = scan.take_all(any_of(words))
    if not found:
        return Money()
    first, *others = found
    code, full = words[re.sub(r"\s+", " ", first[0])]
    basis = STATED if full else INFERRED
    further = [(match, words[re.sub(r"\s+", " ", match[0])][0]) for match in others]
    different = [(match, other) for match, other in further if other != code]
    if not different:
        return Money(code, basis)
    match, other = different[0]
    gap = before[first.end() : match.start()]
    if PER.search(gap):
        scan.blank(first.end(), match.start())
        return Money(code, basis, other)
    return Money(code, basis, warnings=("more than one currency",))
