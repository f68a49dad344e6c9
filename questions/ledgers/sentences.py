"""The sentences in which the words of a page's rows stand: read for all rows in one round trip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from corpus.db.round_trip import numbered, round_trip
from questions.wording.marked_sentence import marked_sentence, window_around

Object = dict[str, Any]
Bounds = list[tuple[int, int]]
# A window of a text by the reading that marks it.
TEXTS = numbered(
    """SELECT substr(d.text, w.first + 1, w.last - w.first)
    FROM unnest(%(readings)s::uuid[], %(starts)s::int[], %(ends)s::int[]) WITH ORDINALITY AS w (reading, first, last, number)
    JOIN annotations_assignment a ON a.id = w.reading JOIN corpus_document d ON d.id = a.document_id ORDER BY w.number""",
    "readings",
    "starts",
    "ends",
)


class Quoted(NamedTuple):
    """What is shown with its sentence. `own`: its words; `others`: what belongs to it and may stand in the same sentence."""

    shown: Object
    reading: UUID
    own: Bounds
    others: Bounds


def add_sentences(rows: Sequence[Object]) -> None:
    """Give entries, claims and events of rows `sentence`, where they have words."""
    quoted = [each for row in rows for each in quoted_in(row) if each.own]
    if not quoted:
        return
    windows = [window_around(each.own) for each in quoted]
    starts, ends = ([getattr(window, edge) for window in windows] for edge in ("start", "end"))
    (texts,) = round_trip([(TEXTS, [[each.reading for each in quoted], starts, ends])])
    for each, window, (text,) in zip(quoted, windows, texts, strict=True):
        each.shown["sentence"] = marked_sentence(text, window, each.own, each.others)


def quoted_in(row: Object) -> Iterator[Quoted]:
    """Of a row of any ledger; nothing where its rows quote no words."""
    if "entries" in row:
        figures = {figure["id"]: figure for value in row["values"] for figure in value["figures"]}
        for entry in row["entries"]:
            own = [figures[pk] for pk in entry["figures"] if pk in figures]
            yield Quoted(entry, entry["assignment"], *words_first(entry["triggers"], own))
    elif "figures" in row and "level" in row:
        for side in row["figures"]:
            yield from quoted_in(side)
    elif "claim" in row:
        marks = [*row["triggers"], *row["figures"]]
        yield Quoted(
            row, row["assignment"], *(words_first([row["words"]], []) if row["words"] else words_first(marks[:1], marks))
        )
    elif "acted" in row:
        for event in row["events"]:
            yield Quoted(event, event["assignment"], *words_first(event["triggers"], []))


def words_first(own: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> tuple[Bounds, Bounds]:
    """Where the first of `own`, or else of `others`, stands; and where all of them do."""
    marks = [bounds_of(mark) for mark in (*own, *others)]
    return (marks[0] if marks else []), [bound for mark in marks[1:] for bound in mark]


def bounds_of(mark: Mapping[str, Any]) -> Bounds:
    return sorted((start, end) for start, end in mark["fragments"])
