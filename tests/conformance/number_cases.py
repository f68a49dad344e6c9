"""Cases with gold values from the shared data: words of one figure each, and what they should be read as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.scheme.view import SchemeView

NUMBERS = Path(__file__).parents[3] / "shared" / "data" / "numbers"
LANGUAGES = {"en": "English", "ko": "Korean", "zh": "Chinese"}
MODELS = {
    "money": "NumberWithUnit_{}_CurrencyModel",
    "counts": "Number_{}_NumberModel",
    "ranges": "Number_{}_NumberRangeModel",
    "percentages": "Number_{}_PercentModel",
    "durations": "DateTime_{}_DateTimeModel",
    "ages": "NumberWithUnit_{}_AgeModel",
    "quantities": "NumberWithUnit_{}_DimensionModel",
}
# A unit of the data → the scheme's. Decimal multiples are written in it; what the scheme has no unit of, or only one
# that would change the number that is stated (miles, pounds, inches, gallons, cups, bytes, degrees), is out.
UNITS = {
    "Barrel": "[bbl_us]", "Kilometer": "km", "kilometre": "km", "Meter": "m", "metre": "m", "Square meter": "m2",
    "Metric ton": "t", "Kilogram": "kg", "watt hour": "W.h", "megawatt hour": "W.h",
    "Year": "a", "year": "a", "Month": "mo", "month": "mo", "Week": "wk", "week": "wk", "Day": "d", "day": "d",
    "minute": "h", "milligram": "kg", "Microgram": "kg", "square kilometre": "m2", "centilitre": "L", "cubic centimetre": "L",
    "Millimeter": "m", "Centimeter": "m", "Decimeter": "m",
}  # fmt: skip
SIZES = {
    "megawatt hour": 10**6, "minute": 1 / 60, "milligram": 1e-6, "Microgram": 1e-9, "square kilometre": 1e6, "centilitre": 0.01,
    "cubic centimetre": 0.001, "Millimeter": 0.001, "Centimeter": 0.01, "Decimeter": 0.1,
}  # fmt: skip
LETTERS = {"Y": "a", "M": "mo", "W": "wk", "D": "d", "H": "h"}
SECONDS = {"h": 3600, "d": 86_400, "wk": 604_800, "mo": 2_592_000, "a": 31_536_000}
# Where the data name no country.
MEANT = {"Dollar": "USD", "dollar": "USD", "Pound": "GBP", "pound sterling": "GBP", "euro": "EUR"}
INTERVAL = re.compile(r"(?P<from>[\[(])(?P<low>[^,]*),(?P<high>[^,]*)(?P<to>[\])])")
DURATION = re.compile(r"P(?:T?[\d.]+(?:WE|[YMWDHS]))+")
PART = re.compile(r"(?P<time>T?)(?P<n>[\d.]+)(?P<unit>WE|[YMWDHS])")
# Scheme, section 10: quantifiers without a number word are no figures.
QUANTIFIERS = re.compile(r"^(?:few|some|all|몇)\b")


@dataclass(frozen=True)
class Case:
    """The two bounds, where None is open. Without a comparator the data tell one value, and not whether it is a bound.

    `out` says why the scheme cannot hold it, and is empty where it can.
    """

    language: str
    kind: str
    words: str
    low: float | None
    high: float | None
    comparator: str | None = None
    unit: str | None = None
    currency: str | None = None
    seconds: float | None = None
    out: str = ""


def cases(scheme: SchemeView) -> Iterator[Case]:
    for language, name in LANGUAGES.items():
        for kind, model in MODELS.items():
            path = NUMBERS / "recognizers" / f"{model.format(name)}.json"
            if path.is_file():
                for entry in json.loads(path.read_text("utf-8")):
                    yield from recognized(language, kind, entry, scheme)
    for path in sorted((NUMBERS / "quantulum3").glob("quantities*.json")):
        for entry in json.loads(path.read_text("utf-8")):
            yield from (measured(result, scheme) for result in entry["res"])


# Recognizers-Text


def recognized(language: str, kind: str, entry: dict[str, Any], scheme: SchemeView) -> Iterator[Case]:
    for result in entry["Results"]:
        words = as_written(entry["Input"], result["Text"])
        resolution = result["Resolution"]
        if kind == "durations":
            if result["TypeName"].endswith("duration"):
                yield duration(language, words, resolution["values"][0])
        elif kind == "ranges":
            yield interval(language, words, resolution["value"])
        elif kind == "percentages":
            yield percentage(language, words, resolution["value"])
        elif kind == "money":
            yield money(language, words, resolution, scheme)
        elif kind == "counts":
            yield plain(language, words, float(resolution["value"]))
        else:
            yield quantity(language, kind, words, resolution, scheme)


def as_written(text: str, words: str) -> str:
    """The data give the words in small letters."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words


