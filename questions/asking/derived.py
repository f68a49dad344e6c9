"""What is worked out of the figures of a page of rows: amounts per person, and what share one payment is of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from annotations.derived.checks import with_speakers
from questions.asking.answer import IndexAnswer
from questions.asking.findings import finding_source
from registry.models import Entity

Object = dict[str, Any]
COLUMNS = ("id", "text", "speakers", "figures", "numbers")
OF_FIGURES = """SELECT f.id, f.text, f.speakers, f.figures, f.numbers::json FROM {table} f WHERE f.code = 'DERIVED'
    AND f.assignment_id = ANY(%(assignments)s::uuid[]) AND f.figures && %(figures)s::uuid[] ORDER BY f.assignment_id, f.number"""


def worked_out(answer: IndexAnswer, figures: Mapping[UUID, Object]) -> dict[UUID, list[Object]]:
    """By the id of a figure, what is worked out of it. `figures`: entries of the rows."""
    if not figures:
        return {}
    assignments = {entry["assignment_id"] for entry in figures.values()}
    source = finding_source(answer.source, assignments)
    values = {"assignments": list(assignments), "figures": list(figures)}
    rows = answer.rows(OF_FIGURES.format(table=source.table), values | source.values)
    findings = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    names = names_of(pk for finding in findings for pk in finding["speakers"] or [])
    shown = [(finding["figures"], in_words(finding, names)) for finding in findings]
    return {pk: [each for marks, each in shown if pk in marks] for marks, _ in shown for pk in marks}


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {pk for pk in ids if pk}
    return dict(Entity.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def in_words(finding: Object, names: Mapping[UUID, str]) -> Object:
    """`same_speaker`: None where no two figures are compared."""
    speakers = finding["speakers"] or []
    is_same = len(set(speakers)) == 1
    return {
        "finding": finding["id"],
        "text": with_speakers(finding["text"], [names.get(pk, "none") for pk in speakers], is_same=is_same),
        "values": finding["numbers"]["values"],
        "same_speaker": is_same if speakers else None,
        "figures": finding["figures"],
    }


def of_row(derived: Mapping[UUID, list[Object]], numbers: Iterable[Object]) -> list[Object]:
    """Of all figures of a row, each once."""
    return list({each["finding"]: each for number in numbers for each in derived.get(number["id"], [])}.values())
