"""What is asked for: words next to each other, with `*` for any letters, `?` for one, `a|b` for either and `..3` for up to three words between.

A pattern never becomes a regular expression: what people write cannot make it slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from questions.words.tokens import TextToken, composed, cut_by, folded

LONGEST, MOST_WORDS, MOST_STARS, WIDEST = 200, 8, 2, 20
ASKED = cut_by("*?")
GAP = ".."


class PatternError(ValueError):
    """What is asked for cannot be looked for; the message says which rule it breaks."""


class Element(NamedTuple):
    """One of several `alternatives`, each a row of words next to each other; up to `gap` words stand before it."""

    alternatives: tuple[tuple[str, ...], ...]
    gap: int


class Pattern(NamedTuple):
    elements: tuple[Element, ...]
    is_folded: bool

    @property
    def words(self) -> set[str]:
        return {word for element in self.elements for words in element.alternatives for word in words}


def read_pattern(asked: str, *, is_folded: bool = True) -> Pattern:
    """`is_folded`: upper and lower case are the same. Raises PatternError."""
    if len(asked) > LONGEST:
        raise PatternError(f"Enter at most {LONGEST} characters.")
    elements: list[Element] = []
    gap = 0
    for part in asked.split():
        if part.startswith(GAP):
            gap = read_gap(part)
        else:
            alternatives = tuple(words for each in part.split("|") if (words := read_words(each, is_folded=is_folded)))
            if alternatives:
                elements.append(Element(alternatives, gap if elements else 0))
                gap = 0
    pattern = Pattern(tuple(elements), is_folded)
    if not elements:
        raise PatternError("Enter a word with at least one letter or digit.")
    if sum(len(words) for element in elements for words in element.alternatives) > MOST_WORDS:
        raise PatternError(f"Enter at most {MOST_WORDS} words. A Chinese, Japanese or Korean character counts as a word.")
    return pattern


def read_gap(part: str) -> int:
    number = part.removeprefix(GAP)
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:4]) <= WIDEST:
        raise PatternError(f"“{part}”: two points and a number from 1 to {WIDEST} say how many words may stand between.")
    return int(number)


def read_words(part: str, *, is_folded: bool) -> tuple[str, ...]:
    norm = folded if is_folded else composed
    words = tuple(norm(match[0]) for match in ASKED.finditer(part))
    for word in words:
        if word.count("*") > MOST_STARS:
            raise PatternError(f"“{word}” has more than {MOST_STARS} asterisks.")
        if not word.strip("*?"):
            raise PatternError(f"“{word}”: an asterisk or a question mark needs a letter beside it.")
    return words


def is_wild(word: str) -> bool:
    return "*" in word or "?" in word


def is_like(word: str, shape: str) -> bool:
    """Whether the word is as the shape says: `*` stands for any letters, `?` for one. In time of their product at most."""
    at = position = 0
    star = mark = -1
    while at < len(word):
        if position < len(shape) and shape[position] == "*":
            star, mark = position, at
            position += 1
        elif position < len(shape) and shape[position] in ("?", word[at]):
            at, position = at + 1, position + 1
        elif star >= 0:
            mark += 1
            at, position = mark, star + 1
        else:
            return False
    return not shape[position:].strip("*")


def occurrences(pattern: Pattern, tokens: Sequence[TextToken]) -> Iterator[tuple[int, int]]:
    """(first, last) of each occurrence, as positions among the tokens; of several that begin alike, the shortest."""
    shapes = {word: is_wild(word) for word in pattern.words}

    def fits(at: int, words: tuple[str, ...]) -> bool:
        if at + len(words) > len(tokens):
            return False
        return all(
            is_like(tokens[at + n].text, word) if shapes[word] else tokens[at + n].text == word for n, word in enumerate(words)
        )

    def ends(at: int, elements: Sequence[Element]) -> Iterator[int]:
        element, *rest = elements
        for start in range(at, at + element.gap + 1):
            for words in element.alternatives:
                if fits(start, words):
                    end = start + len(words)
                    yield from ends(end, rest) if rest else (end,)

    for first in range(len(tokens)):
        end = min(ends(first, pattern.elements), default=None)
        if end is not None:
            yield first, end - 1
