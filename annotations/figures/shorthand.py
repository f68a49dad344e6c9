"""Shorthand of the trade, written out: 3.1m barrels, 30,000 b/d, 8- to 10-ton, 95 cents."""

from __future__ import annotations

import re
from functools import lru_cache

from annotations.figures.lexicon import ALL
from annotations.figures.numerals import DIGITS, from_digits, plain
from annotations.figures.scan import any_of
from annotations.figures.whose_money import ENGLISH, UNKNOWN
from annotations.scheme.view import SchemeView

# Barrels a day, with the million that stands before them: mb/d.
A_DAY = re.compile(
    r"(?P<million>(?<=\d)\s?(?:m|mm)|(?<=\d)\s?k)?\s?(?:b/d|bpd|bopd|bbls?/d|(?<=\d)\s?bd|(?P<boe>boe(?:/d|pd)))(?![a-z])"
)
PER_DAY = re.compile(r"(?<=[a-z\d])/d(?![a-z\d/])")
OFTEN = {"k": " thousand", "m": " million", "mm": " million"}
HYPHENED = re.compile(r"(?<=[a-z\d])-\s*(?P<word>to|or)(?:-|\s)\s*(?=[a-z\d])")
CENTS = re.compile(
    rf"(?<![\d.,])(?P<n>(?>{DIGITS.pattern}))\s*+(?:(?P<whose>us|u\.s\.|american)\s+)?(?P<coin>cents?|pence|美分|센트|펜스)(?![a-z가-힣])",
    re.VERBOSE,
)
# Of which pounds nobody says.
OF_COIN = {"cent": "dollars", "cents": "dollars", "센트": UNKNOWN, "美分": "美元", "pence": UNKNOWN, "펜스": UNKNOWN}


@lru_cache(maxsize=16)
def millions(scheme: SchemeView) -> re.Pattern[str]:
    """The m of "3.1m barrels" and "4m people" is no metre: what is counted follows it."""
    counted = any_of([*ALL.units, *ALL.other_units, *ALL.people, *ALL.items, *ALL.currencies, *ENGLISH]).pattern
    return re.compile(rf"(?<=\d)(?:mm?|\s?mm)(?=\s+(?:{counted}))")


def written_out(text: str, scheme: SchemeView) -> str:
    """`text` in small letters."""
    text = A_DAY.sub(
        lambda match: f"{OFTEN.get((match['million'] or '').strip(), '')} {'boe' if match['boe'] else 'barrels'} per day", text
    )
    text = PER_DAY.sub(" per day", text)
    text = millions(scheme).sub(" million", text)
    return HYPHENED.sub(r" \g<word> ", text)


def with_whole_money(text: str) -> str:
    """95 cents are 0.95 dollars; cents that follow their dollars have been joined to them before."""
    return CENTS.sub(in_money, text)


def in_money(match: re.Match[str]) -> str:
    currency = OF_COIN[match["coin"]]
    if currency == UNKNOWN:
        return f"{match['n']} {UNKNOWN}"
    return f"{plain(from_digits(match['n']) / 100):f} {'usd' if match['whose'] else currency}"
