"""Where a text may be cut: never inside what a reader sees as one character, nor inside a word.

Scripts that write no spaces between words, or glue particles to them, may be cut anywhere between
two characters: 北朝鮮|労働者, 북한|에서.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ZWNJ, ZWJ = "\u200c", "\u200d"
MODIFIERS = range(0x1F3FB, 0x1F400)
TAGS = range(0xE0020, 0xE0080)
REGIONAL = range(0x1F1E6, 0x1F200)
JAMO_LEAD, JAMO_VOWEL, JAMO_TAIL = (
    range(0x1100, 0x1160),
    range(0x1160, 0x11A8),
    range(0x11A8, 0x1200),
)
SYLLABLES = range(0xAC00, 0xD7A4)
NUMBER = re.compile(r"\d,\d{3}(?!\d)|\d\.\d")
# First words of Unicode names of the letters that stand in no spaced word.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "IDEOGRAPHIC", "BOPOMOFO",
            "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "YI")  # fmt: skip


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
    """Whether the characters around `position` belong to one grapheme (after UAX 29)."""
    before, after = text[position - 1], text[position]
    if before == "\r" and after == "\n":
        return True
    if extends(after) or (before == ZWJ and is_symbol(after)):
        return not (before.isspace() or unicodedata.category(before) == "Cc")
    return flag_halves(text, position) or jamo(ord(before), ord(after))


def extends(char: str) -> bool:
    """Marks, joiners, emoji modifiers and tags belong to the character before them."""
    point = ord(char)
    marked = unicodedata.category(char) in ("Mn", "Mc", "Me")
    return marked or char in (ZWNJ, ZWJ) or point in MODIFIERS or point in TAGS


def is_symbol(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sm", "Po", "Sk")


def flag_halves(text: str, position: int) -> bool:
    """A flag is two regional letters; in a row of flags they pair from the first on."""
    if ord(text[position]) not in REGIONAL:
        return False
    start = position
    while start and ord(text[start - 1]) in REGIONAL:
        start -= 1
    return (position - start) % 2 == 1


def jamo(before: int, after: int) -> bool:
    """Korean letters that are written as one syllable."""
    if before in JAMO_LEAD:
        return after in JAMO_LEAD or after in JAMO_VOWEL or after in SYLLABLES
    open_syllable = before in SYLLABLES and (before - SYLLABLES.start) % 28 == 0
    if before in JAMO_VOWEL or open_syllable:
        return after in JAMO_VOWEL or after in JAMO_TAIL
    return (before in SYLLABLES or before in JAMO_TAIL) and after in JAMO_TAIL


def letter_before(text: str, position: int) -> str:
    """The character before `position`, past the marks that sit on it."""
    while position > 1 and extends(text[position - 1]):
        position -= 1
    return text[position - 1]


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
