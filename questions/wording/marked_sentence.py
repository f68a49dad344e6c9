"""The sentence in which words stand, with the words marked: as long as a row has room for, and whole. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotations.text.graphemes import joins
from corpus.text.sentence import around

Piece = tuple[str, bool]  # words, and whether they are marked

REACH = 600  # code points on each side that are read: longer sentences are shown without their ends
LONGEST = 150  # characters that two lines have room for
LEAD, BETWEEN = 50, 60  # of them before the first marked words, and between two
LONGEST_WORD = 20  # that is not cut
NARROW = 70  # what two lines of a phone have room for


class MarkedSentence(NamedTuple):
    """`short`: with … for what is left out; `whole`: empty where `short` is the whole sentence and has room everywhere."""

    short: list[Piece]
    whole: list[Piece]

    @property
    def fits_wide(self) -> bool:
        """Whether `short` is the whole sentence, which only a narrow page cuts."""
        return self.short == self.whole


class Window(NamedTuple):
    """Code points of a document."""

    start: int
    end: int


def window_around(own: Sequence[tuple[int, int]]) -> Window:
    return Window(max(0, own[0][0] - REACH), own[-1][1] + REACH)


def marked_sentence(
    text: str, window: Window, own: Sequence[tuple[int, int]], others: Iterable[tuple[int, int]] = ()
) -> MarkedSentence:
    """`text`: what the window has. Of `own` the sentence is shown; `others` are marked where they stand in it, too."""
    offset = window.start
    first, last = around(text, own[0][0] - offset, own[-1][1] - offset)
    inside = ((start - offset, end - offset) for start, end in [*own, *others])
    bounds = list(apart(sorted((start, end) for start, end in inside if first <= start and end <= last)))
    edges = [first, *(edge for part in bounds for edge in part), last]
    whole = [(text[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(edges)) if end > start]
    if offset and not first:
        whole.insert(0, ("…", False))
    if last == window.end - offset:
        whole.append(("…", False))
    length = last - first
    short = whole if length <= LONGEST else shortened(whole)
    return MarkedSentence(short, whole if length > NARROW else [])


def apart(bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Without those that begin inside one before them."""
    behind = -1
    for start, end in bounds:
        if start >= behind:
            yield start, end
            behind = end


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The marked words with some words around them."""
    short: list[Piece] = []
    left = LONGEST
    for number, (words, is_marked) in enumerate(pieces):
        kept = words
        if not is_marked and number == 0:
            kept = ending(words, LEAD)
        elif not is_marked and number < len(pieces) - 1 and len(words) > BETWEEN:
            kept = f"{beginning(words, BETWEEN // 2)}{ending(words, BETWEEN // 2).removeprefix('…')}"
        if len(kept) >= left:
            return [*short, (beginning(kept, left), is_marked)]
        short.append((kept, is_marked))
        left -= len(kept)
    return short


def ending(text: str, most: int) -> str:
    """Its last words, or characters where a word is long; none of them cut."""
    if len(text) <= most:
        return text
    cut = len(text) - most
    while cut < len(text) and joins(text, cut):
        cut += 1
    space = text.find(" ", cut - 1, cut + LONGEST_WORD)
    return "…" + text[space if space >= 0 else cut :]


def beginning(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = most
    while cut and joins(text, cut):
        cut -= 1
    space = text.rfind(" ", max(0, cut - LONGEST_WORD), cut + 1)
    return text[: space + 1 if space >= 0 else cut] + "…"
