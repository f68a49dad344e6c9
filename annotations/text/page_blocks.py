"""The text of a document cut for the page: blocks of lines that belong together, in chunks.

A browser lays out only the chunks near the screen, and draws a block anew when a mark in it changes;
so both have a size at which that is quick. Nothing is lost or added: the texts of all blocks, each
with its gap, put together are the document's text. All offsets and sizes are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.text.graphemes import joins

LONGEST_BLOCK = 4_000
CHUNK = 6_000
# For the estimate of heights: as css/annotator.css sets the text on a wide screen.
CHARACTERS_IN_LINE = 72
LINE = 37
SPACE_AFTER = 20
_SENTENCE_END = re.compile(r"[.!?。！？؟।]['\"’”»）)\]」』]*\s+|[。！？]|\n")
_SPACE = re.compile(r"\s\Z")


@dataclass(frozen=True)
class Block:
    """`text[start:]` up to the gap: what is read; then the `gap`, white space that only parts blocks."""

    number: int
    start: int
    kind: str
    text: str
    gap: str
    continued: bool

    @property
    def height(self) -> int:
        """Pixels, estimated."""
        lines = sum(-(-max(1, len(line)) // CHARACTERS_IN_LINE) for line in self.text.split("\n"))
        return lines * LINE + SPACE_AFTER


@dataclass(frozen=True)
class Chunk:
    blocks: list[Block]

    @property
    def height(self) -> int:
        """Pixels, estimated: what the browser reckons with until it has laid the chunk out."""
        return sum(block.height for block in self.blocks)


def chunks(text: str, segments: Iterable[Mapping[str, Any]]) -> list[Chunk]:
    """The chunks of a text with its segments (kind, start, end; in order)."""
    return list(gathered(blocks(text, ((row["kind"], row["start"], row["end"]) for row in segments))))


def gathered(blocks: Iterable[Block]) -> Iterator[Chunk]:
    """Blocks in chunks of about CHUNK code points, never a block in two."""
    waiting: list[Block] = []
    size = 0
    for block in blocks:
        length = len(block.text)
        if waiting and size + length > CHUNK:
            yield Chunk(waiting)
            waiting, size = [], 0
        waiting.append(block)
        size += length
    if waiting:
        yield Chunk(waiting)


def blocks(text: str, segments: Iterable[tuple[str, int, int]]) -> Iterator[Block]:
    """The blocks of `text`; a segment is (kind, start, end) and they do not overlap."""
    number = 0
    for kind, start, end, gap in parts(text, segments):
        pieces = list(sentences(text, start, end))
        for index, (from_, to) in enumerate(pieces):
            last = index == len(pieces) - 1
            after = text[to:gap] if last else ""
            yield Block(number, from_, kind, text[from_:to], after, continued=index > 0)
            number += 1
    if not number:
        yield Block(0, 0, "other", "", "", continued=False)


def parts(text: str, segments: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int, int]]:
    """(kind, start, end, end of the gap) of all of the text, also where no segment lies."""
    stretches = list(covered(text, segments))
    for index, (kind, start, end) in enumerate(stretches):
        following = stretches[index + 1][1] if index + 1 < len(stretches) else len(text)
        yield kind, start, end, following


def covered(text: str, segments: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The segments, and whatever is to be read between them under the kind "other"."""
    at = 0
    is_begun = False
    for kind, start, end in [*segments, ("", len(text), len(text))]:
        between = text[at:start]
        # White space before the first segment has no block before it to be the gap of.
        if between and (between.strip() or not is_begun):
            yield "other", at, at + len(between.rstrip() or between)
            is_begun = True
        if kind and start < end:
            yield kind, start, end
            is_begun = True
        at = max(at, end)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`text[start:end]` in pieces of at most LONGEST_BLOCK, cut after a sentence where there is one."""
    while end - start > LONGEST_BLOCK:
        cut = best_cut(text, start, start + LONGEST_BLOCK)
        yield start, cut
        start = cut
    yield start, end


def best_cut(text: str, start: int, limit: int) -> int:
    """After the last sentence before `limit`, else after a space, else between characters as read."""
    window = text[start:limit]
    half = len(window) // 2
    ends = [start + match.end() for match in _SENTENCE_END.finditer(window, half)]
    spaces = [start + index + 1 for index in range(half, len(window)) if _SPACE.match(window[index])]
    for cut in (*reversed(ends), *reversed(spaces)):
        if not joins(text, cut):  # not between CR and LF
            return cut
    while limit > start + 1 and joins(text, limit):
        limit -= 1
    return limit
