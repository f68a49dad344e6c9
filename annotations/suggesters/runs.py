"""Runs of words in a text, as names are compared, and where they are. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.words.tokens import TextToken, each_token, is_character
from registry.naming import CURLED

MOST_WORDS, MOST_CHARACTERS = 8, 16
SHORTEST = 2  # characters of a name in a script without spaces; letters of any other
SPACES = re.compile(r"\s+")


def runs_in(text: str, segments: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[int, int]]]:
    """All runs of up to MOST_WORDS in a segment, by what is compared → where they are, in code points."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for segment in segments or [{"start": 0, "end": len(text)}]:
        row = list(each_token(text, segment["start"], segment["end"]))
        pieces = list(pieces_of(text, row))
        for first, token in enumerate(row):
            words, start = "", token.start
            for at in range(first, min(first + (MOST_CHARACTERS if is_character(token.text) else MOST_WORDS), len(row))):
                between, word = pieces[at]
                words = f"{words}{between}{word}" if words else word
                end = row[at].end
                if end - start >= SHORTEST:
                    places[words].append((start, end))
                    if text[end : end + 1] == ".":  # of an abbreviation
                        places[f"{words}."].append((start, end + 1))
    return places


def pieces_of(text: str, row: Iterable[TextToken]) -> Iterator[tuple[str, str]]:
    """Of each token, what stands before it and its own letters, as they are compared."""
    behind = 0
    for token in row:
        yield compared(text[behind : token.start]), compared(text[token.start : token.end])
        behind = token.end


def compared(words: str) -> str:
    """As `registry.naming.plain` has it, without an article in front, which no run of words here begins with."""
    return SPACES.sub(" ", words.translate(CURLED)).lower()
