"""A tonne, per barrel, 킬로그램당, 每桶: what an amount is for, in UCUM; things that are counted stand in braces: {vessel}."""

from __future__ import annotations

import re
from functools import lru_cache

from annotations.figures.scan import Scan, any_of
from annotations.figures.units import known_units
from annotations.scheme.view import SchemeView

# Multiples of the scheme's units that prices are for. A number would have to be converted with them.
MULTIPLES = {
    "g": "g gram grams gramme 그램 克",
    "kW.h": "kwh kilowatt-hour kilowatt-hours 킬로와트시 千瓦时 度",
    "MW.h": "mwh megawatt-hour megawatt-hours 메가와트시 兆瓦时",
    "10*6.[Btu]": "mmbtu",
}
THINGS = {
    "vessel": "vessel ship tanker freighter boat 척 艘",
    "container": "container 컨테이너 集装箱 个集装箱 個集裝箱",
    "vehicle": "vehicle truck car 辆 輛",
    "visa": "visa 비자 签证",
    "passport": "passport 여권 护照",
    "permit": "permit licence license",
    "shipment": "shipment cargo consignment transfer",
    "voyage": "voyage trip",
    "bag": "bag sack 포대 袋",
    "item": "item piece unit 개 건 个 件",
}
BY_THING = {word: f"{{{thing}}}" for thing, words in THINGS.items() for word in words.split()}
BY_MULTIPLE = {word: unit for unit, words in MULTIPLES.items() for word in words.split()}
NOT_KNOWN = "an amount per something that is not known"
# What is for something that nobody here knows: $40 a ticket, 장당 20달러.
LEFT_OVER = re.compile(
    r"\b(?:per|for\s+(?:each|every))\s+[a-z\d]|(?<=[\s\d])/\s*[a-z]|\d(?:\s+(?:thousand|million|billion))?\s+an?\s+[a-z]{3}"
    r"|[가-힣a-z]당(?=\s|\d|$)|每[\u4e00-\u9fff]"
)
ONE = r"(?:(?<![\d.,])1\s?)?"


@lru_cache(maxsize=16)
def multiples_of(scheme: SchemeView) -> tuple[str, ...]:
    """Units in which prices are stated and no amounts (kW.h), by the scheme's attribute."""
    attributes = (entry for layer in scheme.layers_of("figure") for entry in layer["attributes"])
    return next((tuple(entry.get("units", ())) for entry in attributes if entry["code"] == "per_unit"), ())


@lru_cache(maxsize=16)
def units_of(scheme: SchemeView) -> dict[str, str]:
    """Word → what an amount is for."""
    times = scheme.unit_groups.get("duration", ())
    plain = {word: unit for word, (unit, factor) in known_units(scheme).items() if factor == 1 and unit not in times}
    return plain | {word: unit for word, unit in BY_MULTIPLE.items() if unit in multiples_of(scheme)} | BY_THING


@lru_cache(maxsize=16)
def patterns(scheme: SchemeView) -> tuple[re.Pattern[str], ...]:
    words = units_of(scheme)
    latin = any_of(word for word in words if word.isascii()).pattern
    east = any_of(word for word in words if not word.isascii() or len(word) < 4).pattern
    return (
        re.compile(
            rf"(?:\b(?:per|each|every)\s+(?:1\s+)?|(?<=\S)\s*/\s*|(?<=[^\s-])\s+an?\s+)(?P<unit>{latin}|{east})(?![a-z\d/])"
        ),
        re.compile(rf"{ONE}\s?(?P<unit>{east}|{latin})\s?(?:당|当たり|あたり)"),
        re.compile(rf"(?:每一?|/\s?)(?P<unit>{east})"),
        # 1톤에 120달러, 一吨120美元: an amount of one before that of money.
        re.compile(rf"(?:^|\s)1\s?(?P<unit>{east}|{latin})(?:에\s|(?=\d))"),
    )


def take_per_unit(scan: Scan, scheme: SchemeView, *, is_money: bool) -> str | None:
    for pattern in patterns(scheme)[: None if is_money else 3]:
        for match in pattern.finditer(scan.rest):
            if is_money or not match[0].lstrip().startswith("a"):
                scan.blank(match.start(), match.end())
                return units_of(scheme)[re.sub(r"\s+", " ", match["unit"])]
    return None
