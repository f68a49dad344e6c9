"""What the evidence table says of rows: the same in answers and in files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.formats.evidence.evidence_lines import BY_NAME, line_name, lines
from annotations.models import Assignment
from questions.address.question import AddressError
from questions.api.entry_shapes import EvidenceShape

Object = dict[str, Any]
EVIDENCE = tuple(EvidenceShape().fields)


def read_fields(text: str) -> list[str]:
    """The fields of evidence that somebody wants, with commas between. Raises AddressError, which names what is none."""
    names = list(dict.fromkeys(text.split(",")))
    for name in names:
        if name not in EVIDENCE:
            raise AddressError("fields", f"has no “{name[:60]}”; takes {', '.join(EVIDENCE)}, with commas between")
    return names


def lines_of(rows: list[Object]) -> list[str]:
    """The lines of evidence of rows, each once, in their order."""
    return list(dict.fromkeys(line for row in rows for entry in row.get("entries", ()) for line in entry["lines"]))


def evidence_of(user: Any, rows: list[Object], fields: Collection[str] = EVIDENCE) -> dict[str, Object]:
    """By line, the fields of it that are asked for. Read inside a transaction: the documents come as a stream."""
    names = set(lines_of(rows))
    if not names:
        return {}
    columns = [BY_NAME[field] for field in fields if field in BY_NAME]
    seen = Assignment.objects.for_user(user)
    some = seen.filter(pk__in={name.partition(":")[0] for name in names}).order_by("pk")
    evidence = {}
    with connection.wrap_database_errors:
        for view in map(DocumentView, Export(some, "evidence", beside=seen).annotated()):
            for record in lines(view):
                name = line_name(view, record)
                if name in names:
                    evidence[name] = {column.name: column.value(view, record) for column in columns}
    return evidence


def add_evidence(user: Any, rows: list[Object], fields: Collection[str]) -> None:
    """Give each entry its lines with these fields; empty where the evidence table has no such line."""
    evidence = evidence_of(user, rows, fields)
    for entry in (entry for row in rows for entry in row["entries"]):
        cells = ({**evidence.get(line, {}), "line": line} for line in entry["lines"])
        entry["evidence"] = [{field: each.get(field) or "" for field in fields} for each in cells]
