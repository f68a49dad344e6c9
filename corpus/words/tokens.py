"""A text cut into tokens: a run of letters, digits and marks is one; each Han, Kana, Hangul and Jamo character is one by itself.

Tokens are compared as NFKC without case, so that an accent may be one character or two, and a digit as wide as it likes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex

CJK = r"\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
# Letters of a syllable that is written in pieces (NFD) belong together, and so do a character and its marks.
SYLLABLE = r"[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]+[\u11a8-\u11ff\ud7cb-\ud7fb]*"
CHARACTER = rf"[[\p{{L}}\p{{N}}\p{{M}}]&&[{CJK}]]\p{{M}}*"


def cut_by(signs: str) -> regex.Pattern[str]:
    """`signs`: what may be in a word besides letters, digits and marks."""
    return regex.compile(rf"{SYLLABLE}|{CHARACTER}|[[\p{{L}}\p{{N}}\p{{M}}{signs}]--[{CJK}]]+", regex.V1)


MOST_AT_ONCE = 100_000  # characters that are brought into a normal form together: as many again are then in memory
LONGEST_WORD = 100  # letters of a word that count; what is longer is no word that people write

TOKEN = cut_by("")
FIRST_CHARACTER = "\u1100"
CHARACTERS = regex.compile(f"[{CJK}]")


class TextToken(NamedTuple):
    """`text` as it is compared; `start` and `end` in code points of the text."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None, *, is_folded: bool = True) -> list[TextToken]:
    """The tokens of a stretch. `is_folded`: else as they are written, but for NFKC."""
    return list(each_token(text, start, end, is_folded=is_folded))


def each_token(text: str, start: int = 0, end: int | None = None, *, is_folded: bool = True) -> Iterator[TextToken]:
    """The same one after the other: all those of a long text take thirty times its memory."""
    last = len(text) if end is None else end
    alike = compared(text[start:last], is_folded=is_folded) if last - start <= MOST_AT_ONCE else None
    if alike is not None:
        for match in TOKEN.finditer(text, start, last):
            first, behind = match.span()
            yield TextToken(alike[first - start : min(behind, first + LONGEST_WORD) - start], first, behind)
        return
    norm = folded if is_folded else composed
    for match in TOKEN.finditer(text, start, last):
        yield TextToken(norm(match[0][:LONGEST_WORD])[:LONGEST_WORD], *match.span())


def compared(text: str, *, is_folded: bool = True) -> str | None:
    """The text as its words are compared, if each of its characters is then one: most texts are written so. Else None.

    Each part of a normalised text is normalised, so the words need not be normalised one by one.
    """
    if text.isascii():
        return text.lower() if is_folded else text
    if not unicodedata.is_normalized("NFKC", text):
        return None
    if not is_folded:
        return text
    alike = text.casefold()
    return alike if len(alike) == len(text) and unicodedata.is_normalized("NFKC", alike) else None


def folded(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def composed(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


def is_character(token: str) -> bool:
    """Whether it is a character that stands by itself."""
    return token >= FIRST_CHARACTER and CHARACTERS.match(token) is not None
