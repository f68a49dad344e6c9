"""Where a text may be cut: never inside what a reader sees as one character, nor inside a word.

A character is an extended grapheme cluster of UAX 29, as `regex` knows it and Intl.Segmenter in the browser.
Scripts that write no spaces between words, or glue particles to them, may be cut anywhere between
two characters: 北朝鮮|労働者, 북한|에서.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex

CLUSTER = regex.compile(r"\X")
# What belongs to the character before it; and what may pair with others before it. Neither begins a cluster by itself.
EXTENDS = r"\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}"
EXTENDING = regex.compile(f"[{EXTENDS}]*+", regex.REVERSE)
UNDECIDED = regex.compile(rf"[{EXTENDS}\p{{GCB=Regional_Indicator}}]*+", regex.REVERSE)
FIRST_THAT_JOINS = "\u0300"  # below it only CR and LF are one character
NUMBER = re.compile(r"\d,\d{3}(?!\d)|\d\.\d")
# First words of Unicode names of the letters that stand in no spaced word.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "IDEOGRAPHIC", "BOPOMOFO",
            "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "YI")  # fmt: skip


def clusters(text: str) -> Iterator[int]:
    """Where each character begins, in code points."""
    return (match.start() for match in CLUSTER.finditer(text))


def cuts(text: str, position: int) -> str | None:
    """ "character" or "word" if a boundary at `position` cuts one, else None."""
    if not 0 < position < len(text):
        return None
    if joins(text, position):
        return "character"
    if in_number(text, position):
        return "word"
    before, after = letter_before(text, position), text[position]
    if not (is_word(before) and is_word(after)) or unspaced(before) or unspaced(after):
        return None
    return "word"


def joins(text: str, position: int) -> bool:
    """Whether the code points around `position` belong to one character."""
    before, after = text[position - 1], text[position]
    if before < FIRST_THAT_JOINS and after < FIRST_THAT_JOINS:
        return before == "\r" and after == "\n"
    at: int = max(UNDECIDED.match(text, 0, position).start() - 1, 0)
    while at < position:
        at = CLUSTER.match(text, at).end()
    return at > position


def letter_before(text: str, position: int) -> str:
    """The character before `position`, past the marks that sit on it."""
    if text[position - 1] < FIRST_THAT_JOINS:
        return text[position - 1]
    return text[max(EXTENDING.match(text, 0, position).start(), 1) - 1]


def in_number(text: str, position: int) -> bool:
    """Between 45 and ,000 or around the point of 3.5: the separator belongs to the number."""
    if text[position] not in ",." and text[position - 1] not in ",.":
        return False
    near = NUMBER.finditer(text, max(position - 2, 0), position + 5)
    return any(match.start() < position < match.end() for match in near)


def is_word(char: str) -> bool:
    return char.isalnum()


@lru_cache(maxsize=8192)
def unspaced(char: str) -> bool:
    return not char.isascii() and unicodedata.name(char, "").split(" ")[0] in UNSPACED
