"""A reading as it was at an earlier revision: its marks are folded back by the change log."""

from __future__ import annotations

from annotations.documents.build import Object
from annotations.models import Assignment, LoggedChange
from annotations.native.check import ARRAYS

OWN = ("span", "event", "claim", "citation", "link")  # what other assignments do not share


def at_revision(native: Object, assignment: Assignment, revision: int) -> Object:
    """`native`: the assignment as it is. Entities and relations, which other texts share, stay as they are."""
    later = LoggedChange.objects.filter(assignment=assignment, revision__gt=revision, kind__in=OWN)
    objects = {kind: {record["id"]: record for record in native[ARRAYS[kind]]} for kind in OWN}
    for kind, pk, before in later.order_by("-revision", "-position").values_list("kind", "object_id", "before"):
        if before is None:
            objects[kind].pop(str(pk), None)
        else:
            objects[kind][str(pk)] = before
    return native | {ARRAYS[kind]: list(records.values()) for kind, records in objects.items()}
