"""Words and sentences of a text, for formats that count in tokens.

Pure. A token ends wherever a mark may end without cutting a word or a character (`graphemes.cuts`), so
that well-made marks fit: "$45,000" is two tokens, 北朝鮮 three. Offset unit: Unicode code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotations.text.fragments import BREAK, ends_sentence
from annotations.text.graphemes import cuts

Token = tuple[int, int]  # [start, end)

WRITTEN = re.compile(r"\S+")
# What `cuts` says of ASCII, forty times as fast: a comma before three digits and a point inside of a number belong to it.
ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:(?<=[0-9])(?:,(?=[0-9]{3}(?![0-9]))|\.(?=[0-9]))[A-Za-z0-9]+)*|[^A-Za-z0-9]")


def tokens(text: str) -> Iterator[Token]:
    """All that is not white space, in pieces, in order."""
    for match in WRITTEN.finditer(text):
        if match[0].isascii():
            yield from (piece.span() for piece in ASCII_TOKEN.finditer(text, match.start(), match.end()))
        else:
            yield from pieces(text, match.start(), match.end())


def pieces(text: str, start: int, end: int) -> Iterator[Token]:
    for index in range(start + 1, end):
        if cuts(text, index) is None:
            yield start, index
            start = index
    yield start, end


def sentences(text: str, abbreviations: Iterable[str] = ()) -> Iterator[list[Token]]:
    """The tokens sentence by sentence, none of them empty. A line end ends a sentence too."""
    ends = sentence_ends(text, abbreviations)
    limit = next(ends)
    sentence: list[Token] = []
    for token in tokens(text):
        if token[0] >= limit and sentence:
            yield sentence
            sentence = []
        while token[0] >= limit:
            limit = next(ends)
        sentence.append(token)
    if sentence:
        yield sentence


def sentence_ends(text: str, abbreviations: Iterable[str]) -> Iterator[int]:
    """Positions behind sentences, in order; the last one is behind the text."""
    known = {word.rstrip(".").lower() for word in abbreviations}
    stops = {match.end() for match in BREAK.finditer(text) if match["mark"] is None or ends_sentence(text, match, known)}
    lines = {index + 1 for index, char in enumerate(text) if char == "\n"}
    yield from sorted(stops | lines)
    yield len(text) + 1


class TokenRow:
    """The tokens of a text, and which of them a range of it covers."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens = list(tokens)
        self.starting = {start: number for number, (start, _) in enumerate(self.tokens)}
        self.ending = {end: number for number, (_, end) in enumerate(self.tokens)}

    def fit(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last of the tokens that make up the range; None where it begins or ends inside of one."""
        if start in self.starting and end in self.ending:
            return self.starting[start], self.ending[end]
        return None
