"""What undoes changes of the log, and what makes an object again as it was: ordinary batches, made from nothing but the log."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User

from annotations.kinds import KINDS
from annotations.kinds.write_context import Object
from annotations.models import Assignment, Change, LoggedChange
from annotations.native.ids import derived
from annotations.write.apply import Answer, apply_to_own
from annotations.write.errors import Conflict, Invalid, Malformed
from annotations.write.signing import DECIDED


def new_id(*_: Any) -> str:
    return str(uuid.uuid4())


def restore(assignment: Assignment, change: LoggedChange, user: User, base: int | None) -> Answer:
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
        item = undecided(item) if change.kind == "entity" else item
        batch.append({"id": new_id(), "op": "update", "kind": change.kind, "object": item})
    return apply_to_own(assignment.pk, user, base, batch) if batch else Answer(assignment.revision, [])


def undecided(entity: Object) -> Object:
    """Without its links to lists and its screening."""
    return {field: value for field, value in entity.items() if field not in DECIDED}


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


def undo(assignment: Assignment, ids: Sequence[uuid.UUID], user: User) -> Answer:
    """Undo changes of its log as one batch. Sending it again changes nothing: the id of what undoes a change follows from both.

    Raises a Refusal: Malformed where it has no such change, Conflict where an object was written to since, by whomever, and what the
    write raises.
    """
    rows = LoggedChange.objects.filter(assignment=assignment)
    chosen = {row.pk: row for row in rows.filter(pk__in=ids).order_by("revision", "position")}
    if len(chosen) < len(set(ids)) or not ids:
        raise Malformed("The reading has no such change.")
    undone = {uuid.UUID(undo_id(change)) for change in chosen.values()}
    first: dict[uuid.UUID, LoggedChange] = {}
    for change in chosen.values():
        first.setdefault(change.object_id, change)
    newer = [
        change
        for change in rows.filter(object_id__in=first, revision__gte=min(row.revision for row in first.values()))
        if change.pk not in chosen.keys() | undone and place_in_log(change) > place_in_log(first[change.object_id])
    ]
    if newer:
        latest = {change.object_id: change for change in sorted(newer, key=place_in_log)}
        raise Conflict(assignment.revision, [versions(first[pk], change) for pk, change in latest.items()])
    batch = inverse(chosen.values(), undo_id)
    for draft in batch:
        if (draft["kind"], draft["op"]) == ("entity", "update"):
            draft["object"] = undecided(draft["object"])
    return apply_to_own(assignment.pk, user, assignment.revision, batch)


def undo_id(change: Change | LoggedChange) -> str:
    return derived(change.assignment_id, f"undo/{change.pk}")


def versions(change: LoggedChange, latest: LoggedChange) -> Object:
    """The object as it would become, and as it is."""
    return {"change": str(change.pk), "kind": change.kind, "yours": change.before or {}, "theirs": latest.after}
