"""A sentence as words with their places; offsets are code points of the document."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotations.factuality.lexicon import ABBREVIATIONS, TITLES
from annotations.factuality.reading import Span
from corpus.text.sentence import around

# No sentence that is worth reading is longer, and a long article is not searched whole for each trigger.
REACH = 1500
WORD = re.compile(
    r"n['’]t\b|['’](?:s|ll|re|ve|d|m)\b|[^\W\d_]+?(?=n['’]t\b)|[^\W\d_]+(?:[-'’](?!(?:s|ll|re|ve|d|m)\b)[^\W\d_]+)*|\d[\d.,]*\d|\d|\.\.\.|[^\w\s]"
)
BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,20})\.\s{0,9}\Z")


class TextWord(NamedTuple):
    text: str
    low: str
    start: int
    end: int


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or sentences that hold `text[start:end]`, not cut behind “Mr.”"""
    first = max(0, start - REACH)
    window = text[first : end + REACH]
    left, right = around(window, start - first, end - first)
    while left and (before := BEFORE.search(window[:left])) and no_end(before[1], window[left : left + 1]):
        left, _ = around(window, before.start(), end - first)
    return left + first, right + first


def no_end(word: str, following: str) -> bool:
    return word.lower() in TITLES or (word.lower() in ABBREVIATIONS and following.islower())


def words_of(text: str, span: Span) -> list[TextWord]:
    """“didn’t” and “cannot” are two words each."""
    words = []
    for match in WORD.finditer(text, *span):
        low = match[0].lower().replace("’", "'")
        if low == "cannot":
            middle = match.start() + 3
            words += [TextWord(match[0][:3], "can", match.start(), middle), TextWord(match[0][3:], "not", middle, match.end())]
        else:
            words.append(TextWord(match[0], low, match.start(), match.end()))
    return words
