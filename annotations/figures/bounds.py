"""Bounds: a comparator, and a negation that turns it round. Negation × comparator is one table for all languages.

`over` and `under` of a lexicon are comparators that may be negated: "not exceeding" and 넘지 않는 are "at most", 不低于 is
"at least". A negation that nobody here understands leaves the figure open, since it may say the contrary of what is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of, bounded
from annotations.scheme.view import SchemeView

# 300+ and 三百多人: the number or more.
PLUS = re.compile(r"(?<=\d)\s*(?:\+(?!\s*\d)|plus\s*$)")
MANY = re.compile(
    r"(?<=[\d十百千万萬亿億])\s*(?:多|余|餘|几|여)(?=\s|名|人|명|个|個|艘|척|대|개|곳|건|辆|家|$|元|万|만|吨|海里|[a-z])"
)
OR_EQUAL = re.compile(r"\bor\s+equal(?:\s+to)?\b(?!\s+\d)|或(?:者)?等[于於]")
EQUAL_OR = re.compile(r"\bequal\s+to\s+or\s+(?=\w+ than)|等于或(?:者)?(?=[大小])")
WEAK = {"gt": "ge", "lt": "le"}
NEGATED = {"gt": "le", "lt": "ge"}
SIGNS = {">": "gt", ">=": "ge", "≥": "ge", "<": "lt", "<=": "le", "≤": "le"}
# 20 <kg> is less than nothing.
SIGN = re.compile(r"(?:[<>]\s?=?|[≤≥])(?=\s*+[-−]?\s*+[$€£¥]?\s*+\d)")
PLACEHOLDER = re.compile(r"(?<![a-z])[XY](?![a-z])")
# "over the past 12 months" says when, and "no" denies a comparison and not a thing: "no under 18" is about people.
WHEN = r"(?!\s+the\s+(?:past|last|next|previous|coming|course)\b|\s+than\s+[^\sa-z]*\d)"
A_COMPARISON = r"(?=\s+[a-z]+\s+than\b)"


class Bounds(NamedTuple):
    """Comparators in the order of the text, and whether each negation among the words was understood."""

    codes: list[str]
    understood: bool


@lru_cache(maxsize=16)
def comparators_of(scheme: SchemeView) -> dict[str, str]:
    """Phrase → comparator, of the lexicons and of the scheme, whose word counts."""
    layers = scheme.layers_of("figure")
    entries = [entry for layer in layers for entry in layer.get("comparators", [])]
    stated = {word.lower(): x["code"] for x in entries for word in x["lexicon"] if word and not PLACEHOLDER.search(word)}
    known = {word: code for code, words in ALL.comparators.items() for word in words}
    return known | dict.fromkeys(ALL.over, "gt") | dict.fromkeys(ALL.under, "lt") | stated


@lru_cache(maxsize=16)
def grammar(scheme: SchemeView) -> re.Pattern[str]:
    """[negation [links]] comparator [negation behind it]."""
    words = sorted(comparators_of(scheme), key=len, reverse=True)
    before = "|".join([*map(bounded, sorted(ALL.negations, key=len, reverse=True)), rf"(?<![a-z])no(?![a-z]){A_COMPARISON}"])
    links = any_of(ALL.links).pattern
    behind = "|".join(map(bounded, sorted(ALL.negations_behind, key=len, reverse=True)))
    return re.compile(
        rf"(?:(?P<before>{before})\s*(?:(?:{links})\s*){{0,4}})?(?P<word>{'|'.join(map(bounded, words))}){WHEN}(?P<behind>{behind})?"
    )


@lru_cache(maxsize=1)
def negation() -> re.Pattern[str]:
    """One that stands before a number or, in languages that deny at the end, behind it."""
    before, behind = any_of((*ALL.negations, *ALL.doubts, "no")).pattern, any_of(ALL.negative_signs).pattern
    return re.compile(rf"(?:{before})[^\d]{{0,20}}\d|\d[^\d]{{0,20}}(?:{behind})")


def take_bounds(scan: Scan, scheme: SchemeView) -> Bounds:
    """ "Equal to 300 or more" has one comparator that matters."""
    if scan.take(PLUS):
        return Bounds(["ge"], understood=True)
    if scan.take(MANY):
        return Bounds(["gt"], understood=True)
    known = comparators_of(scheme)
    equal = bool(scan.take(OR_EQUAL)) | bool(scan.take(EQUAL_OR))
    matches = [(match.start(), code_of(match, known)) for match in scan.take_all(grammar(scheme))]
    matches += [(match.start(), SIGNS[re.sub(r"\s", "", match[0])]) for match in scan.take_all(SIGN)]
    codes = [code for _, code in sorted(matches)]
    understood = "" not in codes and not negation().search(scan.rest)
    weighty = [code for code in codes if code not in ("eq", "")]
    return Bounds([WEAK.get(code, code) if equal else code for code in weighty] or [code for code in codes if code], understood)


def code_of(match: re.Match[str], known: dict[str, str]) -> str:
    """Of one comparator; empty where it is negated and nobody knows what that means ("not at least 5")."""
    code = known[re.sub(r"\s+", " ", match["word"])]
    negations = bool(match["before"]) + bool(match["behind"])
    return code if negations in (0, 2) else NEGATED.get(code, "")
