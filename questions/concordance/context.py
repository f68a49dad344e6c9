"""What is left and right of lines, up to the ends of their segments; and lines in the order of the words there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotations.text.graphemes import joins
from corpus.db.round_trip import Rows, Statement
from corpus.words.tokens import tokens
from questions.concordance.candidates import LineKey
from questions.concordance.lines import WordLine
from questions.concordance.texts import Stretch, Stretches, texts_statement

WIDTH = 80  # code points on each side
SPARE = 20  # further ones are read, so that no character is cut


class LineWithContext(NamedTuple):
    line: WordLine
    left: str
    hit: str
    right: str


class OrderedLine(NamedTuple):
    """`words`: by which it is sorted, if it is."""

    words: str
    key: LineKey
    line: WordLine


def with_context(lines: Sequence[WordLine]) -> list[LineWithContext]:
    """In the same order."""
    return with_context_and(lines)[0]


def with_context_and(lines: Sequence[WordLine], *beside: Statement) -> tuple[list[LineWithContext], list[Rows]]:
    """The same, with the rows of statements that are sent along. Words are read before it is known where their segments end."""
    windows = [window for line in lines for window in windows_of(line)]
    stretches = Stretches({line.document for line in lines}, texts_statement(windows), *beside)
    read = iter([text for (text,) in stretches.rows[0]])
    rows = []
    for line, left, right in zip(lines, windows[0::3], windows[2::3], strict=True):
        words = (next(read), next(read), next(read))
        first, last = stretches.at(line.document, line.start), stretches.at(line.document, line.end - 1)
        before = Stretch(line.document, max(first.start, left.start), line.start)
        behind = Stretch(line.document, line.end, min(last.end, right.end))
        own = words[0][before.start - left.start :], words[2][: behind.end - line.end]
        rows.append(LineWithContext(line, ending(own[0], before), words[1], beginning(own[1], behind)))
    return rows, stretches.rows[1:]


def windows_of(line: WordLine) -> list[Stretch]:
    """Left of the line, the line, right of it: as far as they are shown in a long segment."""
    width = WIDTH + SPARE
    return [
        Stretch(line.document, max(0, line.start - width), line.start),
        Stretch(line.document, line.start, line.end),
        Stretch(line.document, line.end, line.end + width),
    ]


def ending(text: str, window: Stretch) -> str:
    """Its last words, or characters where a word is long; none of them cut."""
    if window.end - window.start <= WIDTH:
        return text
    cut = len(text) - WIDTH
    while cut < len(text) and joins(text, cut):
        cut += 1
    space = text.find(" ", cut - 1, cut + SPARE) if cut else -1
    return text[space + 1 if space >= 0 else cut :]


def beginning(text: str, window: Stretch) -> str:
    if window.end - window.start <= WIDTH:
        return text
    cut = WIDTH
    while cut and joins(text, cut):
        cut -= 1
    space = text.rfind(" ", cut - SPARE, cut + 1)
    return text[: space if space >= 0 else cut]


def in_order(order: str, lines: Iterable[WordLine]) -> list[OrderedLine]:
    """Sorted by the text, or by the words on the left, the nearest first, or on the right; the same words by the text."""
    if order == "text":
        return sorted(OrderedLine("", line.key, line) for line in lines)
    rows = with_context(list(lines))
    return sorted(OrderedLine(words_beside(row, order), row.line.key, row.line) for row in rows)


def words_beside(row: LineWithContext, order: str) -> str:
    words = [token.text for token in tokens(row.left if order == "left" else row.right)]
    return " ".join(words[::-1] if order == "left" else words)[:WIDTH]
