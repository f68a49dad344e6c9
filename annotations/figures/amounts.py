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
from annotations.schemeview import SchemeView

SCALES = "dozen|hundred|thousand|million|billion|trillion"
TIMES = "hour|day|week|month|year|decade"
SEVERAL = re.compile(rf"\b(?:several|a\s+few)\s+(?P<scale>{SCALES})\b")
LARGE = re.compile(r"\b(?P<of>tens|hundreds)\s+of\s+(?P<scale>million|billion|trillion)s\b")
BETWEEN = re.compile(r"\bbetween\b")
TO = re.compile(r"\s*(?:" + "|".join(re.escape(word) for word in sorted(ALL.ranges, key=len, reverse=True)) + r")\s*(?:the\s+)?")
FRACTION = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|\d+)[\s-]+(?P<d>half|halves|thirds?|quarters?|fourths?|fifths?|"
    r"sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?)\b|(?P<a>\d{1,3})\s*⁄\s*(?P<b>\d{1,3})"
    r"|\b(?P<c>\d{1,2})/(?P<e>\d{1,3})(?=\s+of\b)"
    r"|\b(?P<f>one|two|three|four|five|six|seven|eight|nine|\d+)\s+(?:in|out\s+of)\s+(?P<g>two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
)
PARTS = dict(
    zip(
        "half third quarter fourth fifth sixth seventh eighth ninth tenth hundredth".split(),
        (2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 100),
        strict=True,
    )
)
WARI = re.compile(r"(?P<n>[\d.]+|[一二三四五六七八九])\s*割(?:\s*(?P<bu>\d)\s*分)?")
HUNDREDTHS = re.compile(r"百分之\s*(?P<n>[\d.]+|[一二三四五六七八九十百]+)")


@dataclass(frozen=True)
class Amount:
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
    return {x["word"]: x for x in entries if x["vague"] or x.get("unit") or not numerals.find(x["word"])}


# Shares


def take_shares(scan: Scan, scheme: SchemeView) -> list[Amount]:
    """Fractions in words or digits, as percentages."""
    found = [*take_table(scan, scheme, with_unit=True), *take_fractions(scan)]
    for match in scan.take_all(any_of(ALL.fractions)):
        value = ALL.fractions[match[0]]
        found.append(Amount(value, value, match.start(), match.end(), unit="%"))
    for match in scan.take_all(WARI):
        value = numerals.cjk_value(match["n"]) * 10 + Decimal(match["bu"] or 0)
        found.append(Amount(value, value, match.start(), match.end(), unit="%"))
    for match in scan.take_all(HUNDREDTHS):
        value = numerals.cjk_value(match["n"])
        found.append(Amount(value, value, match.start(), match.end(), unit="%"))
    return found


def take_fractions(scan: Scan) -> list[Amount]:
    found = []
    for match in FRACTION.finditer(scan.rest):
        if re.match(rf"\s+(?:an?\s+)?(?:{SCALES}|{TIMES})", scan.rest[match.end() :]) or preceded(scan, match):
            continue
        parts = fraction(match)
        if parts and 0 < parts[0] <= parts[1]:
            share = (Decimal(parts[0]) * 100 / parts[1]).quantize(Decimal("0.01")).normalize()
            found.append(
                Amount(
                    numerals.plain(share),
                    numerals.plain(share),
                    match.start(),
                    match.end(),
                    unit="%",
                )
            )
    for amount in found:
        scan.blank(amount.start, amount.end)
    return found


def preceded(scan: Scan, match: re.Match[str]) -> bool:
    """ "one and a half" is a number, not a share."""
    return scan.rest[: match.start()].rstrip().endswith(" and")


def fraction(match: re.Match[str]) -> tuple[int, int] | None:
    if match["d"]:
        count = 1 if match["n"] in ("a", "an") else whole(match["n"])
        part = match["d"].removesuffix("s") if match["d"] != "halves" else "half"
        return count, PARTS[part]
    for top, bottom in (("a", "b"), ("c", "e"), ("f", "g")):
        if match[top]:
            return whole(match[top]), whole(match[bottom])
    return None


def whole(word: str) -> int:
    return numerals.SMALL[word] if word in numerals.SMALL else int(word)


# Vague words and numbers


def take_vague(scan: Scan, scheme: SchemeView) -> list[Amount]:
    table = table_of(scheme)
    found = []
    for match in scan.take_all(LARGE):
        found += from_table(table.get(f"{match['of']} of thousands"), match, large(match))
    found += take_table(scan, scheme, with_unit=False)
    for match in scan.take_all(any_of(ALL.vague)):
        word, divisor = ALL.vague[match[0]]
        found += from_table(table.get(word), match, Decimal(1) / divisor)
    for match in scan.take_all(SEVERAL):
        found += from_table(table.get(f"{match['scale']}s"), match)
    return found


def large(match: re.Match[str]) -> Decimal:
    """ "tens of millions" is a thousand times "tens of thousands"."""
    return Decimal(numerals.SCALES[match["scale"]]) / 1000


def take_table(scan: Scan, scheme: SchemeView, *, with_unit: bool) -> list[Amount]:
    table = {word: x for word, x in table_of(scheme).items() if bool(x.get("unit")) == with_unit}
    found: list[Amount] = []
    for match in any_of(table).finditer(scan.rest):
        after = scan.rest[match.end() :]
        before = scan.rest[: match.start()].rstrip()
        number_follows = with_unit and re.match(rf"[\s-]+(?:an?\s+)?(?:{SCALES}|{TIMES})", after)
        if not number_follows and not (with_unit and before.endswith(("and a", "and"))):
            found += from_table(table[re.sub(r"\s+", " ", match[0])], match)
    for amount in found:
        scan.blank(amount.start, amount.end)
    return found


def from_table(entry: dict[str, Any] | None, match: re.Match[str], factor: Decimal = Decimal(1)) -> list[Amount]:
    """Bounds are whole: 20000–99999 ÷ 1000 is 20–99, and × 1000 is 20,000,000–99,999,999."""
    if entry is None:
        return []
    low, high = Decimal(str(entry["low"])) * factor, Decimal(str(entry["high"]))
    high = (high + 1) * factor - 1 if factor > 1 else high * factor // 1 if factor < 1 else high
    return [Amount(low, high, match.start(), match.end(), entry["vague"], unit=entry.get("unit"))]


def take_numbers(scan: Scan, language: str, *, money: bool) -> list[Amount]:
    found = numerals.find(scan.rest, language, money=money)
    for number in found:
        scan.blank(number.start, number.end)
    return [Amount(x.value, x.value, x.start, x.end, scale=x.scale) for x in found]


# Ranges


def mark_between(scan: Scan) -> None:
    """ "between X and Y" → "X to Y"; the last "and" parts the two."""
    if scan.take(BETWEEN):
        place = scan.rest.rfind(" and ")
        if place >= 0:
            scan.rest = f"{scan.rest[:place]} to  {scan.rest[place + 5 :]}"


def combine(amounts: list[Amount], rest: str) -> tuple[Amount, bool, bool]:
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


def share_scale(first: Amount, second: Amount) -> Amount:
    """In "5 to 7 million" the five are millions too."""
    shared = first.scale == 1 < second.scale and first.high < second.high / second.scale
    if not shared or first.vague:
        return first
    return replace(first, low=first.low * second.scale, high=first.high * second.scale)
