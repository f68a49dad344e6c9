"""Currencies: RMB → CNY as stated, "dollars" → USD as inferred, "won to the yuan" → a rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from annotations.figures.lexicon import ALL, LEXICONS
from annotations.figures.numerals import DIGITS, from_digits, plain
from annotations.figures.scan import Scan, any_of
from annotations.figures.shorthand import with_whole_money
from annotations.figures.whose_money import CODES, UNKNOWN, in_codes
from annotations.scheme.view import SchemeView

STATED, INFERRED = "stated", "inferred"
# What stands between the two currencies of a rate.
PER = re.compile(r"(?:^|\s)(?:to\s+(?:the|one|1|a)|per|for\s+(?:the|one|1|a|each|every)|against\s+the)\s*$|/\s*$|^\s*=\s*$")

CODE = re.compile(r"(?<![a-z])[a-z]{3}(?![a-z])")
# 120 MEUR.
MILLIONS = re.compile(r"(?<=\d)\s*m(?=(?:eur|usd|gbp|cny|jpy|chf|rub)\b)")


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


@lru_cache(maxsize=16)
def foreign_to(scheme: SchemeView) -> frozenset[str]:
    """Words of currencies that the scheme lacks: a Canadian dollar is no dollar."""
    return frozenset(word for word, entry in ALL.currencies.items() if entry[0] not in scheme.currencies)


@lru_cache(maxsize=16)
def foreign_codes(scheme: SchemeView) -> frozenset[str]:
    return CODES - {code.lower() for code in scheme.currencies} | {UNKNOWN}


@lru_cache(maxsize=64)
def words_in(scheme: SchemeView, language: str) -> tuple[dict[str, tuple[str, bool]], re.Pattern[str]]:
    """The words of a scheme with the signs of a language, and a pattern of them and the foreign ones."""
    local = {sign: (code, False) for sign, code in local_to(language).items() if code in scheme.currencies}
    words = words_of(scheme) | local
    return words, any_of((*words, *foreign_to(scheme)))


def take_currency(scan: Scan, scheme: SchemeView, language: str = "en") -> Money:
    words, both = words_in(scheme, language[:2])
    foreign = foreign_to(scheme)
    before = scan.rest
    matches = scan.take_all(both)
    codes = [match for match in CODE.finditer(before) if match[0] in foreign_codes(scheme)]
    if codes or any(match[0] in foreign for match in matches):
        for match in codes:
            scan.blank(match.start(), match.end())
        return Money(warnings=("a currency that the scheme lacks",))
    if not matches:
        return Money()
    first, *others = matches
    code, full = words[re.sub(r"\s+", " ", first[0])]
    basis = STATED if full else INFERRED
    further = [(match, words[re.sub(r"\s+", " ", match[0])][0]) for match in others]
    different = [(match, other) for match, other in further if other != code and code not in ALL.shared.get(match[0], ())]
    if not different:
        return Money(code, basis)
    match, other = different[0]
    gap = before[first.end() : match.start()]
    if PER.search(gap):
        scan.blank(first.end(), match.start())
        return Money(code, basis, other)
    return Money(code, basis, warnings=("more than one currency",))


def local_to(language: str) -> Mapping[str, str]:
    lexicon = LEXICONS.get(language[:2])
    return lexicon.local if lexicon else {}


# Coins


@lru_cache(maxsize=16)
def with_coins(scheme: SchemeView) -> re.Pattern[str]:
    currencies, coins = any_of(words_of(scheme)).pattern, any_of(ALL.coins).pattern
    return re.compile(
        rf"(?P<n>{DIGITS.pattern})\s*(?P<currency>{loose(currencies)})[\s,]*(?:and|又)?\s*"
        rf"(?:(?P<a>\d{{1,2}})\s*(?P<coin>{loose(coins)})(?:\s*(?P<b>\d{{1,2}})\s*(?P<less>{loose(coins)})?)?|(?P<cents>\d\d)\s*$)",
        re.VERBOSE,
    )


def loose(pattern: str) -> str:
    return f"(?:{pattern})"


def join_coins(text: str, scheme: SchemeView) -> str:
    """Thirteen dollars and forty-five cents, 50元6角三分: written with a point."""
    text = MILLIONS.sub(" million ", text)
    return in_codes(with_whole_money(with_coins(scheme).sub(counted, text)))


def counted(match: re.Match[str]) -> str:
    value = from_digits(match["n"])
    if match["cents"]:
        value += Decimal(match["cents"]) / 100
    else:
        size = ALL.coins[match["coin"]]
        value += Decimal(match["a"]) / size
        value += Decimal(match["b"] or 0) / (ALL.coins[match["less"]] if match["less"] else size * 10)
    return f"{plain(value):f} {match['currency']}"
