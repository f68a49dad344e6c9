"""What of an object is compared: everything that a person can say of it, with each pointer replaced by what it points at. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotations.adjudication.alignment import Alignment, Sides, is_single
from annotations.adjudication.groups import (
    ARGUMENT,
    CITATION,
    CLAIM,
    ENTITY,
    EVENT,
    MARK,
    Group,
    Location,
    Object,
    Version,
)
from annotations.agreement.marks import bounds_of

EVENT_VALUES = ("type", "status", "polarity", "certainty", "note")
CLAIM_VALUES = ("source_basis", "mode", "modality", "evidence", "reliability", "credibility", "rating_note", "note")
CITATION_VALUES = ("measure", "paragraph", "paragraph_basis", "note")
WORKED_OUT = ("earliest", "latest")  # of a time, from its EDTF
UNANSWERED: tuple[Any, ...] = (None, "", [], {})
FILLERS = ("mention", "entity", "event", "measure_ref", "figure")


def groups_of(alignment: Alignment) -> list[Group]:
    """Every group of an alignment, each whole followed by its parts."""
    contents = [Contents(alignment, number) for number in range(len(alignment.readings))]
    groups: list[Group] = []
    for location, sides in alignment.objects.items():
        groups += MAKERS.get(location.kind, whole_group)(location, sides, contents, alignment.early(sides))
    return groups


class Contents:
    """Of the objects of one reading."""

    def __init__(self, alignment: Alignment, number: int) -> None:
        self.view = alignment.readings[number]
        self.positions = alignment.positions[number]
        self.entities = alignment.entities[number]

    def pointed(self, name: str | None) -> Any:
        """The group of an object; its id where it is in none."""
        return self.positions[name].location if name in self.positions else name

    def entity(self, name: str | None) -> str | None:
        return self.entities.get(name, name) if name else None

    def mark(self, record: Object, *, without: Iterable[str] = ()) -> Any:
        attributes = {code: self.attribute(code, value) for code, value in (record.get("attributes") or {}).items()}
        return record["layer"], record["label"], bounds_of(record), stated(attributes, without=without)

    def attribute(self, code: str, value: Any) -> Any:
        if code == "entity":
            return self.entity(value)
        if isinstance(value, Mapping):
            pointers = {name: self.reference(name, each) for name, each in value.items() if name in FILLERS}
            return stated({**value, **pointers})
        return value

    def reference(self, name: str, value: Any) -> Any:
        return self.entity(value) if name == "entity" else self.pointed(value)

    def event(self, objects: Sequence[Object]) -> Any:
        event, triggers = objects[0], objects[1:]
        values = {name: event.get(name) for name in EVENT_VALUES}
        whole = {"attributes": stated(event.get("attributes") or {}), "time": stated(event.get("time") or {}, without=WORKED_OUT)}
        return stated({**values, **whole, "triggers": [self.mark(trigger) for trigger in triggers]})

    def claim(self, record: Object) -> Any:
        values = {name: record.get(name) for name in CLAIM_VALUES}
        pointers = {name: self.pointed(record.get(name)) for name in ("source_mention", "parent")}
        words = {name: bounds_of({"fragments": record.get(name) or []}) for name in ("cue", "content")}
        return stated({**values, **pointers, **words, "source_entity": self.entity(record.get("source_entity"))})

    def citation(self, record: Object) -> Any:
        return stated({**{name: record.get(name) for name in CITATION_VALUES}, "words": bounds_of(record)})

    def fillers(self, arguments: Iterable[Object], *, meaning: bool) -> list[Any]:
        """Of one role, in an order of their own. `meaning`: marks of actors as the entities that they mean."""
        return sorted({str(self.filler(argument, meaning=meaning)) for argument in arguments})

    def filler(self, argument: Object, *, meaning: bool) -> Any:
        for name in FILLERS:
            if value := argument.get(name):
                mark = self.view.marks.get(value) if meaning and name == "mention" else None
                entity = mark and (mark.get("attributes") or {}).get("entity")
                return ("entity", self.entity(entity)) if entity else (name, self.reference(name, value))
        return None


def stated(values: Mapping[str, Any], *, without: Iterable[str] = ()) -> dict[str, Any]:
    """What is answered: null, empty and absent mean the same, false does not."""
    return {name: value for name, value in values.items() if name not in without and value not in UNANSWERED}


def whole_group(location: Location, sides: Sides, contents: Sequence[Contents], early: Sides) -> Iterator[Group]:
    content: Callable[[Contents, Object], Any] | None = {CLAIM: Contents.claim, CITATION: Contents.citation}.get(location.kind)
    yield Group(
        location,
        [
            Version(objects, [content(own, record) for record in objects] if content else True) if objects else None
            for own, objects in zip(contents, sides, strict=True)
        ],
    )


def mark_group(location: Location, sides: Sides, contents: Sequence[Contents], early: Sides) -> Iterator[Group]:
    """Whom an actor means is a part, where each reading of the start that has the words has one mark there, under one label: a label and the
    type of an entity go together."""
    pairs = list(zip(contents, sides, strict=True))
    is_actor = any(own.view.kinds.get(location.layer) == "actor" for own in contents)
    without = ("entity",) if is_single(early) and is_actor else ()
    versions = [
        Version(objects, [own.mark(record, without=without) for record in objects]) if objects else None for own, objects in pairs
    ]
    yield Group(location, versions)
    if without:
        entities = [
            Version(objects, own.entity((objects[0].get("attributes") or {}).get("entity"))) if objects else None
            for own, objects in pairs
        ]
        if any(version and version.content for version in entities):
            yield Group(location.part(ENTITY), entities)


def differs_in_words(group: Group) -> bool:
    """Whether all readings have the same marks there in everything but which words they are."""
    if group.kind != MARK or group.is_equal:
        return False
    bare = [version and [(layer, label, values) for layer, label, _, values in version.content] for version in group.versions]
    return all(bare) and all(marks == bare[0] for marks in bare[1:])


def event_group(location: Location, sides: Sides, contents: Sequence[Contents], early: Sides) -> Iterator[Group]:
    """What fills a role is a part; but roles belong to a type, so that they are one with an event of which the types differ."""
    pairs = list(zip(contents, sides, strict=True))
    is_one_type = len({objects[0].get("type") for objects in early if objects}) == 1
    versions = []
    for own, objects in pairs:
        arguments = {} if is_one_type or not objects else filled_roles(own, objects[0])
        versions.append(Version(objects, {**own.event(objects), **arguments}) if objects else None)
    yield Group(location, versions)
    if is_one_type:
        roles = dict.fromkeys(argument["role"] for objects in sides if objects for argument in objects[0]["arguments"])
        yield from (argument_group(location, role, sides, contents) for role in roles)


def filled_roles(own: Contents, event: Object) -> dict[str, Any]:
    roles = dict.fromkeys(argument["role"] for argument in event["arguments"])
    return {f"role {role}": own.fillers(arguments_of(event, role), meaning=False) for role in roles}


def argument_group(location: Location, role: str, sides: Sides, contents: Sequence[Contents]) -> Group:
    """Two marks that mean one entity fill a role with the same."""
    ways = []
    for meaning in (False, True):
        versions = []
        for own, objects in zip(contents, sides, strict=True):
            filling = arguments_of(objects[0], role) if objects else []
            versions.append(Version(filling, own.fillers(filling, meaning=meaning)) if objects else None)
        ways.append(Group(location.part(ARGUMENT, role), versions))
    return next((group for group in ways if group.is_equal), ways[0])


def arguments_of(event: Object, role: str) -> list[Object]:
    return [argument for argument in event["arguments"] if argument["role"] == role]


MAKERS = {MARK: mark_group, EVENT: event_group}
