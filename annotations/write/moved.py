"""What points at one entity points at another, in one slice: some hundred objects of some assignments, their rows and their logs.

PostgreSQL moves marks and claims by itself (`moved_sql`), so that a slice costs a few statements however much is in it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from annotations.kinds import KINDS
from annotations.kinds.select import read
from annotations.kinds.write_context import Object
from annotations.models import Assignment, Merge, MovedBatch
from annotations.write import moved_sql
from annotations.write.repoint import repointed, restored

# Kind, before, after.
Step = tuple[str, Object | None, Object | None]


class MovedObject(NamedTuple):
    """An object of an assignment, the fields of it that may move, and of an event that moves back how it was, the last time first."""

    kind: str
    id: str
    assignment: str
    entity: bool = True
    counted: bool = True
    of_whole: bool = True
    source: bool = True
    batches: tuple[int, ...] = ()
    earlier: tuple[Object, ...] = ()


def pointing(entity: uuid.UUID, most: int) -> list[MovedObject]:
    """What points at the entity, but for relations, which belong to no assignment."""
    return [MovedObject(*row) for row in fetch_rows(moved_sql.POINTING, {"entity": entity, "most": most})]


def to_undo(done: Merge, most: int) -> list[MovedObject]:
    """What the merge has moved, from its first batches that are not undone."""
    rows = fetch_rows(moved_sql.TO_UNDO, {"merge": done.pk, "entity": str(done.gone), "most": most})
    return [moved_by(*row) for row in rows]


def moved_by(kind: str, pk: str, owner: str, *rest: Any) -> MovedObject:
    entity, counted, of_whole, source, batches, earlier = rest
    flags = bool(entity), bool(counted), bool(of_whole), bool(source)
    return MovedObject(kind, pk, owner, *flags, tuple(batches), tuple(loaded(earlier)))


def loaded(value: Any) -> list[Object]:
    return json.loads(value) if isinstance(value, str) else value or []


def locked(moved_objects: Iterable[MovedObject]) -> dict[str, int]:
    """Assignments in one order, each with the revision that it will have; submitted ones too: a merge changes no judgement of theirs."""
    names = {each.assignment for each in moved_objects}
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=names).order_by("pk")
    return {str(pk): revision + 1 for pk, revision in rows.values_list("pk", "revision")}


@dataclass
class Slice:
    """Objects that move from the entity `old` to `new`, in assignments that are locked."""

    done: Merge
    objects: list[MovedObject]
    revisions: dict[str, int]
    user: User
    back: bool = False
    shared: Sequence[Step] = ()

    @cached_property
    def ends(self) -> tuple[str, str]:
        ends = (str(self.done.gone), str(self.done.kept))
        return (ends[1], ends[0]) if self.back else ends

    @cached_property
    def values(self) -> dict[str, Any]:
        names = ("kind", "id", "assignment", *moved_sql.FIELDS)
        flags = [dict(zip(names, each, strict=False)) for each in self.objects]
        return {
            "merge": self.done.pk,
            "wanted": json.dumps(flags),
            "assignments": list(self.revisions),
            "revisions": list(self.revisions.values()),
            "old": self.ends[0],
            "new": self.ends[1],
            "person": self.user.pk,
            "at": timezone.now(),
        }

    def move(self) -> None:
        """Write the log, of each assignment with what became of the entities beside it, and the rows."""
        events = self.events()
        others = [logged(kind, before, after) for kind, before, after in self.shared]
        others += [logged("event", before, after) | {"assignment": owner} for owner, before, after in events]
        do(moved_sql.LOG, self.values | {"others": json.dumps(others)})
        for statement in moved_sql.ROWS:
            do(statement, self.values)
        if events:
            self.write_events([after for _, _, after in events])
        if self.back:
            MovedBatch.objects.filter(pk__in={pk for each in self.objects for pk in each.batches}).update(is_undone=True)
        else:
            do(moved_sql.MOVED, self.values)
        self.done.moved += len(self.objects)
        self.done.total = max(self.done.total, self.done.moved)

    def events(self) -> list[tuple[str, Object, Object]]:
        """Assignment, before and after of each event that changes."""
        patch: Callable[[MovedObject, Object], Object] = self.restored if self.back else self.repointed
        moved_objects = {each.id: each for each in self.objects if each.kind == "event"}
        if not moved_objects:
            return []
        stored = read({"event": "m.id = ANY(%(ids)s::uuid[])"}, {"ids": list(moved_objects)}, KINDS, "")["event"]
        pairs = [
            (moved_objects[record["id"]].assignment, record, patch(moved_objects[record["id"]], record)) for record in stored
        ]
        return [(owner, record, record | changed) for owner, record, changed in pairs if changed]

    def repointed(self, _: MovedObject, record: Object) -> Object:
        return repointed("event", record, *self.ends)

    def restored(self, moved_object: MovedObject, record: Object) -> Object:
        new, old = self.ends
        whole = record
        for before in moved_object.earlier:
            whole = whole | restored("event", whole, before, old, new)
        return {"arguments": whole["arguments"]} if whole != record else {}

    def write_events(self, events: list[Object]) -> None:
        """An event has no role that it did not have before."""
        ids = [record["id"] for record in events]
        roles = {(event, code): pk for event, code, pk in fetch_rows(moved_sql.ROLES, {"ids": ids})}
        arguments = [
            argument | {"id": record["id"], "position": position, "role_id": roles[record["id"], argument["role"]]}
            for record in events
            for position, argument in enumerate(record["arguments"])
        ]
        for statement in moved_sql.EVENTS:
            do(statement, self.values | {"ids": ids, "arguments": json.dumps(arguments)})


def logged(kind: str, before: Object | None, after: Object | None) -> Object:
    op = "create" if before is None else "update" if after else "delete"
    return {"op": op, "kind": kind, "id": (before or after or {})["id"], "before": before, "after": after}


def do(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fetch_rows(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
