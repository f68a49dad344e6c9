"""Stretches of texts: a segment, or what lies between two. Nothing that is looked for goes from one into the next."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from corpus.models import Document, Segment
from corpus.words.passages import whole_text
from questions.concordance.candidates import run

TEXTS = """SELECT substr(d.text, w.first + 1, w.last - w.first)
    FROM unnest(%(documents)s::uuid[], %(starts)s::int[], %(ends)s::int[]) WITH ORDINALITY AS w (document, first, last, number)
    JOIN corpus_document d ON d.id = w.document ORDER BY w.number"""


class Stretch(NamedTuple):
    """Half-open, in code points of the document."""

    document: UUID
    start: int
    end: int


class Stretches:
    """Those of some documents, by position."""

    def __init__(self, documents: Iterable[UUID]) -> None:
        ids = set(documents)
        segments: defaultdict[UUID, list[tuple[int, int]]] = defaultdict(list)
        for document, start, end in (
            Segment.objects.filter(document__in=ids).order_by("start").values_list("document", "start", "end")
        ):
            segments[document].append((start, end))
        self._lengths: Mapping[UUID, int] = dict(Document.objects.filter(pk__in=ids).order_by().values_list("pk", "length"))
        self._stretches = {pk: list(whole_text(segments[pk], length)) for pk, length in self._lengths.items()}

    def at(self, document: UUID, position: int) -> Stretch:
        stretches = self._stretches[document]
        number = bisect_right(stretches, position, key=lambda stretch: stretch[0]) - 1
        return Stretch(document, *stretches[number])

    def all_of(self, document: UUID) -> list[Stretch]:
        return [Stretch(document, *each) for each in self._stretches[document]]


def texts(stretches: Sequence[Stretch]) -> list[str]:
    """The words of each, and no more of the text."""
    documents, starts, ends = (list(column) for column in zip(*stretches, strict=True)) if stretches else ([], [], [])
    return [text for (text,) in run(TEXTS, {"documents": documents, "starts": starts, "ends": ends})] if stretches else []
