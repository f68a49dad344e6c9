"""Findings of the index: what the checks of assignments say, worked out by Python from their marks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F

from annotations.derived.checks import Check, reckoned
from annotations.derived.claims import ClaimIndex
from annotations.documents.checks_sql import FOR_CHECKS
from annotations.models import Assignment
from annotations.native.view import NativeContext
from annotations.queries.findings import contexts_of
from corpus.db.compiled_queries import AmongSlot, Repeated, Slot
from corpus.db.round_trip import Rows, Statement, numbered, round_trip

# Assignments that have what any check begins with: figures in relation, amounts for a number of people, rates, cited measures, and
# events of stated days, which are held against paragraphs that nobody cites.
# To read all marks of an assignment takes as long as to make its entries, and most have none of these.
CHECKED = """SELECT a.id FROM annotations_assignment a WHERE a.id = ANY($1::uuid[]) AND (
    EXISTS (SELECT FROM annotations_link k WHERE k.assignment_id = a.id AND k.source_span_id IS NOT NULL)
    OR EXISTS (SELECT FROM annotations_figure f
        WHERE f.assignment_id = a.id AND (f.per_count_n IS NOT NULL OR f.per_currency <> ''))
    OR EXISTS (SELECT FROM annotations_citation c WHERE c.assignment_id = a.id AND c.measure_id IS NOT NULL)
    OR EXISTS (SELECT FROM annotations_event e WHERE e.assignment_id = a.id AND e.time_edtf <> ''
        AND e.status IN ('happened', 'ongoing') AND e.polarity <> 'negative')) ORDER BY a.id"""
AT_ONCE = 50  # assignments that are read together: each with its text and its marks
# With their types, as a statement has them that takes rows as JSON.
FINDING_COLUMNS = {
    "id": "uuid",
    "corpus_id": "bigint",
    "assignment_id": "uuid",
    "number": "int",
    "code": "text",
    "result": "text",
    "text": "text",
    "entry": "uuid",
    "figures": "uuid[]",
    "events": "uuid[]",
    "parts": "uuid[]",
    "speakers": "uuid[]",
    "numbers": "jsonb",
}
NAMES = ", ".join(FINDING_COLUMNS)
AS_ROWS = f"""SELECT {NAMES} FROM jsonb_to_recordset(%(findings)s::jsonb)
    AS live({", ".join(f"{name} {kind}" for name, kind in FINDING_COLUMNS.items())})"""  # noqa: S608 - of our own words
# What says what it said stays. What differs is deleted first: two findings may change their numbers with each other.
GONE = numbered(
    f"""DELETE FROM questions_indexedfinding WHERE id = ANY(ARRAY(SELECT id FROM (
        SELECT {NAMES} FROM questions_indexedfinding WHERE assignment_id = ANY(%(ids)s::uuid[]) EXCEPT {AS_ROWS}) differing))""",  # noqa: S608
    "ids",
    "findings",
)
WRITTEN = numbered(f"INSERT INTO questions_indexedfinding ({NAMES}) {AS_ROWS} ON CONFLICT (id) DO NOTHING", "findings")
KEPT = numbered(
    f"SELECT {NAMES.replace('numbers', 'numbers::json')} FROM questions_indexedfinding WHERE assignment_id = ANY(%(ids)s::uuid[]) "  # noqa: S608
    "ORDER BY assignment_id, number",
    "ids",
)
# The body of a scheme is 100 kB of JSON, and the text is read with the marks.
READINGS = Repeated(
    lambda: (
        Assignment.objects.filter(AmongSlot(F("pk"), Slot("ids")))
        .select_related("scheme", "document")
        .only("scheme__loaded", "document__corpus")
        .order_by("pk")
    )
)
Row = dict[str, Any]


def with_checks(ids: Iterable[UUID]) -> list[UUID]:
    """Of these assignments those that have something to check."""
    return [pk for (pk,) in round_trip([checked_statement(list(ids))])[0]]


def checked_statement(ids: list[UUID]) -> Statement:
    """To be sent with others: its rows are the ids of those that have something to check."""
    return CHECKED, [ids]


def findings_of(ids: Iterable[UUID]) -> list[Row]:
    """The rows of these assignments, by the names of their columns."""
    wanted = list(ids)
    if not wanted:
        return []
    readings = READINGS.all_made(round_trip([READINGS.statement(ids=wanted)])[0])
    return [row for some in batched(readings, AT_ONCE) for row in rows_of_all(some, contexts_of(some, FOR_CHECKS))]


def rows_of_all(readings: Iterable[Assignment], contexts: Iterable[NativeContext]) -> Iterator[Row]:
    for reading, context in zip(readings, contexts, strict=True):
        yield from rows_of(reading, context)


def rows_of(assignment: Assignment, context: NativeContext) -> list[Row]:
    seen: Counter[str] = Counter()
    rows = []
    for number, check in enumerate(reckoned(context, ClaimIndex(context))):
        about = f"{check.code} {','.join([*check.figures, *check.events])}"
        seen[about] += 1
        # Of its marks and not of its numbers: a finding whose figure is corrected stays the same one.
        pk = uuid5(assignment.pk, f"{about} {seen[about]}")
        rows.append(
            {"id": pk, "corpus_id": assignment.document.corpus_id, "assignment_id": assignment.pk, **columns(number, check)}
        )
    return rows


def columns(number: int, check: Check) -> Row:
    return {
        "number": number,
        "code": check.code,
        "result": check.result,
        "text": check.text,
        "entry": UUID((check.figures or check.events)[0]),
        "figures": [UUID(pk) for pk in check.figures],
        "events": [UUID(pk) for pk in check.events],
        "parts": [UUID(pk) for pk in check.parts],
        "speakers": check.speakers and [UUID(pk) if pk else None for pk in check.speakers],
        "numbers": check.numbers,
    }


def finding_statements(ids: list[UUID], rows: Iterable[Row]) -> list[Statement]:
    """What makes the findings of these assignments such rows."""
    made = as_json(rows)
    return [(GONE, [ids, made]), (WRITTEN, [made])]


def kept_rows(rows: Rows) -> list[Row]:
    """Of KEPT, as `findings_of` gives them."""
    return [dict(zip(FINDING_COLUMNS, row, strict=True)) for row in rows]


def as_json(rows: Iterable[Row]) -> str:
    """For AS_ROWS; arrays of UUIDs as PostgreSQL reads them."""
    return json.dumps([{name: literal(value) for name, value in row.items()} for row in rows], default=str)


def literal(value: Any) -> Any:
    return [str(each) if each else None for each in value] if isinstance(value, list) else value