def plain(language: str, words: str, value: float) -> Case:
    return Case(language, "counts", words, value, value, out=beyond(value))


def beyond(value: float, decimals: int = 6) -> str:
    """A value has at most 30 digits, six of them decimals; the reader takes nothing above 10²³."""
    if abs(value) > 10**23 or (value and abs(value) < 10**-decimals):
        return "more digits than a value has"
    return ""


def percentage(language: str, words: str, value: str) -> Case:
    if value == "null":
        return Case(language, "percentages", words, None, None, out="no number")
    number = float(value.removesuffix("%"))
    return Case(language, "percentages", words, number, number, unit="%", out=beyond(number))


def interval(language: str, words: str, value: str) -> Case:
    """A range does not say whether its ends are in it: [20,30) is between 20 and 30."""
    found = INTERVAL.fullmatch(value)
    assert found
    low = float(found["low"]) if found["low"] else None
    high = float(found["high"]) if found["high"] else None
    if low is None:
        comparator = "le" if found["to"] == "]" else "lt"
    elif high is None:
        comparator = "ge" if found["from"] == "[" else "gt"
    else:
        comparator = "eq" if low == high else "between"
    return Case(language, "ranges", words, low, high, comparator)


def money(language: str, words: str, resolution: dict[str, Any], scheme: SchemeView) -> Case:
    code = resolution.get("isoCurrency") or MEANT.get(resolution["unit"])
    if resolution["value"] is None:
        return Case(language, "money", words, None, None, out="no number")
    value = float(resolution["value"])
    out = beyond(value) or ("" if code in scheme.currencies else "no currency of the scheme")
    return Case(language, "money", words, value, value, currency=code, out=out)


def duration(language: str, words: str, value: dict[str, str]) -> Case:
    """By its parts: P8DT20H is 212 hours; months and days have no common unit."""
    assert DURATION.fullmatch(value["timex"])
    parts = list(PART.finditer(value["timex"]))
    units = {unit_of(part) for part in parts}
    out = ""
    if QUANTIFIERS.search(words):
        out = "no number"
    elif "" in units:
        out = "no unit of the scheme"
    elif len(units) > 1 and units & {"mo", "a"}:
        out = "two units without a common one"
    minutes = parts[0]["time"] and parts[0]["unit"] == "M"
    one = units.pop() if len(parts) == 1 and not minutes else None
    number = float(parts[0]["n"])
    return Case(language, "durations", words, number, number, unit=one, seconds=float(value["value"]), out=out)


def unit_of(part: re.Match[str]) -> str:
    """Minutes are parts of an hour; seconds, too short for six decimals of one, and weekends have no unit."""
    if part["time"]:
        return "h" if part["unit"] in "HM" else ""
    return LETTERS.get(part["unit"], "")


def quantity(language: str, kind: str, words: str, resolution: dict[str, Any], scheme: SchemeView) -> Case:
    if resolution["value"] is None:
        return Case(language, kind, words, None, None, out="no number")
    unit = UNITS.get(resolution["unit"])
    value = float(resolution["value"]) * SIZES.get(resolution["unit"], 1)
    kind = "durations" if kind == "ages" else kind
    out = beyond(value) if unit in scheme.units else "no unit of the scheme"
    return Case(language, kind, words, value, value, unit=unit, out=out)


# Quantulum3


def measured(result: dict[str, Any], scheme: SchemeView) -> Case:
    """Values with an uncertainty are the middles of ranges."""
    value, unit, spread = result["value"], result["unit"], result.get("uncertainty") or 0
    known = UNITS.get(unit)
    size = SIZES.get(unit, 1)
    low, high = (value - spread) * size, (value + spread) * size
    shape = {"low": low, "high": high, "comparator": "between" if spread else None}
    words = result["surface"]
    if unit == "dimensionless":
        return Case("en", "ranges" if spread else "counts", words, **shape)
    if unit == "percentage":
        return Case("en", "ranges", words, **shape, unit="%")
    if unit in MEANT:
        return Case("en", "money", words, **shape, currency=MEANT[unit])
    kind = "durations" if known in SECONDS else "quantities"
    return Case("en", kind, words, **shape, unit=known, out="" if known in scheme.units else "no unit of the scheme")
