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
FROM = re.compile(r"^\s*(?:from|ranging from)\b")
MINUS = re.compile(r"^\s*(?:[-−]\s*(?=[\d$€£¥])|(?:minus|negative)\b)")
PLACEHOLDER = re.compile(r"(?<![a-z])[XY](?![a-z])")


@lru_cache(maxsize=16)
def comparators_of(scheme: SchemeView) -> dict[str, str]:
    """Phrase → comparator, of the scheme and of the lexicons."""
    layers = scheme.layers_of("figure")
    entries = [entry for layer in layers for entry in layer.get("comparators", [])]
    stated = {word.lower(): x["code"] for x in entries for word in x["lexicon"] if word and not PLACEHOLDER.search(word)}
    return {word: code for code, words in ALL.comparators.items() for word in words} | stated


def take_comparator(scan: Scan, scheme: SchemeView) -> str | None:
    if scan.take(PLUS):
        return "ge"
    if scan.take(MANY):
        return "gt"
    known = comparators_of(scheme)
    found = scan.take_all(any_of(known))
    return known[re.sub(r"\s+", " ", found[0][0])] if found else None


def take_approximate(scan: Scan) -> bool:
    marked = bool(scan.take(TILDE))
    return bool(scan.take_all(any_of(ALL.approximate))) or marked


def take_statistic(scan: Scan) -> str | None:
    words = {word: name for name, entries in ALL.statistics.items() for word in entries}
    found = scan.take_all(any_of(words))
    return words[re.sub(r"\s+", " ", found[0][0])] if found else None


def take_minus(scan: Scan) -> bool:
    return scan.take(MINUS) is not None


def drop_from(scan: Scan) -> None:
    scan.take(FROM)
