"""Stretches of texts: a segment, or what lies between two. Nothing that is looked for goes from one into the next."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from corpus.db.round_trip import Statement, numbered, round_trip
from corpus.words.passages import whole_text

SEGMENTS = """SELECT document_id, start, "end" FROM corpus_segment WHERE document_id = ANY($1::uuid[]) ORDER BY start"""
LENGTHS = "SELECT id, length FROM corpus_document WHERE id = ANY($1::uuid[])"
TEXTS = numbered(
    """SELECT substr(d.text, w.first + 1, w.last - w.first)
    FROM unnest(%(documents)s::uuid[], %(starts)s::int[], %(ends)s::int[]) WITH ORDINALITY AS w (document, first, last, number)
    JOIN corpus_document d ON d.id = w.document ORDER BY w.number""",
    "documents",
    "starts",
    "ends",
)


class Stretch(NamedTuple):
    """Half-open, in code points of the document."""

    document: UUID
    start: int
    end: int


class Stretches:
    """Those of some documents, by position."""

    def __init__(self, documents: Iterable[UUID], *beside: Statement) -> None:
        """`beside`: statements that are sent with its own; `rows` has theirs."""
        ids = list(set(documents))
        known, lengths, *self.rows = round_trip([(SEGMENTS, [ids]), (LENGTHS, [ids]), *beside])
        segments: defaultdict[UUID, list[tuple[int, int]]] = defaultdict(list)
        for document, start, end in known:
            segments[document].append((start, end))
        self._stretches = {pk: list(whole_text(segments[pk], length)) for pk, length in lengths}

    def at(self, document: UUID, position: int) -> Stretch:
        stretches = self._stretches[document]
        number = bisect_right(stretches, position, key=lambda stretch: stretch[0]) - 1
        return Stretch(document, *stretches[number])

    def all_of(self, document: UUID) -> list[Stretch]:
        return [Stretch(document, *each) for each in self._stretches[document]]


def texts(stretches: Sequence[Stretch]) -> list[str]:
    """The words of each, and no more of the text."""
    return [text for (text,) in round_trip([texts_statement(stretches)])[0]] if stretches else []


def texts_statement(stretches: Sequence[Stretch]) -> Statement:
    """To be sent with others; its rows are the words of each."""
    return TEXTS, [list(column) for column in zip(*stretches, strict=True)] or [[], [], []]
