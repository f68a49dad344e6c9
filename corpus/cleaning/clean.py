"""Raw text → the clean text that people mark, with every repair listed and the way back kept.

What is done, and nothing else: text that was decoded with the wrong code page is decoded anew
(`mojibake`); hard-wrapped lines are joined (`rejoin`); blocks stand apart by exactly one blank
line (`paragraph_break`), kept breaks are LF (`line_break`), white space before the first and
after the last block goes (`leading_space`, `final_newline`: the text ends with one LF). The first
two are *repairs*: they are listed with their reason and each can be refused. The others move only
white space and live in the source map.

Cleaning goes in rounds until a round finds nothing to do, so cleaning a clean text changes nothing.
All offsets count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from corpus.cleaning import mojibake
from corpus.cleaning.blocks import Block, TextLine, blocks, glue, pairs, usual_widths, wraps
from corpus.cleaning.draft import DraftEdit, TextDraft
from corpus.cleaning.segments import TextSegment, TextZone, plain_segments, segment, zones
from corpus.cleaning.source_map import SourceMap, identity
from corpus.readers.extracted import Known
from corpus.text.storable import storable

REPAIRS = ("mojibake", "rejoin")
# Enough for text that was read wrongly four times over; each round but the last changes something.
ROUNDS = 8
MOST_AT_ONCE = 40_000  # lines, and edits of a round, of a text for which somebody waits: 2 MB of lines of 72 have fewer

_KEY = re.compile(r"(\w+)@(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Repairment:
    """One place where the clean text has other characters than the raw one, and why."""

    op: str
    raw_start: int
    raw_end: int
    raw: str
    clean: str
    clean_start: int
    why: str

    @property
    def key(self) -> str:
        """Names the repair whatever else is refused: `mojibake@1355-1357`, in raw code points."""
        return f"{self.op}@{self.raw_start}-{self.raw_end}"

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text and how it came about."""

    text: str
    segments: tuple[TextSegment, ...]
    zones: tuple[TextZone, ...]
    repairs: tuple[Repairment, ...]
    source_map: SourceMap

    def as_dict(self) -> dict[str, Any]:
        """The keys of a native file that cleaning makes: segments, zones, normalisation, source_map."""
        return {
            "segments": [part.as_dict() for part in self.segments],
            "zones": [zone.as_dict() for zone in self.zones],
            "normalisation": [repair.as_dict() for repair in self.repairs],
            "source_map": self.source_map.as_dicts(),
        }


class TooLongError(ValueError):
    """To be cleaned while somebody waits. The message is a clause about the text."""


def refuse_long(text: str) -> None:
    """Raises TooLongError."""
    if (lines := max(text.count("\n"), text.count("\r"))) > MOST_AT_ONCE:
        raise TooLongError(f"it has {lines:,} lines, more than {MOST_AT_ONCE:,}")


def clean(raw_text: str, refuse: Collection[str] = (), known: Sequence[Known] = (), *, at_once: bool = False) -> Cleaned:
    """The clean text of a raw one.

    `refuse`: keys of repairs to leave undone. `known`: stretches of the raw text whose function its source states.
    `at_once`: somebody waits. Raises UnstorableText; TooLongError; ValueError for what is no key of a repair of this text.
    """
    if at_once:
        refuse_long(raw_text)
    refused = _refused(raw_text, refuse)
    draft = TextDraft(storable(raw_text))
    for _ in range(ROUNDS):
        before = draft.text
        for find in (mojibake.find, _layout):
            edits = list(islice(_allowed(draft, find(draft.text), refused), MOST_AT_ONCE + 1 if at_once else None))
            if at_once and len(edits) > MOST_AT_ONCE:
                raise TooLongError(f"it needs more than {MOST_AT_ONCE:,} repairs")
            draft.apply(edits)
        if draft.text == before:
            break
    draft.apply(list(_separators(draft.text)))
    way = draft.source_map()
    segments = segment(draft.text, [(kind, *way.range_to_clean(start, end)) for kind, start, end in known])
    return Cleaned(draft.text, segments, zones(draft.text, segments), _repairs(draft), way)


