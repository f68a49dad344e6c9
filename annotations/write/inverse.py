"""What undoes changes of the log, and what makes an object again as it was: ordinary batches, made from nothing but the log."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from annotations.kinds import KINDS
from annotations.kinds.write_context import Object
from annotations.models import Assignment, Change, LoggedChange
from annotations.write.apply import Answer, apply_to_own
from annotations.write.errors import Invalid
from annotations.write.signing import DECIDED


def new_id(*_: Any) -> str:
    return str(uuid.uuid4())


def restore(assignment: Assignment, change: LoggedChange, user: Any, base: int | None) -> Answer:
    """Make the object again as it was after `change`; one that was deleted comes back with all that was deleted with it. Links of an
    entity to lists and its screening stay: they are decided elsewhere. Nothing happens where it is as it was.

    Raises a Refusal: Conflict where somebody wrote to it after `base`, or from another reading, if readings share it; Invalid where what
    it points at is gone.
    """
    if change.after is None:
        raise Invalid("A deleted object has no state: restore an earlier one.")
    rows = LoggedChange.objects.filter(assignment=assignment, object_id=change.object_id)
    newest = rows.order_by("-revision", "-position")[0]
    batch: list[Object] = []
    current = newest.after
    if current is None:
        batch = inverse(LoggedChange.objects.filter(assignment=assignment, revision=newest.revision, op=Change.Op.DELETE))
        current = newest.before
    if without_revision(current or {}) != without_revision(change.after):
        item = with_revision(change.kind, sendable(change.kind, change.after, current or {}), current)
        item = {field: value for field, value in item.items() if change.kind != "entity" or field not in DECIDED}
        batch.append({"id": new_id(), "op": "update", "kind": change.kind, "object": item})
    return apply_to_own(assignment.pk, user, base, batch) if batch else Answer(assignment.revision, [])


def without_revision(item: Object) -> Object:
    return {field: value for field, value in item.items() if field != "revision"}


def inverse(changes: Iterable[Change | LoggedChange], name: Callable[[Change | LoggedChange], str] = new_id) -> list[Object]:
    """Changes that undo these, to be applied as one batch: the last first. `name`: the id of what undoes a change."""
    single = [each for change in changes for each in parts_of(change)]
    return [{"id": name(change), **undoing(change)} for change in sorted(single, key=place_in_log, reverse=True)]


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
    item = with_revision(change.kind, item, change.after)
    return {"op": ops[change.op], "kind": change.kind, "object": item}


def with_revision(kind: str, item: Object, current: Object | None) -> Object:
    """What several assignments share says which state of it the change is about."""
    return item | {"revision": current["revision"]} if current and "revision" in KINDS[kind].SHAPE else item


def sendable(kind: str, before: Object, after: Object) -> Object:
    """`before` as a client would send it; attributes that came in since are cleared."""
    item = {field: before[field] for field in KINDS[kind].SHAPE if field in before}
    if "attributes" in item:
        gone = dict.fromkeys(after.get("attributes", {}).keys() - item["attributes"].keys())
        item["attributes"] = gone | item["attributes"]
    return item
