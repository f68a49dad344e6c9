"""Units (UCUM), percent signs and counters that stand with a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from annotations.figures.lexicon import ALL
from annotations.figures.numerals import SCALES
from annotations.figures.scan import Scan, any_of
from annotations.figures.whose_money import ENGLISH
from annotations.scheme.view import SchemeView

# How many of the smaller unit are in the larger, where that never varies.
EXACT = {("d", "h"): 24, ("wk", "d"): 7, ("wk", "h"): 168, ("a", "mo"): 12}
# 9 to 1, three to four times: how two things stand to each other, and no amount.
RATIO = re.compile(
    r"\bratio\b|(?<![\d.,])(?:[2-9]|\d{2,})\s+to\s+1\s*(?:$|against\b|in\s+favou?r\b)|\d\s+(?:to|or)\s+\d+\s+times\b(?!\s+(?:an?|per|each|every)\b)"
)
# In the low thousands, high five figures: within bounds that nobody says.
UNBOUNDED = re.compile(
    r"\b(?:low|lower|mid|middle|high|upper)[\s-]+(?:\d[\s-]+)?(?:figures?|digits?|teens|tens|hundreds|thousands|millions|billions|trillions)\b"
    r"|\d[\s-]+(?:figures?|digits?)\b|\b(?:single|double|triple)[\s-]+(?:figures?|digits?)\b"
    # 20대 노동자 are in their twenties; 20대 are twenty machines.
    r"|\d\s?(?:자리\s?수|자릿수|位数|位數|桁)|\d0대\s?(?:초반|중반|후반|노동자|근로자|직원|여성|남성|청년|남녀|북한)"
)
MULTIPLE = re.compile(
    r"\b(?:twice|thrice|double[ds]?|doubling|tripled?|quadrupled?)\b|(?<=\d)\s*-?fold\b|\btimes\s+(?:as|more|less|higher|lower|larger|the)\b"
    r"|(?<=\d)\s?(?:倍|배(?![가-힣]))|(?:두|세|네|몇)\s?배(?![가-힣])|翻(?:了)?\s*\d*\s*番"
)


@dataclass(frozen=True)
class MeasuredUnit:
    """A unit at a place in the words, and how many of it the word means."""

    unit: str
    factor: Decimal
    start: int


@lru_cache(maxsize=16)
def known_units(scheme: SchemeView) -> dict[str, tuple[str, Decimal]]:
    return {word: entry for word, entry in ALL.units.items() if entry[0] in scheme.units}


def begins_with_unit(scheme: SchemeView) -> Callable[[str], bool]:
    pattern = any_of((*known_units(scheme), *other_units(scheme), *ENGLISH))
    return lambda text: bool(pattern.match(text))


@lru_cache(maxsize=16)
def pattern_of(scheme: SchemeView) -> re.Pattern[str]:
    """A single character (年, 시) is a unit only behind a number."""
    short = [word for word in known_units(scheme) if len(word) == 1 and not word.isascii()]
    long = any_of(word for word in known_units(scheme) if word not in short).pattern
    number = r"[\d십백천만억조十百千万萬亿億]"
    behind = "|".join(rf"(?<={number}{blanks})" for blanks in ("", r"\s", r"\s\s", r"\s\s\s"))
    return re.compile(rf"{long}|(?:{behind})(?:{'|'.join(short) or '(?!)'})")


def take_units(scan: Scan, scheme: SchemeView) -> list[MeasuredUnit]:
    """In the order of the text; "decade" is ten years. Units that the scheme lacks are not read."""
    known = known_units(scheme)
    return [MeasuredUnit(*known[re.sub(r"\s+", " ", match[0])], match.start()) for match in scan.take_all(pattern_of(scheme))]


def take_foreign(scan: Scan, scheme: SchemeView) -> bool:
    """A unit that the scheme lacks (miles, 英里) behind a number; the number stays and its unit is open."""
    return bool(scan.take_all(behind_number(other_units(scheme))))


@lru_cache(maxsize=16)
def other_units(scheme: SchemeView) -> tuple[str, ...]:
    return (*ALL.other_units, *(word for word in ALL.units if word not in known_units(scheme) and len(word) > 1))


@lru_cache(maxsize=16)
def behind_number(words: tuple[str, ...]) -> re.Pattern[str]:
    scales = "|".join(SCALES)
    return re.compile(rf"(?:(?<=\d)[\s-]{{0,3}}|\b(?:{scales})[\s-]{{1,3}})(?:of\s+)?(?:{any_of(words).pattern}|평(?![가-힣]))")


def take_multiple(scan: Scan) -> bool:
    """Twice as many, 2.5배, 翻一番: how often another number, which the words do not say."""
    return bool(scan.take_all(MULTIPLE))


def take_percent(scan: Scan) -> bool:
    return bool(scan.take_all(any_of(ALL.percent)))


def take_counter(scan: Scan) -> str | None:
    """ "people", "items" or "occasions" where a counting word (人, workers, 隻, times) says so."""
    kinds = (("people", ALL.people), ("items", ALL.items), ("occasions", ALL.occasions))
    for kind, words in kinds:
        if scan.take(any_of(words)):
            return kind
    return None
