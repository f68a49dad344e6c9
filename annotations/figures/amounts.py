"""Amounts: numbers, vague words with bounds from the scheme's table, and ranges of both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from annotations.figures import numerals
from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of
from annotations.figures.spelled import canonical
from annotations.figures.units import EXACT, MeasuredUnit
from annotations.scheme.view import SchemeView

SCALES = "dozen|hundred|thousand|million|billion|trillion"
TIMES = "hour|day|week|month|year|decade"
JOINED = re.compile(r"\s*(?:and|又|,)?\s*")
NUMBERED = re.compile(r"\d[\s-]*$")
SEVERAL = re.compile(rf"\b(?:several|a\s+few)\s+(?P<scale>{SCALES})\b")
LARGE = re.compile(r"\b(?P<of>tens|hundreds)\s+of\s+(?P<scale>million|billion|trillion)s\b")
BETWEEN = re.compile(r"\bbetween\b")
TO = re.compile(r"\s*(?:" + "|".join(re.escape(word) for word in sorted(ALL.ranges, key=len, reverse=True)) + r")\s*(?:the\s+)?")
# "20과 30 사이", "10000与20000之间": the two are parted by a word that elsewhere joins them.
AMID = re.compile(r"\s*(?:과|와|与|與|和|及)\s*(?P<rest>.*?)(?:사이|之间|之間|间)")
# A sign stands at the beginning, or behind a word or a sign that is no number: not in 5k-20k.
SIGN = re.compile(r"(?:^\s*[-−]\s*|(?:(?<=[^\w\s-])|(?<=[^\d\s-]\s)|(?<=[^\d\s-]\s\s))[-−]\s?)$")


@dataclass(frozen=True)
class FigureAmount:
    """`low` to `high` at a place in the words; `scale` as in numerals.Number."""

    low: Decimal
    high: Decimal
    start: int
    end: int
    vague: bool = False
    scale: int = 1
    unit: str | None = None


@lru_cache(maxsize=16)
def table_of(scheme: SchemeView) -> dict[str, dict[str, Any]]:
    """Vague words of the scheme, without those that are plain numbers ("a dozen")."""
    layers = scheme.layers_of("figure")
    entries = [entry for layer in layers for entry in layer.get("vague_words", [])]
    return {canonical(x["word"]): x for x in entries if x["vague"] or x.get("unit") or not numerals.find(x["word"])}


@lru_cache(maxsize=16)
def shares_of(scheme: SchemeView) -> dict[str, dict[str, Any]]:
    return {word: entry for word, entry in table_of(scheme).items() if entry.get("unit")}


def take_shares(scan: Scan, scheme: SchemeView) -> list[FigureAmount]:
    """Shares in words, as percentages."""
    rows = take_table(scan, scheme, with_unit=True)
    for match in scan.take_all(any_of(ALL.fractions)):
        value = ALL.fractions[match[0]]
        rows.append(FigureAmount(value, value, match.start(), match.end(), unit="%"))
    return rows


# Vague words and numbers


def take_vague(scan: Scan, scheme: SchemeView) -> list[FigureAmount]:
    table = table_of(scheme)
    amounts = []
    for match in scan.take_all(LARGE):
        amounts += from_table(table.get(f"{match['of']} of thousands"), match, large(match))
    amounts += take_table(scan, scheme, with_unit=False)
    for match in scan.take_all(any_of(ALL.vague)):
        word, divisor = ALL.vague[match[0]]
        amounts += from_table(table.get(word), match, Decimal(1) / divisor)
    for match in scan.take_all(SEVERAL):
        amounts += from_table(table.get(f"{match['scale']}s"), match)
    return amounts


def large(match: re.Match[str]) -> Decimal:
    """ "tens of millions" is a thousand times "tens of thousands"."""
    return Decimal(numerals.SCALES[match["scale"]]) / 1000


def take_table(scan: Scan, scheme: SchemeView, *, with_unit: bool) -> list[FigureAmount]:
    table = {word: x for word, x in table_of(scheme).items() if bool(x.get("unit")) == with_unit}
    rows: list[FigureAmount] = []
    for match in any_of(table).finditer(scan.rest):
        after = scan.rest[match.end() :]
        before = scan.rest[: match.start()]
        scale = re.match(rf"[\s-]+(?:of\s+|an?\s+)?(?P<scale>{SCALES})\b", after)
        if NUMBERED.search(before) or (with_unit and (scale or re.match(rf"[\s-]+(?:an?\s+)?(?:{TIMES})", after))):
            continue
        (amount,) = from_table(table[canonical(match[0])], match)
        rows.append(amount if scale is None else scaled(amount, scale))
    for amount in rows:
        scan.blank(amount.start, amount.end)
    return rows


def scaled(amount: FigureAmount, scale: re.Match[str]) -> FigureAmount:
    """A couple of hundred."""
    size = numerals.SCALES[scale["scale"]]
    return replace(amount, low=amount.low * size, high=amount.high * size, end=amount.end + scale.end())


def from_table(entry: dict[str, Any] | None, match: re.Match[str], factor: Decimal = Decimal(1)) -> list[FigureAmount]:
    """Bounds are whole: 20000–99999 ÷ 1000 is 20–99, and × 1000 is 20,000,000–99,999,999."""
    if entry is None:
        return []
    low, high = Decimal(str(entry["low"])) * factor, Decimal(str(entry["high"]))
    high = (high + 1) * factor - 1 if factor > 1 else high * factor // 1 if factor < 1 else high
    return [FigureAmount(low, high, match.start(), match.end(), entry["vague"], unit=entry.get("unit"))]


def take_numbers(scan: Scan, language: str, *, money: bool) -> list[FigureAmount]:
    amounts = []
    for number in numerals.find(scan.rest, language, money=money):
        sign = SIGN.search(scan.rest, 0, number.start)
        value = -number.value if sign else number.value
        start = sign.start() if sign else number.start
        amounts.append(FigureAmount(value, value, start, number.end, scale=number.scale))
    for amount in amounts:
        scan.blank(amount.start, amount.end)
    return amounts


# Ranges


def mark_between(scan: Scan) -> None:
    """ "between X and Y" → "X to Y"; the last "and" parts the two."""
    if scan.take(BETWEEN):
        position = scan.rest.rfind(" and ")
        if position >= 0:
            scan.rest = f"{scan.rest[:position]} to  {scan.rest[position + 5 :]}"
    scan.rest = AMID.sub(lambda match: f" to {match['rest']}", scan.rest)


def combine(amounts: list[FigureAmount], rest: str) -> tuple[FigureAmount, bool, bool]:
    """(one amount, whether it is a range, whether more numbers follow that are not part of it)."""
    first, *others = sorted(amounts, key=lambda amount: amount.start)
    if not others or not TO.fullmatch(rest, first.end, others[0].start):
        return first, False, bool(others)
    second = others[0]
    first = share_scale(first, second)
    low, high = sorted((first.low, second.high))
    both = replace(
        first,
        low=low,
        high=high,
        end=second.end,
        vague=first.vague or second.vague,
        unit=first.unit or second.unit,
    )
    return both, True, len(others) > 1


def share_scale(first: FigureAmount, second: FigureAmount) -> FigureAmount:
    """In "5 to 7 million" the five are millions too."""
    shared = first.scale == 1 < second.scale and first.high < second.high / second.scale
    if not shared or first.vague:
        return first
    return replace(first, low=first.low * second.scale, high=first.high * second.scale)


def within(amounts: list[FigureAmount], comparators: list[str]) -> tuple[FigureAmount, bool, bool] | None:
    """ "more than 10 and less than 40", "50 이하, 20 이상": as `combine` gives it."""
    if len(amounts) != 2 or len(comparators) != 2:
        return None
    bounds = {"low" if code in ("gt", "ge") else "high": amount for code, amount in zip(comparators, amounts, strict=True)}
    if len(bounds) != 2 or bounds["low"].high >= bounds["high"].low:
        return None
    vague = any(amount.vague for amount in amounts)
    return replace(bounds["low"], high=bounds["high"].high, vague=vague), True, False


# Units


def measured(amounts: list[FigureAmount], measures: list[MeasuredUnit], rest: str) -> tuple[list[FigureAmount], str | None]:
    """Amounts in one unit; what is said in two ("8 days and 20 hours") is added up."""
    if not measures:
        return amounts, None
    kinds = {(x.unit, x.factor) for x in measures}
    smallest, steps = common_unit(measures)
    if len(kinds) == 1 or not steps:
        return [times(x, measures[0].factor) for x in amounts], measures[0].unit
    alike = []
    for amount in amounts:
        own, step = next(
            ((x, n) for x, n in zip(measures, steps, strict=True) if x.start >= amount.end), (measures[-1], steps[-1])
        )
        alike.append(times(amount, own.factor * step))
    if len(alike) == 2 and JOINED.fullmatch(rest, alike[0].end, alike[1].start):
        first, second = alike
        return [replace(first, low=first.low + second.low, high=first.high + second.high, end=second.end)], smallest
    return alike, smallest


def common_unit(measures: list[MeasuredUnit]) -> tuple[str, list[int]]:
    """The unit that all can be said in, and how many of it each of them is; none for months and days."""
    for small in {x.unit: None for x in measures}:
        steps = [EXACT.get((x.unit, small), 1 if x.unit == small else 0) for x in measures]
        if all(steps):
            return small, steps
    return measures[0].unit, []


def times(amount: FigureAmount, factor: Decimal) -> FigureAmount:
    """To the sixth decimal, as values are stored."""
    low, high = sorted((amount.low * factor, amount.high * factor))
    return amount if factor == 1 or amount.unit else replace(amount, low=numerals.rounded(low), high=numerals.rounded(high))
