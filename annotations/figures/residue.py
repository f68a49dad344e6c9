"""Words that no step took, and that may change the number beside them: what is not known to be harmless there is a warning.

Directly before a number only words of a table are harmless: a name (Unit 61, Il-76), a hedge that nobody has written down or a verb may stand
there. Behind it nouns are, in the shape of what is counted: an English plural, a Chinese measure word, a Korean word apart from the digits.
Words of comparison, of parts and of multiples are harmless nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotations.figures.amounts import FigureAmount
from annotations.figures.lexicon import ALL
from annotations.figures.scan import any_of

BEFORE, BEHIND, DEGREE = (
    "a word before the number that is not known",
    "a word behind the number that is not known",
    "a comparison",
)
HAN, HANGUL = r"\u3400-\u9fff", "가-힣"
WORD = rf"[a-z][a-z'’.]*|[{HANGUL}]+|[{HAN}]+"
LAST = re.compile(rf"(?P<word>{WORD})(?P<gap>[\s(“\"'‘]*(?:[-−–.#/]\s?)?)$")
FIRST = re.compile(rf"^(?P<gap>\s*-?\s*)(?P<word>{WORD})")
# What is counted may end before "of", "in" or a comma.
NOUNS = re.compile(
    r"^[\s-]*(?P<nouns>[a-z][a-z'’\s-]*?)(?=\s+(?:of|in|at|on|to|from|for|with|by|who|that|which|were|was|are|had|have)\b|[^a-z'’\s-]|$)"
)
PLURAL = re.compile(r"(?:[^s]s|ss?es|'s?|[’]s?)$")
ADVERB_KO = re.compile(r"(?:히|잡아|게는|다는|지만|라도|아야|어야)$")
# Behind a counter or a unit: 30天内, 三成多, 한 건도.
TURNS = ("内", "內", "多", "도")
# A predicate, which may raise, lower or deny what stands before it.
PREDICATE_KO = re.compile(r"(?<=[가-힣])(?:다|했|됐|되는|하는|이른|한|된|할|될|던|진|려는)$")


def doubts(rest: str, values: Sequence[FigureAmount], *, is_bare: bool) -> list[str]:
    """`rest` of a scan. `is_bare`: no unit, currency or counter was read."""
    before, behind = rest[: values[0].start], rest[values[-1].end :]
    is_one = all(value.high <= 1 or value.vague for value in values)
    seen = {
        BEFORE: is_odd_before(before),
        BEHIND: is_odd_behind(behind, is_bare=is_bare, is_one=is_one),
        DEGREE: any_of(ALL.degrees).search(rest) is not None,
    }
    return [warning for warning, is_there in seen.items() if is_there]


def is_odd_before(text: str) -> bool:
    match = LAST.search(text)
    if not match:
        return False
    word = match["word"]
    if word.isascii():
        return word.rstrip(".'") not in SAFE
    if re.match(f"[{HANGUL}]", word):
        return not match["gap"].isspace() or bool(ADVERB_KO.search(word))
    return not word.endswith(ALL.harmless)


def is_odd_behind(text: str, *, is_bare: bool, is_one: bool) -> bool:
    match = FIRST.match(text)
    if not match:
        return False
    word, touches = match["word"], not match["gap"]
    if word in TURNS:
        return True
    if word.isascii():
        return is_bare and not is_one and not counts(text)
    if re.match(f"[{HANGUL}]", word):
        words = re.findall(f"[{HANGUL}]+", text)
        odd = touches and is_bare and word not in SAFE and not word.startswith(ALL.harmless)
        return odd or any(PREDICATE_KO.search(word) and not word.startswith(ALL.harmless) for word in words)
    return touches and is_bare and not word.startswith(ALL.harmless)


def counts(text: str) -> bool:
    """Whether an English plural stands behind the number: 300 shell companies, but not a 737 freighter."""
    match = NOUNS.match(text)
    words = match["nouns"].split() if match else []
    return not words or any(PLURAL.search(word) or word in SAFE for word in words)


SAFE = frozenset(ALL.harmless)
