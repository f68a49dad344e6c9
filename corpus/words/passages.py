"""A text cut into passages, and the words of each as PostgreSQL keeps them: `'workers':2 '労働':3 '労':3`. Pure.

A passage is a segment, so that nothing in it crosses the end of one. A longer segment is cut into passages that overlap
by the longest pattern: wherever an occurrence begins, one of them holds all of it.

A character that stands by itself is kept alone and together with the next one: two of them are one look-up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from corpus.words.patterns import LONGEST_PATTERN
from corpus.words.tokens import LONGEST_WORD, TextToken, each_token, is_character

LONGEST_PASSAGE = 400  # tokens: in UTF-8 less than the 1 MB that a `tsvector` may have, however long they are
MOST_POSITIONS = 250  # of one word in a passage: PostgreSQL drops those beyond 256


class WordPassage(NamedTuple):
    """`start` and `end` in code points of the text; `positions` of each word, counted in tokens from 1.

    `next`: where the next passage of the same segment begins. What begins there is in both, and counted in that one.
    """

    start: int
    end: int
    next: int
    positions: Mapping[str, Sequence[int]]

    @property
    def vector(self) -> str:
        return " ".join(f"{quoted(word)}:{','.join(map(str, at))}" for word, at in self.positions.items())

    @property
    def words(self) -> list[str]:
        """Those that a wildcard can mean."""
        return [word for word in self.positions if not is_character(word)]


def passages(text: str, segments: Iterable[tuple[int, int]]) -> Iterator[WordPassage]:
    for segment in segments:
        stream = each_token(text, *segment)
        row = list(islice(stream, LONGEST_PASSAGE + 1))  # one more than a passage has, to know whether it is the last
        while row:
            positions, behind = positions_of(row)
            end = row[behind - 1].end
            if behind == len(row):
                yield WordPassage(row[0].start, end, end, positions)
                break
            following = behind - LONGEST_PATTERN
            yield WordPassage(row[0].start, end, row[following].start, positions)
            row = [*row[following:], *islice(stream, following)]


def whole_text(segments: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The segments in their order, and what no segment holds."""
    behind = 0
    for start, end in segments:
        if start > behind:
            yield behind, start
        yield start, end
        behind = end
    if behind < length:
        yield behind, length


def positions_of(row: Sequence[TextToken]) -> tuple[Mapping[str, Sequence[int]], int]:
    """The words of the passage that begins with the first token, and the token behind its last one."""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    end = min(len(row), LONGEST_PASSAGE)
    before = ""
    for at in range(end):
        word = row[at].text
        if len(positions[word]) == MOST_POSITIONS:
            end = at
            break
        positions[word].append(at + 1)
        character = word if is_character(word) else ""
        if before and character:
            positions[pair(before, character)].append(at)
        before = character
    return positions, end


def pair(one: str, other: str) -> str:
    """Two characters that stand together, as they are looked up. Marks on them may be many: only the first count."""
    return (one + other)[:LONGEST_WORD]


def quoted(word: str) -> str:
    """The word as PostgreSQL reads it in a `tsvector` or `tsquery`."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
