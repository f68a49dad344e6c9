"""What undoes changes of the log, made from nothing but the log: as the annotator's page does it, and any program can."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from annotations.kinds import KINDS
from annotations.kinds.write_context import Object
from annotations.models import Change, LoggedChange


def inverse(changes: Iterable[Change | LoggedChange]) -> list[Object]:
    """Changes that undo these, to be applied as one batch: the last first, with new ids."""
    single = [each for change in changes for each in parts_of(change)]
    return [undoing(change) for change in sorted(single, key=place_in_log, reverse=True)]


def parts_of(change: Change | LoggedChange) -> Iterable[Change | LoggedChange]:
    """The change, or those of an imported document."""
    if change.op != Change.IMPORT[0]:
        return [change]
    return LoggedChange.objects.filter(assignment=change.assignment_id, stored_at=change.number)


def place_in_log(change: Change | LoggedChange) -> tuple[int, int]:
    return change.revision, change.position


def undoing(change: Change | LoggedChange) -> Object:
    ops = {"create": "delete", "update": "update", "delete": "create"}
    item = {"id": str(change.object_id)}
    if change.before is not None:
        item = sendable(change.kind, change.before, change.after or {})
    if change.after is not None and "revision" in KINDS[change.kind].SHAPE:
        item["revision"] = change.after["revision"]
    return {"id": str(uuid.uuid4()), "op": ops[change.op], "kind": change.kind, "object": item}


def sendable(kind: str, before: Object, after: Object) -> Object:
    """`before` as a client would send it; attributes that came in since are cleared."""
    item = {field: before[field] for field in KINDS[kind].SHAPE if field in before}
    if "attributes" in item:
        gone = dict.fromkeys(after.get("attributes", {}).keys() - item["attributes"].keys())
        item["attributes"] = gone | item["attributes"]
    return item
