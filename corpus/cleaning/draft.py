"""A text under repair: edits are laid over edits, and the way back to the raw text is kept.

Cleaning goes in rounds, each of which reads the text that the round before has left (text that
was read wrongly twice needs two). `TextDraft.apply` composes a round with all that went before, so
that at the end each piece still knows its raw range. Pieces that were changed have no inside: an
edit that touches one swallows it whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.cleaning.source_map import COPY, Run, SourceMap


class DraftEdit(NamedTuple):
    """Put `new` in the place of `text[start:end]`. Code points of the text of this round."""

    start: int
    end: int
    new: str
    op: str
    why: str = ""


class Piece(NamedTuple):
    """What stands for `raw[raw_start:raw_end]`: that text itself (copy), or `new`."""

    raw_start: int
    raw_end: int
    new: str = ""
    op: str = COPY
    why: str = ""

    @property
    def width(self) -> int:
        """Code points in the current text."""
        return self.raw_end - self.raw_start if self.op == COPY else len(self.new)

    def text(self, raw: str) -> str:
        """What it says. A copy keeps no text of its own: cutting long ones must cost nothing."""
        return raw[self.raw_start : self.raw_end] if self.op == COPY else self.new


class TextDraft:
    """The pieces of a text; in the beginning one copy of the raw text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.pieces = [Piece(0, len(raw))] if raw else []
        self.text = raw

    def apply(self, edits: Sequence[DraftEdit]) -> None:
        """Lay edits, ordered and apart, over the current text."""
        if edits:
            self.pieces = _compose(self.raw, self.pieces, edits)
            self.text = "".join(piece.text(self.raw) for piece in self.pieces)

    def source_map(self) -> SourceMap:
        runs, at = [], 0
        for piece in self.pieces:
            end = at + piece.width
            runs.append(Run(at, end, piece.raw_start, piece.raw_end, piece.op))
            at = end
        return SourceMap.of(runs)


def _compose(raw: str, pieces: Iterable[Piece], edits: Sequence[DraftEdit]) -> list[Piece]:
    todo, done = deque(pieces), list[Piece]()
    at, next_edit = 0, 0
    while next_edit < len(edits):
        at = _pass_until(edits[next_edit].start, at, todo, done)
        taken, group, first = list[Piece](), list[DraftEdit](), at
        # An edit that begins inside a piece already taken belongs to the same change.
        while next_edit < len(edits) and (not group or edits[next_edit].start < at):
            edit = edits[next_edit]
            at = _take_until(edit.end, at, todo, taken)
            group.append(edit)
            next_edit += 1
        raw_at = done[-1].raw_end if done else 0
        done.append(_changed(raw, taken, group, first, raw_at))
    return _joined([*done, *todo])


def _pass_until(start: int, at: int, todo: deque[Piece], done: list[Piece]) -> int:
    while todo and at + todo[0].width <= start:
        done.append(todo.popleft())
        at += done[-1].width
    if todo and at < start and todo[0].op == COPY:
        done.append(_split_first(todo, start - at))
        at = start
    return at


def _take_until(end: int, at: int, todo: deque[Piece], taken: list[Piece]) -> int:
    while todo and at < end:
        if todo[0].op == COPY and at + todo[0].width > end:
            taken.append(_split_first(todo, end - at))
            return end
        taken.append(todo.popleft())
        at += taken[-1].width
    return at


def _split_first(todo: deque[Piece], width: int) -> Piece:
    piece = todo.popleft()
    cut = piece.raw_start + width
    todo.appendleft(Piece(cut, piece.raw_end))
    return Piece(piece.raw_start, cut)


def _changed(raw: str, taken: list[Piece], group: list[DraftEdit], first: int, raw_at: int) -> Piece:
    old, new, at = "".join(piece.text(raw) for piece in taken), list[str](), 0
    for edit in group:
        new += [old[at : edit.start - first], edit.new]
        at = edit.end - first
    before = [piece for piece in taken if piece.op != COPY]
    whys = [*(piece.why for piece in before), *(edit.why for edit in group)]
    return Piece(
        taken[0].raw_start if taken else raw_at,
        taken[-1].raw_end if taken else raw_at,
        "".join(new) + old[at:],
        before[0].op if before else group[0].op,
        "; ".join(dict.fromkeys(why for why in whys if why)),
    )


def _joined(pieces: list[Piece]) -> list[Piece]:
    joined = list[Piece]()
    for piece in pieces:
        if piece.op == COPY and joined and joined[-1].op == COPY:
            joined[-1] = Piece(joined[-1].raw_start, piece.raw_end)
        else:
            joined.append(piece)
    return joined
