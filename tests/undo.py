"""What undoes changes of the log, made from nothing but the log: as the annotator's page does it, and any program can."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from annotations.kinds import KINDS
from annotations.kinds.write_context import Object
from annotations.models import Change


def inverse(changes: Iterable[Change]) -> list[Object]:
    """Changes that undo these, to be applied as one batch: the last first, with new ids."""
    return [undoing(change) for change in sorted(changes, key=place_in_log, reverse=True)]


def place_in_log(change: Change) -> tuple[int, int]:
    return change.revision, change.position


def undoing(change: Change) -> Object:
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
