"""Findings of the index: what the checks of assignments say, worked out by Python from their marks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from annotations.derived.checks import Check, reckoned
from annotations.derived.claims import ClaimIndex
from annotations.models import Assignment
from annotations.native.view import NativeContext
from annotations.queries.findings import contexts_of
from questions.models import IndexedFinding

# Assignments that have what any check begins with: figures in relation, amounts for a number of people, rates, cited measures.
# To read all marks of an assignment takes as long as to make its entries, and most have none of these.
CHECKED = """SELECT a.id FROM annotations_assignment a WHERE a.id = ANY(%(ids)s::uuid[]) AND (
    EXISTS (SELECT FROM annotations_link k WHERE k.assignment_id = a.id AND k.source_span_id IS NOT NULL)
    OR EXISTS (SELECT FROM annotations_figure f
        WHERE f.assignment_id = a.id AND (f.per_count_n IS NOT NULL OR f.per_currency <> ''))
    OR EXISTS (SELECT FROM annotations_citation c WHERE c.assignment_id = a.id AND c.measure_id IS NOT NULL)) ORDER BY a.id"""
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
Row = dict[str, Any]


def with_checks(ids: Iterable[UUID]) -> list[UUID]:
    """Of these assignments those that have something to check."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKED, {"ids": list(ids)})
        return [pk for (pk,) in cursor.fetchall()]


def findings_of(ids: Iterable[UUID]) -> list[Row]:
    """The rows of these assignments, by the names of their columns."""
    # The body of a scheme is 100 kB of JSON, and the text is read with the marks.
    readings = Assignment.objects.select_related("scheme", "document").only("scheme__loaded", "document__corpus")
    readings = readings.filter(pk__in=list(ids)).order_by("pk")
    return [
        row
        for some in batched(readings, AT_ONCE)
        for reading, context in zip(some, contexts_of(some), strict=True)
        for row in rows_of(reading, context)
    ]


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


def write_findings(ids: Iterable[UUID]) -> None:
    """Replace the findings of these assignments."""
    wanted = list(ids)
    IndexedFinding.objects.filter(assignment__in=wanted).delete()
    if rows := findings_of(with_checks(wanted)):
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO questions_indexedfinding ({NAMES}) {AS_ROWS}", {"findings": as_json(rows)})


def as_json(rows: Iterable[Row]) -> str:
    """For AS_ROWS; arrays of UUIDs as PostgreSQL reads them."""
    return json.dumps([{name: literal(value) for name, value in row.items()} for row in rows], default=str)


def literal(value: Any) -> Any:
    return [str(each) if each else None for each in value] if isinstance(value, list) else value
