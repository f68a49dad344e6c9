"""A batch at work: what the objects were, what they become, and whether that may stand."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from annotations import rules
from annotations.kinds import KINDS, SHARED, outcome
from annotations.kinds import read_events as wording
from annotations.kinds.read_values import still_read
from annotations.kinds.reread_figures import reread
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Change
from annotations.write import signing
from annotations.write.errors import Conflict, InUse, Invalid
from annotations.write.lookup import BatchContext
from corpus.budget import go_on

Name = tuple[str, str]
ByKind = defaultdict[str, list[Object]]
Step = tuple[Object | None, Object | None]
CREATE, UPDATE, DELETE = Change.Op.CREATE.value, Change.Op.UPDATE.value, Change.Op.DELETE.value


class Draft(NamedTuple):
    """A change as the client sent it, its shape checked."""

    id: str
    op: str
    kind: str
    item: Object
    digest: str
    name: Name


class Batch:
    """`was` and `now` hold the objects that the batch touches, by (kind, id); None: not there."""

    def __init__(self, context: WriteContext, drafts: list[Draft], lookup: BatchContext | None = None) -> None:
        self.context = context
        self.drafts = drafts
        self.lookup = lookup or BatchContext(context)
        self.was: dict[Name, Object | None] = {draft.name: None for draft in drafts}
        there = [draft.name for draft in drafts if draft.op != CREATE]
        wanted = {kind: {pk for k, pk in there if k == kind} for kind, _ in there}
        self.was |= {(kind, item["id"]): item for kind, items in self.lookup.load_kinds(wanted).items() for item in items}
        self.now = dict(self.was)
        self.lookup.now = self.now
        self.followed: list[Draft] = []

    # Overtaken

    def check_overtaken(self, base: int) -> None:
        """Raises Conflict where somebody wrote to an object after the revision that was read."""
        overtaken = [draft for draft in self.changing() if self.overtaken(draft, base)]
        if overtaken:
            raise Conflict(self.context.revision - 1, [self.versions(draft) for draft in overtaken])

    def changing(self) -> Iterator[Draft]:
        """Updates and deletes of what the batch has not made itself."""
        made = {draft.name for draft in self.drafts if draft.op == CREATE}
        return (d for d in self.drafts if d.op != CREATE and d.name not in made)

    def overtaken(self, draft: Draft, base: int) -> bool:
        current = self.was[draft.name]
        if current is None:
            return self.was_deleted(draft)
        if draft.kind in SHARED:
            return bool(current["revision"] != draft.item["revision"])
        return bool(current["revision"] > base)

    def was_deleted(self, draft: Draft) -> bool:
        """Whether it was here once. What is elsewhere answers like what never was."""
        shared = draft.kind in SHARED
        here = {"assignment__document__corpus": self.context.corpus_id} if shared else {"assignment": self.context.assignment}
        if Change.objects.filter(object_id=draft.item["id"], kind=draft.kind, **here).exists():
            return True
        raise self.refused(draft, "unknown-object", f"no such {draft.kind}")

    def versions(self, draft: Draft) -> Object:
        return {
            "change": draft.id,
            "kind": draft.kind,
            "yours": draft.item,
            "theirs": self.was[draft.name],
        }

    # The steps

    def step(self, draft: Draft) -> Step:
        """Carry out one change in memory; what the object was before and is after it."""
        before = self.now[draft.name]
        if (before is None) != (draft.op == CREATE):
            detail = "already exists" if before else "no longer exists"
            raise self.refused(draft, "unknown-object", detail)
        if draft.op == DELETE and draft.kind == "entity" and before:
            signing.check_deletion(before)
        after = None if draft.op == DELETE else self.result(draft, before)
        if after and self.context.by_hand:
            self.check_retired(draft, before, after)
        self.now[draft.name] = after
        return before, after

    def check_retired(self, draft: Draft, before: Object | None, after: Object) -> None:
        """A label that was retired gets no new marks or events; what is there may change, and come back by an undo."""
        if draft.kind not in ("span", "event"):
            return
        scheme, field = self.context.scheme, "label" if draft.kind == "span" else "type"
        label = scheme.label(after.get("layer") or scheme.layer_of("event"), after[field])
        if not label.get("retired") or (before and before[field] == after[field]):
            return
        if before or not Change.objects.filter(object_id=draft.item["id"], assignment=self.context.assignment).exists():
            raise self.refused(draft, "SCHEME", f"“{label['name']}” is retired. Choose another label.")

    def result(self, draft: Draft, before: Object | None) -> Object:
        go_on()
        item = merged(before, draft.item) if before else draft.item
        try:
            if before and draft.kind == "span":
                item = reread(item, before, draft.item, self.context)
            if draft.kind == "entity":
                item = signing.settled(item, before, draft.item, self.context)
            if draft.kind == "outcome":
                item = self.compared(item)
            whole: Object = KINDS[draft.kind].complete(item, self.context)
        except (ValueError, KeyError) as error:
            raise self.refused(draft, "SCHEME", str(error.args[0])) from error
        # What undo brings back is as it was: it has the revision that it had.
        own = before["revision"] + 1 if before else draft.item.get("revision", 1)
        return whole | {"revision": own if draft.kind in SHARED else self.context.revision}

    def compared(self, item: Object) -> Object:
        """An outcome, with what differs between the suggestion and what was made of it earlier in the batch, or before."""
        made = item.get("made") or {}
        there = self.lookup.get(made["kind"], made["id"]) if made else None
        if there is None:
            return item
        is_event = made["kind"] == "event"
        triggers = [each for each in self.lookup.spans() if each.get("event") == there["id"]] if is_event else []
        return item | {"changed": outcome.differences(item, there, triggers)}

    # What follows

    def read_events(self) -> None:
        """Read the events whose triggers or type the batch changes. Those that no draft changes follow in drafts of their own."""
        if self.context.loading or not (wanted := wording.events_to_read(self.was, self.now)):
            return
        brought_back = {draft.item["id"] for draft in self.drafts if draft.op == CREATE and draft.item.get("read")}
        events = {pk: item for pk in sorted(wanted - brought_back) if (item := self.lookup.get("event", pk))}
        made = {pk for pk in events if self.was.get(("event", pk), events[pk]) is None}
        triggers = wording.triggers_of(events, made, self.now)
        for pk, item in events.items():
            go_on()
            stated = [draft.item for draft in self.drafts if draft.name == ("event", pk) and draft.op == UPDATE]
            read = wording.as_read(item, triggers[pk], wording.emptied_by(stated), self.context)
            if read != item:
                self.take(pk, item, read)

    def take(self, pk: str, before: Object, item: Object) -> None:
        name = ("event", pk)
        if name not in self.now:
            self.was[name] = before
            # As an update of what differs; nobody sent it, so it has no digest.
            changed = {field: value for field, value in item.items() if value != before[field]}
            self.followed.append(Draft(str(uuid.uuid4()), UPDATE, "event", {"id": pk} | changed, "", name))
        self.now[name] = item | {"revision": self.context.revision}

    def written(self, steps: list[Step]) -> list[tuple[Draft, Step]]:
        """Every change with the object before and after it; reading belongs to the last change of an event."""
        last = {draft.name: number for number, draft in enumerate(self.drafts)}
        rows = [
            (draft, (before, self.now[draft.name] if last[draft.name] == number else after))
            for number, (draft, (before, after)) in enumerate(zip(self.drafts, steps, strict=True))
        ]
        return rows + [(draft, (self.was[draft.name], self.now[draft.name])) for draft in self.followed]

    def refused(self, draft: Draft, code: str, detail: str) -> Invalid:
        error = {"change": draft.id, "object": draft.item["id"], "code": code, "detail": detail}
        return Invalid("A change cannot be applied.", [error])

    # May it stand

    def check(self) -> None:
        # Of an event that follows only values changed, and those the scheme has.
        followed = {draft.name for draft in self.followed}
        alive = {name: item for name, item in self.now.items() if item is not None and name not in followed}
        pointed = [(name, kind, target) for name, item in alive.items() for kind, target in KINDS[name[0]].references(item)]
        self.lookup.prefetch({(kind, target) for _, kind, target in pointed})
        self.refuse(list(self.dangling(pointed)))
        self.check_pointers()
        alive |= self.lookup.affected(self.was, alive)
        self.refuse([error for name, item in alive.items() for error in self.broken(name, item)])

    def refuse(self, errors: list[Object]) -> None:
        if errors:
            raise Invalid("The changes violate rules of the scheme.", errors)

    def dangling(self, pointed: list[tuple[Name, str, str]]) -> Iterator[Object]:
        missing = [(name, kind, target) for name, kind, target in pointed if not self.lookup.exists(kind, target)]
        merged_into = self.lookup.merged({target for _, kind, target in missing if kind == "entity"})
        for name, kind, target in missing:
            detail = merged_into.get(target) or f"no such {kind}: {target}"
            yield self.error(name, "unknown-reference", detail)

    def broken(self, name: Name, item: Object) -> Iterator[Object]:
        for finding in rules.refuse(name[0], item, self.lookup):
            yield self.error(name, finding.code, finding.detail) | {"field": finding.field}

    def error(self, name: Name, code: str, detail: str) -> Object:
        change = next((draft.id for draft in reversed(self.drafts) if draft.name == name), None)
        item = self.now.get(name) or {}
        return {
            "change": change,
            "object": name[1],
            "key": item.get("key", ""),
            "code": code,
            "detail": detail,
        }

    def check_pointers(self) -> None:
        """Raises InUse for a deleted object at which another one, left standing, points."""
        gone = [name for name, item in self.now.items() if item is None]
        held = [error for kind in {kind for kind, _ in gone} for error in self.in_use(kind, [pk for k, pk in gone if k == kind])]
        if held:
            raise InUse("The object is still in use.", held)

    def in_use(self, kind: str, gone: list[str]) -> Iterator[Object]:
        for by_kind, by, target in self.lookup.pointers(kind, gone):
            if self.still_points(by_kind, by, target):
                detail = f"the {by_kind} {by} refers to it"
                yield self.error((kind, target), InUse.code, detail) | {"by": by, "by_kind": by_kind}

    def still_points(self, kind: str, pk: str, target: str) -> bool:
        if (kind, pk) not in self.now:
            return True
        item = self.now[kind, pk]
        return item is not None and target in {t for _, t in KINDS[kind].references(item)}

    # Storing

    def store(self) -> None:
        """New rows, changed rows, then deletions; foreign keys are checked at the commit."""
        self.context.events, self.context.claims = (self.lookup.known_ids(kind) for kind in ("event", "claim"))
        made, changed, gone = self.sorted_out()
        for kind, module in KINDS.items():
            if kind in gone:
                module.remove(gone[kind])
            if kind in changed:
                module.replace(changed[kind], self.context)
            if kind in made:
                module.insert(made[kind], self.context)

    def sorted_out(self) -> tuple[ByKind, ByKind, dict[str, list[str]]]:
        made, changed, gone = ByKind(list), ByKind(list), defaultdict[str, list[str]](list)
        for name, item in self.now.items():
            if item is not None:
                (made if self.was[name] is None else changed)[name[0]].append(item)
            elif self.was[name] is not None:
                gone[name[0]].append(name[1])
        return made, changed, gone


def merged(before: Object, item: Object) -> Object:
    """`before` with the fields of `item`; attributes key by key. What it states was not read from the words."""
    whole = before | item
    if "attributes" in item:
        whole["attributes"] = before["attributes"] | item["attributes"]
    if before.get("read") and "read" not in item:
        whole["read"] = still_read(before, item)
    return whole
