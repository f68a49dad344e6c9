"""Per month, a day, every two weeks, 毎月: the ISO 8601 duration that a value is for; per N of."""

from __future__ import annotations

import re
from decimal import Decimal

from annotations.figures.lexicon import ALL
from annotations.figures.numerals import DIGITS, from_digits
from annotations.figures.scan import Scan, any_of

LETTERS = {
    "minute": ("PT", "M"),
    "hour": ("PT", "H"),
    "day": ("P", "D"),
    "week": ("P", "W"),
    "month": ("P", "M"),
    "quarter": ("P", "M"),
    "year": ("P", "Y"),
}
UNIT = "|".join(LETTERS)
# "a month" after an amount is a period, by itself it is one month.
EVERY = re.compile(rf"(?:\b(?:per|each|every)\b|/)\s*(?:(?P<n>\d{{1,3}}|other)\s+)?(?P<unit>{UNIT})s?\b")
ARTICLE = re.compile(r"(?<=\S)\s+an?\s+(?P<unit>hour|day|week|month|year)\b")
# 일 18만 배럴.
DAILY = re.compile(r"(?<![가-힣\d])일\s+(?=\d)")
PER_CJK = re.compile(r"/\s*(?P<unit>[日天周週月年일주월년])")
CJK_UNITS = {
    **dict.fromkeys("日天일", "P1D"),
    **dict.fromkeys("周週주", "P1W"),
    **dict.fromkeys("月월", "P1M"),
    **dict.fromkeys("年년", "P1Y"),
}
PER_HEAD = re.compile(r"(?P<n>\d+)\s*(?:인|명|사람|人)(?:당|当たり|あたり|當)")
# For each of them; how many that is stands nowhere.
PER_PERSON = re.compile(
    r"\b(?:per|an?|each|every)\s+(?:person|head|capita|worker|labou?rer|employee|man|woman|soldier|passenger|sailor|crew\s+member)\b"
    r"|(?<=[^\W_])\s+apiece\s*$|(?<=[^\W\d_])\s+each\s*$|(?:인|명|사람)당|每(?:一?[个個名位])?(?:工人|劳工|船员|人)|每[名位]|人均"
)
PER_COUNT = re.compile(rf"\b(?:for\s+every|for\s+each|per|every)\s+(?P<n>{DIGITS.pattern})(?:\s+[a-z]+)?", re.VERBOSE)
BY_WORD = {word: iso for iso, words in ALL.periods.items() for word in words}


def take_period(scan: Scan) -> str | None:
    """The period, blanked; None where none is named."""
    if match := scan.take(EVERY):
        return iso(match["unit"], match["n"])
    if match := scan.take(PER_CJK):
        return CJK_UNITS[match["unit"]]
    if scan.take(DAILY):
        return "P1D"
    article = ARTICLE.search(scan.rest)
    if article and not scan.rest[: article.start()].rstrip().endswith("half"):
        scan.blank(article.start(), article.end())
        return iso(article["unit"], None)
    return take_word(scan)


def take_word(scan: Scan) -> str | None:
    for match in any_of(BY_WORD).finditer(scan.rest):
        before = scan.rest[: match.start()].rstrip()[-1:]
        # 4月に, 9월 are months of a date, 24개월 is a length of time.
        if match[0][0] not in "月월" or not (before.isdigit() or before in ("개", "箇")):
            scan.blank(match.start(), match.end())
            return BY_WORD[re.sub(r"\s+", " ", match[0])]
    return None


def iso(unit: str, count: str | None) -> str:
    n = 1 if count is None else 2 if count == "other" else int(count) or 1
    start, letter = LETTERS[unit]
    return f"{start}{n * 3 if unit == 'quarter' else n}{letter}"


def take_per_count(scan: Scan, language: str) -> Decimal | None:
    """ "for every 300 people" → 300, "a head" → 1. Periods ("every 3 months") are taken before."""
    if match := scan.take(PER_COUNT) or scan.take(PER_HEAD):
        return from_digits(match["n"], language)
    return Decimal(1) if scan.take(PER_PERSON) else None
