"""What is asked for: words next to each other, with `*` for any letters, `?` for one, `a|b` for either and `..3` for up to three words between.

A pattern never becomes a regular expression: what people write cannot make it slow.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.words.tokens import LONGEST_WORD, TextToken, composed, cut_by, folded, is_character

LONGEST_PATTERN = 160  # tokens from its first word to its last, with what may stand between
LONGEST, MOST_WORDS, MOST_WILD, MOST_STARS, WIDEST = 200, 40, 8, 2, 20
SHORTEST_BEGINNING = 3
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

    @property
    def wild(self) -> set[str]:
        """The words with an asterisk or a question mark."""
        return {word for word in self.words if is_wild(word)}

    @property
    def plain(self) -> list[str]:
        """The words of more than one character without a wildcard, in their order."""
        words = (word for element in self.elements for row in element.alternatives for word in row)
        return [word for word in words if not is_wild(word) and not is_character(word)]

    @property
    def is_contiguous(self) -> bool:
        """Whether its words are next to each other."""
        return not any(element.gap for element in self.elements)

    @property
    def extent(self) -> int:
        """Tokens of its longest occurrence."""
        return sum(element.gap + max(map(len, element.alternatives)) for element in self.elements)


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
    refuse_long(pattern)
    return pattern


def refuse_long(pattern: Pattern) -> None:
    if sum(len(words) for element in pattern.elements for words in element.alternatives) > MOST_WORDS:
        raise PatternError(f"Enter at most {MOST_WORDS} words. A Chinese, Japanese or Korean character counts as a word.")
    if pattern.extent > LONGEST_PATTERN:
        raise PatternError(
            f"Enter fewer words or smaller gaps: a match may be {LONGEST_PATTERN} words long, not {pattern.extent}."
        )
    if len(pattern.wild) > MOST_WILD:
        raise PatternError(f"Enter at most {MOST_WILD} words with an asterisk or a question mark.")


def as_beginning(pattern: Pattern) -> Pattern:
    """The same, whose last word may go on: of three letters or more, if nothing in the pattern says more of words than they are.

    A search box finds "terminated" for "terminat", and "UN" and "170" for nothing longer.
    """
    *before, last = pattern.elements
    words = last.alternatives[0]
    is_plain = not pattern.wild and len(last.alternatives) == 1
    if not (is_plain and len(words[-1]) >= SHORTEST_BEGINNING and words[-1].isalpha() and not is_character(words[-1])):
        return pattern
    beginning = Element(((*words[:-1], words[-1] + "*"),), last.gap)
    return Pattern((*before, beginning), pattern.is_folded)


def read_gap(part: str) -> int:
    number = part.removeprefix(GAP)
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:4]) <= WIDEST:
        raise PatternError(f"“{part}”: two points and a number from 1 to {WIDEST} say how many words may stand between.")
    return int(number)


def read_words(part: str, *, is_folded: bool) -> tuple[str, ...]:
    norm = folded if is_folded else composed
    words = tuple(norm(match[0][:LONGEST_WORD])[:LONGEST_WORD] for match in ASKED.finditer(part))
    for word in words:
        if word.count("*") > MOST_STARS:
            raise PatternError(f"“{word}” has more than {MOST_STARS} asterisks.")
        if not word.strip("*?"):
            raise PatternError(f"“{word}”: an asterisk or a question mark needs a letter beside it.")
    return words


def with_other_word(asked: str, word: str, other: str) -> str:
    """The pattern as it is written, with another word wherever it has one, upper or lower case. Gaps stay."""
    parts = (part if part.startswith(GAP) else with_other(part, word, other) for part in asked.split())
    return " ".join(parts)


def with_other(part: str, word: str, other: str) -> str:
    changed: str = ASKED.sub(lambda match: other if folded(match[0])[:LONGEST_WORD] == word else match[0], part)
    return changed


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
    """(first, last) of each occurrence, as positions among the tokens; of several that begin alike, the shortest.

    From the last element to the first: where an occurrence of it and of all behind it ends, by where it begins. So each word of the
    pattern is compared once with each word of the text, however many ways there are to fill the gaps.
    """
    at = positions_of(pattern, tokens)
    size = len(tokens)
    ends: Sequence[float] = range(size + 1)
    for element in reversed(pattern.elements):
        exact = [math.inf] * (size + 1)
        for words in element.alternatives:
            for first in set.intersection(*({n - ahead for n in at[word]} for ahead, word in enumerate(words))):
                if first >= 0:
                    exact[first] = min(exact[first], ends[first + len(words)])
        ends = [min(exact[first : first + element.gap + 1]) for first in range(size + 1)] if element.gap else exact
    for first in range(size):
        if ends[first] < math.inf:
            yield first, int(ends[first]) - 1


def positions_of(pattern: Pattern, tokens: Sequence[TextToken]) -> dict[str, list[int]]:
    """Where each word of the pattern is among the tokens."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, token in enumerate(tokens):
        having[token.text].append(number)
    wild = {word: [number for text in having if is_like(text, word) for number in having[text]] for word in pattern.wild}
    return {word: having.get(word, []) for word in pattern.words} | wild
