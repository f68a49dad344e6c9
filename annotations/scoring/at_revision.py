"""A reading as it was at an earlier revision: its marks are folded back by the change log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.documents.build import Object
from annotations.models import Assignment, LoggedChange, Merge
from annotations.native.check import ARRAYS
from annotations.scoring.versions import SchemeChanges

PLACED = {"span": "fragments", "citation": "fragments", "claim": "content"}  # which field says where it is
OWN = ("span", "event", "claim", "citation", "link")  # what other assignments do not share


def at_revision(native: Object, assignment: Assignment, revision: int) -> Object:
    """`native`: the assignment as it is. Entities and relations, which other texts share, stay as they are: what pointed at an entity
    that was merged away since points at the one that was kept."""
    later = LoggedChange.objects.filter(assignment=assignment, revision__gt=revision, kind__in=OWN)
    objects = {kind: {record["id"]: record for record in native[ARRAYS[kind]]} for kind in OWN}
    for kind, pk, before in later.order_by("-revision", "-position").values_list("kind", "object_id", "before"):
        if before is None:
            objects[kind].pop(str(pk), None)
        else:
            objects[kind][str(pk)] = before
    kept = merged_into(assignment)
    return native | {ARRAYS[kind]: [renamed(record, kept) for record in records.values()] for kind, records in objects.items()}


def as_it_was(native: Object, assignment: Assignment, revision: int) -> Object:
    """The same as a document has it: with segments, and in the codes of the scheme that the assignment has now."""
    earlier = at_revision(native, assignment, revision) | {"revision": revision}
    for kind in PLACED:
        earlier[ARRAYS[kind]] = [with_segment(kind, record, native["segments"]) for record in earlier[ARRAYS[kind]]]
    return SchemeChanges([assignment]).mapped(earlier, assignment, revision, assignment.scheme_id)


def with_segment(kind: str, record: Object, segments: Sequence[Object]) -> Object:
    """A record of the log with what a document adds to it, and without what it leaves out."""
    start = record[PLACED[kind]][0]["start"]
    segment = next((each["id"] for each in segments if each["start"] <= start < each["end"]), None)
    empty = () if kind != "span" else ("attributes",) if record.get("event") else ("event",)
    return {name: value for name, value in record.items() if name not in empty} | {"segment": segment}


def merged_into(assignment: Assignment) -> dict[str, str]:
    """Entities of the corpus that were merged away → the ones that were kept in the end."""
    rows = Merge.objects.filter(corpus__documents=assignment.document_id, undone_at=None).order_by("at")
    kept: dict[str, str] = {}
    for gone, into in rows.values_list("gone", "kept"):
        kept = {name: str(into) if target == str(gone) else target for name, target in kept.items()} | {str(gone): str(into)}
    return kept


def renamed(record: Object, kept: Mapping[str, str]) -> Object:
    """With each id of an entity that was merged away replaced, wherever it is the value of a field."""
    if not kept:
        return record

    def within(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: within(each) for name, each in value.items()}
        if isinstance(value, list):
            return [within(each) for each in value]
        return kept.get(value, value) if isinstance(value, str) else value

    replaced: Object = within(record)
    return replaced
