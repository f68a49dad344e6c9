"""Findings that a question is put to: those of the index, and in place of what it is behind with, those worked out on the spot."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from questions.asking.source import EntrySource
from questions.index.findings import AS_ROWS, FINDING_COLUMNS, as_json, findings_of, with_checks

# Each is read whole, by Python: so many within a second.
MOST_WORKED_OUT = 50
NAMES = ", ".join(FINDING_COLUMNS)
BESIDE = f"""(SELECT {NAMES} FROM questions_indexedfinding WHERE assignment_id <> ALL(%(worked_out)s::uuid[])
    UNION ALL {AS_ROWS})"""  # noqa: S608 - of our own words


class FindingSource(NamedTuple):
    """`table`: what FROM takes; `behind`: how many assignments whose findings are not those of their marks."""

    table: str
    values: dict[str, Any]
    behind: int


def finding_source(entries: EntrySource, among: set[UUID] | None = None) -> FindingSource:
    """Beside these entries. `among`: assignments whose findings are wanted; None: all."""
    stale = [pk for pk in entries.values.get("ids", []) if among is None or pk in among]
    # Of an earlier state all that is on the page: nothing else says what its findings were.
    earlier = sorted(entries.unchecked & among) if among else []
    if not stale and not earlier:
        return FindingSource("questions_indexedfinding", {}, 0)
    checked = with_checks(stale) if stale else []
    live, left = checked[:MOST_WORKED_OUT], checked[MOST_WORKED_OUT:]
    findings = findings_of([*live, *(with_checks(earlier) if earlier else [])])
    values = {"worked_out": sorted({*stale, *earlier}.difference(left)), "findings": as_json(findings)}
    return FindingSource(BESIDE, values, len(left))
