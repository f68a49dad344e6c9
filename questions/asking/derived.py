"""What is worked out of the figures of a page of rows: amounts per person, and what share one payment is of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from annotations.derived.checks import with_speakers
from corpus.db.round_trip import Rows, Statement, numbered
from questions.asking.answer import IndexAnswer
from questions.asking.findings import BESIDE, finding_source

Object = dict[str, Any]
COLUMNS = ("id", "text", "figures", "numbers", "speakers", "names")
# Where the index is behind with nothing, the same statement, so that PostgreSQL plans it once.
NOTHING_LIVE: Object = {"worked_out": [], "findings": "[]"}
OF_FIGURES = numbered(
    f"""SELECT f.id, f.text, f.figures, f.numbers::json, f.speakers,
        ARRAY(SELECT coalesce(n.name, 'none') FROM unnest(f.speakers) WITH ORDINALITY s(pk, place)
            LEFT JOIN registry_entity n ON n.id = s.pk ORDER BY s.place)
    FROM {BESIDE} f WHERE f.code = 'DERIVED'
    AND f.assignment_id = ANY(%(assignments)s::uuid[]) AND f.figures && %(figures)s::uuid[] ORDER BY f.assignment_id, f.number""",  # noqa: S608
    "assignments",
    "figures",
    *NOTHING_LIVE,
)


def derived_statement(answer: IndexAnswer, figures: Mapping[UUID, Object]) -> Statement:
    """To be sent with others; `worked_out` reads its rows. `figures`: entries of the rows."""
    assignments = list({entry["assignment_id"] for entry in figures.values()})
    values = NOTHING_LIVE | finding_source(answer.source, set(assignments)).values
    return OF_FIGURES, [assignments, list(figures), *values.values()]


def worked_out(rows: Rows) -> dict[UUID, list[Object]]:
    """By the id of a figure, what is worked out of it."""
    findings = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    shown = [(finding["figures"], in_words(finding)) for finding in findings]
    return {pk: [each for marks, each in shown if pk in marks] for marks, _ in shown for pk in marks}


def in_words(finding: Object) -> Object:
    """`same_speaker`: None where no two figures are compared."""
    speakers = finding["speakers"] or []
    is_same = len(set(speakers)) == 1
    return {
        "finding": finding["id"],
        "text": with_speakers(finding["text"], finding["names"], is_same=is_same),
        "values": finding["numbers"]["values"],
        "same_speaker": is_same if speakers else None,
        "figures": finding["figures"],
    }


def of_row(derived: Mapping[UUID, list[Object]], numbers: Iterable[Object]) -> list[Object]:
    """Of all figures of a row, each once."""
    return list({each["finding"]: each for number in numbers for each in derived.get(number["id"], [])}.values())
