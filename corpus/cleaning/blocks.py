"""Blocks and lines: what of a text's layout is structure, and what is only a line that was full.

A block is a run of lines without a blank line between them. A break between two lines of a block
is a *wrap* when the sentence runs on over it, or when the next word would not have fitted: a
program that wraps fills each line as far as it can. Verse, lists, tables, addresses and head
lines break where they want to, and keep their breaks.

Widths are columns (a wide East Asian character takes two); offsets are code points.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.text.storable import lines

# Below this many columns a line is not full, whatever follows it.
NARROW = 40
# Beyond it nobody wraps by hand or by `fold`: such a line is a paragraph.
WIDE = 120
# A line of this width with a capital after it is taken as full even when nothing else shows it.
USUAL = 60
# By how much full lines of East Asian text differ: marks that may not begin a line, digits of one column.
UNEVEN = 6

_ITEM = re.compile(r"[-*+•·‣◦▪●○■□◆◇▲△▶▷►※☞✓✔→①-⑳](?=\s)|[>#|=`]|(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s")
_ROW = re.compile(r"\S(?:\t|   | \| )")
_STOP = re.compile(r"[.!?;:。！？…؟।۔；：]['\"’”»）)\]」』]*\Z")
_OPENING = "'\"‘“«(（[「『„¿¡"
# Scripts that are written without spaces: their lines are joined with nothing between.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]")


@dataclass(frozen=True)
class TextLine:
    """`text[start:end]` without white space at both ends; `next` is where the line after begins.

    `full_start` and `full_end` are the line with that white space and without its line end.
    """

    content: str
    full_start: int
    start: int
    end: int
    full_end: int
    next: int

    @cached_property
    def width(self) -> int:
        """Columns of the content."""
        return columns(self.content)

    @property
    def indent(self) -> int:
        return self.start - self.full_start

    @cached_property
    def is_item(self) -> bool:
        """Begins as an item of a list, a quotation or a table does."""
        return bool(_ITEM.match(self.content))

    @cached_property
    def is_row(self) -> bool:
        """Has columns inside: a tab, three spaces, a bar."""
        return bool(_ROW.search(self.content))

    @property
    def runs_on(self) -> bool:
        """Begins in the middle of a sentence, as a small letter shows."""
        return self.content.lstrip(_OPENING)[:1].islower()

    @property
    def has_case(self) -> bool:
        """Begins in a script that has capitals."""
        first = self.content.lstrip(_OPENING)[:1]
        return first.lower() != first.upper()

    @property
    def ends_clause(self) -> bool:
        """Ends a sentence, or with the colon or semicolon that items of a list end with."""
        return bool(_STOP.search(self.content[-8:]))


Block = Sequence[TextLine]


def columns(text: str) -> int:
    """How many columns the text takes on a terminal."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def blocks(text: str) -> Iterator[list[TextLine]]:
    """The blocks of a text, in order; every line that is not blank is in exactly one."""
    block: list[TextLine] = []
    for line in lines(text):
        full = text[line.start : line.end]
        content = full.strip()
        if content:
            start = line.start + len(full) - len(full.lstrip())
            block.append(TextLine(content, line.start, start, start + len(content), line.end, line.next))
        elif block:
            yield block
            block = []
    if block:
        yield block


def usual_widths(text_blocks: Sequence[Block]) -> tuple[int, int]:
    """The least and the greatest width at which sentences of this text certainly run on."""
    widths = [a.width for block in text_blocks for a, b in pairs(block) if _runs_on(a, b) and a.width <= WIDE]
    return (min(widths), max(widths)) if widths else (USUAL, USUAL)


def wraps(block: Block, usual: tuple[int, int], *, is_first: bool) -> list[bool]:
    """For each break of the block: is it a wrap? `is_first`: the block opens the text."""
    if len(block) < 2:
        return []
    width = max(line.width for line in block)
    if _is_verse(block, width):
        return [False] * (len(block) - 1)
    # One break alone, in a script without capitals, shows too little.
    wrapped = [
        _runs_on(a, b) or (_may_join(a, b) and _was_full(a, b, width, usual) and (b.has_case or len(block) > 2))
        for a, b in pairs(block)
    ]
    if is_first and not any(wrapped[1:]) and _heads(*block[:2]):
        wrapped[0] = False
    # A full line that ends a sentence may end a paragraph too: other wraps around it must speak.
    if any(wrap and not a.ends_clause for wrap, a in zip(wrapped, block, strict=False)):
        return wrapped
    return [False] * len(wrapped)


def pairs(block: Block) -> Iterator[tuple[TextLine, TextLine]]:
    return itertools.pairwise(block)


def glue(a: TextLine, b: TextLine) -> tuple[int, str]:
    """How to join two lines: how many characters of the end of `a` to drop, and what to put."""
    if a.content.endswith("\u00ad"):
        return 1, ""
    broken_word = a.content[-1] in "-‐" and a.content[-2:-1].isalpha() and b.content[0].islower()
    if broken_word or _UNSPACED.match(a.content[-1]) or _UNSPACED.match(b.content[0]):
        return 0, ""
    return 0, " "


def _may_join(a: TextLine, b: TextLine) -> bool:
    deeper = b.indent > a.indent and b.indent >= 2
    return a.width >= NARROW and not (deeper or b.is_item or a.is_row or b.is_row)


def _runs_on(a: TextLine, b: TextLine) -> bool:
    return b.runs_on and not a.ends_clause and _may_join(a, b)


def _fits(a: TextLine, b: TextLine, width: int) -> bool:
    """Would the first word of `b` have fitted on the line of `a`?"""
    word = b.content.split(maxsplit=1)[0]
    step = UNEVEN if _UNSPACED.match(b.content[0]) else 1 + columns(word[: width + 1])
    return a.width + step <= width


def _was_full(a: TextLine, b: TextLine, width: int, usual: tuple[int, int]) -> bool:
    known = min(usual[0], USUAL) <= a.width
    return known and width <= max(WIDE, usual[1]) and not _fits(a, b, width)


def _is_verse(block: Block, width: int) -> bool:
    """Four lines or more, most of which end before they had to."""
    if len(block) < 4:
        return False
    early = sum(_fits(a, b, width) for a, b in pairs(block))
    return early * 2 > len(block) - 1


def _heads(a: TextLine, b: TextLine) -> bool:
    """Could `a` be a head line over a byline? No sentence ends in it, and none goes on."""
    return not (_runs_on(a, b) or a.ends_clause or re.search(r"[.!?。！？]\s", a.content))