def verbatim(raw_text: str) -> Cleaned:
    """The text as it is, for marks whose offsets are known already: CR, BOM and all are kept.

    One paragraph for each block of lines. Raises UnstorableText.
    """
    text = storable(raw_text)
    return Cleaned(text, plain_segments(text), (), (), identity(len(text)))


Ranges = dict[str, list[tuple[int, int]]]


def _refused(raw_text: str, refuse: Collection[str]) -> Ranges:
    """The raw ranges to be left alone, by op, in order and apart."""
    ranges: Ranges = {op: [] for op in REPAIRS}
    for key in refuse:
        match = _KEY.fullmatch(key)
        if not match or match[1] not in ranges or int(match[3]) > len(raw_text):
            raise ValueError(f"this text has no repair {key!r}")
        ranges[match[1]].append((int(match[2]), int(match[3])))
    return {op: _apart(given) for op, given in ranges.items()}


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What they cover, so that one look finds whether something is in it."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _allowed(draft: TextDraft, edits: Iterator[DraftEdit], refused: Ranges) -> Iterator[DraftEdit]:
    if not any(refused.values()):
        yield from edits
        return
    way = draft.source_map()
    for edit in edits:
        start, end = way.range_to_raw(edit.start, edit.end)
        left_alone = refused.get(edit.op, [])
        before = bisect_left(left_alone, end, key=itemgetter(0))
        if not before or left_alone[before - 1][1] <= start:
            yield edit


def _repairs(draft: TextDraft) -> tuple[Repairment, ...]:
    made, at = [], 0
    for piece in draft.pieces:
        if piece.op in REPAIRS:
            raw = draft.raw[piece.raw_start : piece.raw_end]
            made.append(Repairment(piece.op, piece.raw_start, piece.raw_end, raw, piece.new, at, piece.why))
        at += piece.width
    return tuple(made)


# The layout of a text: one pass over its blocks


def _layout(text: str) -> Iterator[DraftEdit]:
    """What to change so that blocks stand apart by one blank line and wrapped lines are whole."""
    text_blocks = list(blocks(text))
    usual = usual_widths(text_blocks)
    joins = [wraps(block, usual, is_first=n == 0) for n, block in enumerate(text_blocks)]
    at = 0
    for n, block in enumerate(text_blocks):
        start, end = _extent(block, joins[n])
        yield from _change(text, at, start, "\n\n" if n else "", "paragraph_break" if n else "leading_space")
        yield from _breaks(text, block, joins[n])
        at = end
    if text_blocks:
        yield from _change(text, at, len(text), "\n", "final_newline")
    else:
        yield from _change(text, 0, len(text), "", "leading_space")


def _extent(block: Block, joins: Sequence[bool]) -> tuple[int, int]:
    """Where the block's text is: the first line of verse or of a table keeps its indent."""
    return (block[0].start if all(joins) else block[0].full_start), block[-1].end


def _breaks(text: str, block: Block, joins: Sequence[bool]) -> Iterator[DraftEdit]:
    for (a, b), is_wrap in zip(pairs(block), joins, strict=True):
        if is_wrap:
            drop, new = glue(a, b)
            yield DraftEdit(a.end - drop, b.start, new, "rejoin", _why(text, a, b, drop))
        else:
            yield from _change(text, a.full_end, a.next, "\n", "line_break")


def _change(text: str, start: int, end: int, new: str, op: str) -> Iterator[DraftEdit]:
    if text[start:end] != new:
        yield DraftEdit(start, end, new, op)


def _why(text: str, a: TextLine, b: TextLine, drop: int) -> str:
    strays = [
        (text[a.end - drop : a.full_end], "line end"),
        (text[b.full_start : b.start], "line start"),
    ]
    dropped = ", ".join(
        f"stray {' '.join(f'U+{ord(char):04X}' for char in dict.fromkeys(stray))} at {where}" for stray, where in strays if stray
    )
    return "hard-wrapped line rejoined" + (f" ({dropped} dropped)" if dropped else "")


def _separators(text: str) -> Iterator[DraftEdit]:
    """Names the runs between blocks, also where the raw text had them right already."""
    for match in re.finditer(r"\n{2}", text):
        yield DraftEdit(match.start(), match.end(), "\n\n", "paragraph_break")
    if text.endswith("\n"):
        yield DraftEdit(len(text) - 1, len(text), "\n", "final_newline")
