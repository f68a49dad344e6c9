"""A pattern as the query that PostgreSQL's full text search answers from its index (`tsquery`). Pure.

The query of words that are next to each other is exact. Of words with a gap between them it only says that a passage has them
all, since PostgreSQL knows no distance of at most so many words: `occurrences` then tells which passages hold the pattern.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from corpus.words.passages import pair, quoted
from corpus.words.patterns import SHORTEST_BEGINNING, Pattern, is_wild
from corpus.words.tokens import folded, is_character

MOST_COMBINATIONS = 16  # of alternatives that are written out


class WordQuery(NamedTuple):
    """`text` is empty where nothing can match. `is_exact`: what it finds needs no second look."""

    text: str
    is_exact: bool


Meanings = Mapping[str, Sequence[str]]  # the words that a wildcard stands for


def word_query(pattern: Pattern, meanings: Meanings) -> WordQuery:
    """`meanings`: of each of the pattern's wildcards that is no beginning of words."""
    number = math.prod(len(element.alternatives) for element in pattern.elements)
    if number > MOST_COMBINATIONS:
        each = [any_of(phrase(words, meanings) for words in element.alternatives) for element in pattern.elements]
        return WordQuery(all_of(each), is_exact=False)
    rows = product(*(element.alternatives for element in pattern.elements))
    text = any_of(all_of([phrase(words, meanings) for words in runs(pattern, row)]) for row in rows)
    return WordQuery(text, is_exact=pattern.is_contiguous and pattern.is_folded)


def runs(pattern: Pattern, row: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The words of one alternative for each element, cut where there is a gap."""
    run: tuple[str, ...] = ()
    for element, words in zip(pattern.elements, row, strict=True):
        if element.gap:
            yield run
            run = ()
        run += words
    yield run


def any_of(queries: Iterator[str]) -> str:
    return bracketed(" | ", [query for query in queries if query])


def all_of(queries: Sequence[str]) -> str:
    return bracketed(" & ", queries) if all(queries) else ""


def bracketed(sign: str, queries: Sequence[str]) -> str:
    return f"({sign.join(queries)})" if len(queries) > 1 else "".join(queries)


def phrase(words: Sequence[str], meanings: Meanings) -> str:
    """Words next to each other; empty where one of them is a wildcard that stands for none."""
    terms = list(terms_of(words, meanings))
    if not all(term for _, term in terms):
        return ""
    steps = [f" <{at - before}> {term}" for (before, _), (at, term) in pairwise(terms)]
    return bracketed("", [terms[0][1], *steps])


def terms_of(words: Sequence[str], meanings: Meanings) -> Iterator[tuple[int, str]]:
    """What is looked up, by how many tokens it stands behind the first: characters two by two, other words one by one."""
    at = 0
    while at < len(words):
        behind = next((n for n in range(at, len(words)) if not is_character(words[n])), len(words))
        if behind - at < 2:
            yield at, term(words[at], meanings)
            at += 1
        else:
            yield from ((n, quoted(pair(folded(words[n]), folded(words[n + 1])))) for n in pairs(at, behind))
            at = behind


def pairs(first: int, behind: int) -> list[int]:
    """Where the pairs begin that cover a row of characters: every second one, and the last."""
    return sorted({*range(first, behind - 1, 2), behind - 2})


def term(word: str, meanings: Meanings) -> str:
    if is_beginning(word):
        return f"{quoted(folded(word[:-1]))}:*"
    if is_wild(word):
        return bracketed(" | ", [quoted(meaning) for meaning in meanings[word]])
    return quoted(folded(word))


def is_beginning(word: str) -> bool:
    """Whether it is the beginning of words, which the index has in their order: `terminat*`."""
    return word.endswith("*") and not is_wild(word[:-1]) and len(word) > SHORTEST_BEGINNING


def like(word: str) -> str:
    """A wildcard as LIKE has it."""
    plain = folded(word).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return plain.replace("*", "%").replace("?", "_")
