"""More than, about, on average: what a number is said to be."""

from __future__ import annotations

import re
from functools import lru_cache

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of
from annotations.schemeview import SchemeView

TILDE = re.compile(r"(?<![\d\w%])\s*[~〜～]\s*(?=[\d$€£¥])")
# 300+ and 三百多人: the number or more.
PLUS = re.compile(r"(?<=\d)\s*\+(?!\s*\d)")
MANY = re.compile(r"(?<=[\d十百千万萬亿億])\s*(?:多|余|餘|几|여)(?=\s|名|人|명|个|$|元|万|吨)")
OR_EQUAL = re.compile(r"\bor\s+equal(?:\s+to)?\b(?!\s+\d)")
WEAK = {"gt": "ge", "lt": "le"}
SIGNS = {">": "gt", ">=": "ge", "≥": "ge", "<": "lt", "<=": "le", "≤": "le"}
# 20 <kg> is less than nothing.
SIGN = re.compile(r"(?:[<>]\s?=?|[≤≥])(?=\s*[-−]?\s*[$€£¥]?\s*\d)")
FROM = re.compile(r"^\s*(?:from|ranging from)\b")
PLACEHOLDER = re.compile(r"(?<![a-z])[XY](?![a-z])")


@lru_cache(maxsize=16)
def comparators_of(scheme: SchemeView) -> dict[str, str]:
    """Phrase → comparator, of the scheme and of the lexicons."""
    layers = scheme.layers_of("figure")
    entries = [entry for layer in layers for entry in layer.get("comparators", [])]
    stated = {word.lower(): x["code"] for x in entries for word in x["lexicon"] if word and not PLACEHOLDER.search(word)}
    return {word: code for code, words in ALL.comparators.items() for word in words} | stated


def take_comparators(scan: Scan, scheme: SchemeView) -> list[str]:
    """In the order of the text. "Equal to 300 or more" has one that matters."""
    if scan.take(PLUS):
        return ["ge"]
    if scan.take(MANY):
        return ["gt"]
    known = comparators_of(scheme)
    equal = scan.take(OR_EQUAL)
    found = [(match.start(), known[re.sub(r"\s+", " ", match[0])]) for match in scan.take_all(any_of(known))]
    found += [(match.start(), SIGNS[re.sub(r"\s", "", match[0])]) for match in scan.take_all(SIGN)]
    codes = [code for _, code in sorted(found)]
    weighty = [code for code in codes if code != "eq"]
    return [WEAK.get(code, code) if equal else code for code in weighty] or codes


def take_approximate(scan: Scan) -> bool:
    marked = bool(scan.take(TILDE))
    return bool(scan.take_all(any_of(ALL.approximate))) or marked


def take_statistic(scan: Scan) -> str | None:
    words = {word: name for name, entries in ALL.statistics.items() for word in entries}
    found = scan.take_all(any_of(words))
    return words[re.sub(r"\s+", " ", found[0][0])] if found else None


def drop_from(scan: Scan) -> None:
    scan.take(FROM)
