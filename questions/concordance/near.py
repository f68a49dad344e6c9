"""Whether a line has something near it: in the same sentence, paragraph or article, or so many words away."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from corpus.text.sentence import around
from corpus.words.tokens import each_token
from questions.concordance.texts import Stretch

ARTICLE, PARAGRAPH, SENTENCE = "article", "paragraph", "sentence"


class Partner(NamedTuple):
    """Words or a fragment of a mark that a line may be near to; half-open, in code points of the text."""

    mark: UUID
    start: int
    end: int


class StretchText:
    """A stretch with its words: positions are code points of the document."""

    def __init__(self, stretch: Stretch, text: str) -> None:
        self._start, self._end = stretch.start, stretch.end
        self._text = text

    @cached_property
    def _tokens(self) -> list[int]:
        """Where the tokens begin."""
        return [self._start + token.start for token in each_token(self._text)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or sentences that hold what begins and ends there."""
        left, right = around(self._text, start - self._start, min(end, self._end) - self._start)
        return self._start + left, self._start + right

    def steps(self, one: tuple[int, int], other: tuple[int, int]) -> int:
        """From the last word of the earlier one to the first word of the later one; 0 where they share a word."""
        earlier, later = sorted((one, other))
        last = bisect_left(self._tokens, earlier[1]) - 1
        first = bisect_right(self._tokens, later[0]) - 1
        return max(0, first - last)


def is_near(near: str, bounds: tuple[int, int], partners: Sequence[Partner], stretch: Stretch, text: StretchText | None) -> bool:
    """`partners`: of the same document, but for the line itself; `text`: of the stretch, where its words count."""
    if near == ARTICLE:
        return bool(partners)
    own = [partner for partner in partners if stretch.start <= partner.start < stretch.end]
    if near == PARAGRAPH or text is None:
        return bool(own)
    if near == SENTENCE:
        left, right = text.sentence(*bounds)
        return any(left < partner.end and partner.start < right for partner in own)
    return any(text.steps(bounds, (partner.start, partner.end)) <= int(near) for partner in own)
