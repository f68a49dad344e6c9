"""The gold that follows from decisions, and the changes from one gold to the next. Pure.

It has what all readings agree in, and of each difference what was decided. A pointer at something that is not in it is left out, and comes
in with what it points at.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import FILLERS, arguments_of
from annotations.adjudication.groups import ARGUMENT, CITATION, CLAIM, ENTITY, EVENT, LINK, MARK, Group, Location, Object
from annotations.native.ids import derived

Choices = Mapping[Location, int | None]  # the reading whose version was taken; None: dropped
Name = tuple[str, str]  # kind of change and id
Objects = dict[Name, dict[str, Any]]

KIND_OF_CHANGE = {MARK: "span", EVENT: "event", CLAIM: "claim", CITATION: "citation", LINK: "link"}
ORDER = ("event", "span", "citation", "claim", "link")
EVENT_FIELDS = ("type", "status", "polarity", "certainty", "note", "read", "attributes")
CLAIM_FIELDS = (
    "source_basis", "mode", "modality", "evidence", "reliability", "credibility", "rating_note", "note", "read",
)  # fmt: skip
CITATION_FIELDS = ("measure", "paragraph", "paragraph_basis", "note")
ALWAYS_SENT = {"event": ("read",), "claim": ("read",)}  # else an update would count what was read from words as confirmed


class Gold:
    """`space`: the id of its assignment, from which those of its objects follow. `absent`: ids of objects that a person has deleted."""

    def __init__(
        self,
        alignment: Alignment,
        groups: Sequence[Group],
        choices: Choices,
        space: uuid.UUID,
        absent: Collection[str] = (),
    ) -> None:
        self.alignment, self.groups, self.choices = alignment, groups, choices
        self.space, self.absent = space, absent
        self.by_location = {group.location: group for group in groups}
        self.parts: dict[Location, list[Group]] = {}
        self.ids: dict[tuple[Location, int | None], str] = {}  # they do not depend on the choices
        for group in groups:
            if group.is_part:
                self.parts.setdefault(group.location.whole, []).append(group)

    def decided(self, choices: Choices, absent: Collection[str]) -> Gold:
        """The same under other choices."""
        made = copy(self)
        made.choices, made.absent = choices, absent
        made.__dict__.pop("objects", None)
        return made

    def taken(self, group: Group) -> int | None:
        """The reading whose version is in the gold; None where none is."""
        if group.location in self.choices:
            number = self.choices[group.location]
            return number if number is not None and group.versions[number] else None
        return None if group.is_difference else group.first

    def id_of(self, location: Location, mark: int | None) -> str:
        if (known := self.ids.get((location, mark))) is None:
            name = "" if mark is None else f"/{mark}"
            known = self.ids[location, mark] = derived(self.space, f"adjudicated/{location}{name}")
        return known

    def ids_at(self, location: Location) -> list[str]:
        """Of the objects in the gold that belong to a group, or to the whole of a part."""
        group = self.by_location[location.whole]
        return [record["id"] for _, record in self.records(group)]

    @cached_property
    def objects(self) -> Objects:
        return self.objects_of(group for group in self.groups if not group.is_part)

    def objects_at(self, locations: Iterable[Location]) -> Objects:
        """Those of some wholes."""
        return self.objects_of(self.by_location[location] for location in locations)

    def objects_of(self, groups: Iterable[Group]) -> Objects:
        return {(kind, record["id"]): record for group in groups for kind, record in self.records(group)}

    def records(self, group: Group) -> Iterator[tuple[str, dict[str, Any]]]:
        number = self.taken(group)
        version = None if number is None else group.versions[number]
        if number is None or version is None:
            return
        reader = Pointers(self, number)
        records = list(version.objects)
        if group.kind == EVENT:
            event = records.pop(0)
            name = self.id_of(group.location, None)
            yield "event", reader.event(event, group, name)
            for position, mark in enumerate(records):
                yield "span", reader.mark(mark, self.id_of(group.location, position), group) | {"event": name}
            return
        make = {MARK: reader.mark, CLAIM: reader.claim, CITATION: reader.citation, LINK: reader.link}[group.kind]
        for position, record in enumerate(records):
            made = make(record, self.id_of(group.location, position), group)
            if made:
                yield KIND_OF_CHANGE[group.kind], made

    def size(self, location: Location) -> int | None:
        """How many marks of a group are in the gold; None where none of it is."""
        group = self.by_location.get(location)
        number = None if group is None else self.taken(group)
        version = None if group is None or number is None else group.versions[number]
        return None if group is None or version is None else len(version.objects) - (group.kind == EVENT)


class Pointers:
    """Objects of one reading as the gold has them: with ids of the gold."""

    def __init__(self, gold: Gold, number: int) -> None:
        self.gold, self.number = gold, number
        self.entities = gold.alignment.entities[number]
        self.positions = gold.alignment.positions[number]

    def pointed(self, name: str | None) -> str | None:
        """The id in the gold of what a reading points at."""
        position = self.positions.get(name or "")
        size = None if position is None else self.gold.size(position.location)
        if position is None or size is None:
            return None
        mark = position.mark
        if mark is not None and mark >= size:
            mark = 0
        pk = self.gold.id_of(position.location, mark)
        return None if pk in self.gold.absent else pk

    def entity(self, name: str | None) -> str | None:
        return self.entities.get(name, name) if name else None

    def reference(self, name: str, value: str | None) -> str | None:
        return self.entity(value) if name == "entity" else self.pointed(value)

    def head(self, record: Object, pk: str) -> dict[str, Any]:
        return {"id": pk, "key": record.get("key") or ""}

    def mark(self, record: Object, pk: str, group: Group) -> dict[str, Any]:
        attributes = {code: self.attribute(code, value) for code, value in (record.get("attributes") or {}).items()}
        for part in self.gold.parts.get(group.location, ()):
            if part.kind == ENTITY:
                attributes["entity"] = self.part(part, self.entity_of)
        own = {"layer": record["layer"], "label": record["label"], "fragments": quoted_parts(record["fragments"])}
        return self.head(record, pk) | own | {"attributes": attributes, "event": None}

    def attribute(self, code: str, value: Any) -> Any:
        if code == "entity":
            return self.entity(value)
        if not isinstance(value, Mapping):
            return value
        pointed = {name: self.reference(name, each) if name in FILLERS else each for name, each in value.items()}
        kept = {name: each for name, each in pointed.items() if each is not None}
        return kept or None

    def part(self, group: Group, read: Any) -> Any:
        """What `read` makes of the version of a part that was taken."""
        number = self.gold.taken(group)
        if number is None:
            return None
        if group.location not in self.gold.choices and group.versions[self.number]:
            number = self.number  # all say the same: in the words of the reading that has the whole
        version = group.versions[number]
        return read(Pointers(self.gold, number), version.objects) if version else None

    @staticmethod
    def entity_of(reader: Pointers, objects: Sequence[Object]) -> str | None:
        return reader.entity((objects[0].get("attributes") or {}).get("entity"))

    @staticmethod
    def arguments(reader: Pointers, objects: Sequence[Object]) -> list[dict[str, Any]]:
        return [made for argument in objects if (made := reader.argument(argument))]

    def argument(self, argument: Object) -> dict[str, Any] | None:
        for name in FILLERS:
            if argument.get(name):
                target = self.reference(name, argument[name])
                implicit = {"implicit": True} if name == "entity" else {}
                return {"role": argument["role"], name: target, **implicit} if target else None
        return None

    def event(self, record: Object, group: Group, pk: str) -> dict[str, Any]:
        time = record.get("time")
        parts = [part for part in self.gold.parts.get(group.location, ()) if part.kind == ARGUMENT]
        roles = [part.location.role for part in parts]
        arguments = [made for part in parts for made in self.part(part, self.arguments) or ()]
        for role in dict.fromkeys(argument["role"] for argument in record["arguments"]):
            if role not in roles:
                arguments += self.arguments(self, arguments_of(record, role))
        unique = [argument for number, argument in enumerate(arguments) if argument not in arguments[:number]]
        return (
            self.head(record, pk)
            | {name: record.get(name) for name in EVENT_FIELDS}
            | {"attributes": dict(record.get("attributes") or {}), "read": dict(record.get("read") or {})}
            | {"arguments": unique, "time": time and {name: value for name, value in time.items() if value is not None}}
        )

    def claim(self, record: Object, pk: str, group: Group) -> dict[str, Any]:
        pointers = {name: self.pointed(record.get(name)) for name in ("source_mention", "parent")}
        words = {name: quoted_parts(record.get(name) or []) for name in ("cue", "content")}
        values = {name: record.get(name) for name in CLAIM_FIELDS} | {"read": dict(record.get("read") or {})}
        return self.head(record, pk) | values | pointers | words | {"source_entity": self.entity(record.get("source_entity"))}

    def citation(self, record: Object, pk: str, group: Group) -> dict[str, Any]:
        values = {name: record.get(name) for name in CITATION_FIELDS}
        return self.head(record, pk) | values | {"fragments": quoted_parts(record["fragments"])}

    def link(self, record: Object, pk: str, group: Group) -> dict[str, Any] | None:
        """None where an end is not in the gold."""
        ends = {end: self.pointed(record[end]) for end in ("source", "target")}
        return {"id": pk, "type": record["type"], **ends} if all(ends.values()) else None


def quoted_parts(fragments: Sequence[Object]) -> list[dict[str, Any]]:
    return [{name: part[name] for name in ("start", "end", "quote")} for part in fragments]


# From one gold to the next


def changes_between(
    before: Objects, after: Objects, present: Collection[str], batch: str, space: uuid.UUID
) -> list[dict[str, Any]]:
    """The batch that makes one of the other. `present`: ids that the gold really has, since a person may have edited it meanwhile: what
    is gone stays gone, and fields that do not change stay as they are. `batch`: names it, so that its ids are the same each time."""
    made = [
        *(("create", name, after[name]) for name in sorted(after.keys() - before.keys(), key=rank) if name[1] not in present),
        *(("update", name, update) for name, update in updates(before, after) if name[1] in present),
        *(("delete", name, {"id": name[1]}) for name in sorted(before.keys() - after.keys(), key=rank) if name[1] in present),
    ]
    return [
        {"id": derived(space, f"{batch}/{op}/{kind}/{pk}"), "op": op, "kind": kind, "object": record}
        for op, (kind, pk), record in made
    ]


def rank(name: Name) -> tuple[int, str]:
    return ORDER.index(name[0]), name[1]


def updates(before: Objects, after: Objects) -> Iterator[tuple[Name, dict[str, Any]]]:
    for name in sorted(before.keys() & after.keys(), key=rank):
        old, new = before[name], after[name]
        if changed := {field: value for field, value in new.items() if old.get(field) != value}:
            if changed.keys() & {"layer", "label", "fragments", "attributes"} and "attributes" in new:
                changed["attributes"] = dict.fromkeys(old["attributes"]) | new["attributes"]
            yield name, {"id": name[1]} | changed | {field: new[field] for field in ALWAYS_SENT.get(name[0], ())}
