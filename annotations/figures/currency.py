"""Currencies: RMB → CNY as stated, "dollars" → USD as inferred, "won to the yuan" → a rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from annotations.figures.lexicon import ALL
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


@lru_cache(maxsize=16)
def pattern_of(scheme: SchemeView) -> re.Pattern[str]:
    return any_of((*words_of(scheme), *foreign_to(scheme), *ALL.shared))


def take_currency(scan: Scan, scheme: SchemeView) -> Money:
    """A word of several currencies (won, ¥) is the money of none, until somebody says whose it is."""
    words, foreign, before = words_of(scheme), foreign_to(scheme), scan.rest
    matches = scan.take_all(pattern_of(scheme))
    codes = [match for match in CODE.finditer(before) if match[0] in foreign_codes(scheme)]
    if codes or any(match[0] in foreign for match in matches):
        for match in codes:
            scan.blank(match.start(), match.end())
        return Money(warnings=("a currency that the scheme lacks",))
    if not matches:
        return Money()
    first, *others = matches
    code, full = words.get(re.sub(r"\s+", " ", first[0]), (None, False))
    basis = None if code is None else STATED if full else INFERRED
    open_ = () if code else (f"{first[0]} may be {' or '.join(ALL.shared[first[0]])}",)
    different = [other for other in others if is_other(other[0], first[0], code, words)]
    if not different:
        return Money(code, basis, warnings=open_)
    match = different[0]
    per = words.get(re.sub(r"\s+", " ", match[0]), (None, False))[0]
    if per and PER.search(before[first.end() : match.start()]):
        scan.blank(first.end(), match.start())
        return Money(code, basis, per, open_)
    return Money(code, basis, warnings=("more than one currency",))


def is_other(word: str, first: str, code: str | None, words: Mapping[str, tuple[str, bool]]) -> bool:
    """Whether it is another currency: not in 북한 돈 800만 원, nor in 인민폐 2000원."""
    if own := words.get(re.sub(r"\s+", " ", word)):
        return own[0] != code
    return word != first and code not in (*ALL.shared[word], "CNY")


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
