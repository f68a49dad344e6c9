"""Words that touch a number belong to its value, whether or not the mark has them: "more than" of “more than | 70 | workers”.

Before a number these are hedges, statistics and signs of money; behind it scales, units, counters, hedges and what an amount is for.
What stands further away, or behind a comma, is not read, nor is a period: "per month" is a fragment of its own where a conversion parts the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from annotations.figures import bounds
from annotations.figures.lexicon import ALL
from annotations.figures.per_unit import units_of
from annotations.figures.period import PER_PERSON
from annotations.figures.scan import any_of
from annotations.figures.units import known_units, other_units
from annotations.scheme.view import SchemeView
from annotations.text.fragments import GAP

REACH = 60
BLANKS = r"[ \t\u00a0]{0,2}"
HAN, HANGUL = r"\u4e00-\u9fff", "가-힣"
SIGNS = r"(?:us|hk|s|nz|ca?|au?|nt|r|e)?\s?[$€£¥￥₩₽]|(?:minus|negative|마이너스|음수|负|負)(?=\s)"
SCALES = rf"(?:dozen|hundred|thousand|million|billion|trillion|lakh|crore)(?![a-z])|[百千万萬亿億백천만억조]+(?![{HANGUL}])"
# Parts of other words: near (附近), treaty (条约, 계약), but (不过).
OTHER_WORDS = re.compile(r"(?:附近|邻近|靠近|临近|最近|新近|条约|公约|合约|签约|节约|不过|只不过|经过|通过|透过)$")
# Korean hedges that stand before their number only.
BEFORE_ONLY = frozenset(
    "최소 최소한 적어도 못해도 최대 최장 최고 최다 많아야 기껏해야 약 대략 거의 평균 총 모두 합계 도합".split()
)
AFTER_HAN = ("以", "之", "及", "或", "左右", "上下", "开外")
AFTER_LATIN = ("or ", "and ", "-", "at ", "more or", "in total", "on average", "altogether", "in all")
NEVER_BEFORE = re.compile(rf"or |and |-|[{HANGUL}\u3040-\u30ff]|{'|'.join(AFTER_HAN)}")


class Touching(NamedTuple):
    """Words on both sides of a mark, and the hedges among them, which belong to the mark too."""

    before: str
    behind: str
    hedges: tuple[str, ...]


def words_of(text: str, fragments: Sequence[Mapping[str, Any]], scheme: SchemeView) -> str:
    """The words of a figure with what touches them, " … " between fragments."""
    near = touching(text, fragments, scheme)
    return f"{near.before}{GAP.join(fragment['quote'] for fragment in fragments)}{near.behind}"


def touching(text: str, fragments: Sequence[Mapping[str, Any]], scheme: SchemeView) -> Touching:
    start, end = fragments[0]["start"], fragments[-1]["end"]
    left, right = lowered(text[max(start - REACH, 0) : start]), lowered(text[end : end + REACH])
    begin, finish = len(left), 0
    before: list[str] = []
    behind: list[str] = []
    for match in reversed(list(hedge_before(scheme).finditer(left))):
        if not re.fullmatch(rf"{BLANKS}|-", left[match.end() : begin]) or OTHER_WORDS.search(left[: match.end()]):
            break
        if NEVER_BEFORE.match(match[0]) and match[0].split()[0] not in BEFORE_ONLY and not match[0].endswith("당"):
            break
        begin, before = match.start(), [match[0], *before]
    while word := word_behind(scheme).match(right, finish):
        finish = word.end()
        behind += [word["hedge"]] if word["hedge"] else []
    hedges = [hedge.strip() for hedge in (*before, *behind) if not re.fullmatch(SIGNS, hedge.strip())]
    return Touching(text[start - len(left) + begin : start], text[end : end + finish], tuple(hedges))


def lowered(text: str) -> str:
    """In small letters, each in its place."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=16)
def hedge_before(scheme: SchemeView) -> re.Pattern[str]:
    words = any_of([*ALL.approximate, *flat(ALL.statistics), *ALL.negations, *ALL.doubts]).pattern
    east = any_of(word for word in units_of(scheme) if not word.isascii() or len(word) < 4).pattern
    return re.compile(
        rf"(?<![{HANGUL}])(?:{bounds.grammar(scheme).pattern}|{words}|{SIGNS}|(?:1\s?)?(?:{east})\s?당|每(?:{east})|{PER_PERSON.pattern})"
    )


@lru_cache(maxsize=16)
def word_behind(scheme: SchemeView) -> re.Pattern[str]:
    hedges = filter(stands_behind, [*bounds.comparators_of(scheme), *ALL.approximate, *flat(ALL.statistics)])
    denied = any_of(ALL.negations_behind).pattern
    hedge = rf"\+|[多余餘여]|(?:[이가을를에]\s?)?(?:{any_of(hedges).pattern})(?:{denied})?"
    measures = any_of([*known_units(scheme), *other_units(scheme), *ALL.percent, *ALL.currencies, *ALL.shared]).pattern
    counters = any_of([*ALL.people, *ALL.items, *ALL.occasions]).pattern
    per = rf"(?:per|an?|/|each|every)\s?(?:{any_of(units_of(scheme)).pattern})|{PER_PERSON.pattern}"
    return re.compile(rf"{BLANKS}(?:(?P<hedge>{hedge})|{per}|{SCALES}|{measures}|{counters})")


def stands_behind(hedge: str) -> bool:
    if re.match(f"[{HANGUL}]", hedge):
        return hedge not in BEFORE_ONLY
    return hedge.startswith(AFTER_HAN if re.match(f"[{HAN}]", hedge) else AFTER_LATIN)


def flat(table: Mapping[str, Iterable[str]]) -> list[str]:
    return [word for words in table.values() for word in words]
