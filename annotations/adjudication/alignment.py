"""Readings of one text laid over each other: which of their objects are about the same words. Pure.

Marks of a layer are one group where all readings have the same words; what is left of them is grouped by overlapping. An event is grouped
with its triggers, since neither stands without the other. Events, claims and citations of two readings are paired as agreement pairs them.

A reading that comes later joins the groups of those before it: they keep their locations, and with them what was decided on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations, count
from typing import NamedTuple

from annotations.adjudication.groups import CITATION, CLAIM, EVENT, LINK, MARK, Location, Object
from annotations.agreement.entities import aligned_entities
from annotations.agreement.events import paired_events
from annotations.agreement.marks import Bounds, bounds_of, edges, overlapping
from annotations.agreement.reading import ReadingView

Owned = tuple[int, str]  # number of a reading, id of an object of it
Sides = list[list[Object]]  # of each reading its objects
Apart = frozenset[frozenset[str]]
Pairing = Callable[[ReadingView, ReadingView], list[tuple[str, str]]]


class Position(NamedTuple):
    """Where an object of a reading is: its group, and which of the marks of its version it is; None: the event itself."""

    location: Location
    mark: int | None = 0


class Alignment:
    """`first`: how many of the readings were there at the start; those behind them came later. `apart`: entities that a person has
    said are two."""

    def __init__(self, readings: Sequence[ReadingView], first: int | None = None, apart: Apart = frozenset()) -> None:
        self.readings = readings
        self.first = len(readings) if first is None else first
        early = readings[: self.first]
        self.entities = same_entities(readings, apart)
        self.objects: dict[Location, Sides] = {}
        self.positions: list[dict[str, Position]] = [{} for _ in readings]
        for layer in dict.fromkeys(layer for view in early for layer in view.layers):
            for sides in mark_groups([plain_marks(view, layer) for view in early]):
                self.add(MARK, layer, "", sides)
        for kind, sides in (
            *((EVENT, sides) for sides in event_groups(early)),
            *((CLAIM, sides) for sides in quotation_groups(early, "attributions", "content")),
            *((CITATION, sides) for sides in quotation_groups(early, "measure_refs", "fragments")),
        ):
            self.add(kind, "", "", sides)
        for number in range(self.first, len(readings)):
            self.join(number)
        for link_type, sides in self.link_groups():
            self.add(LINK, "", link_type, sides)

    def early(self, sides: Sides) -> Sides:
        """Of a group what the readings of the start have; all of it where none of them has it."""
        first = sides[: self.first]
        return first if any(first) else sides

    def join(self, number: int) -> None:
        """Put the objects of a later reading into groups of those before it, or into groups of their own."""
        view = self.readings[number]
        for layer in view.layers:
            marks = sorted(plain_marks(view, layer), key=lambda mark: (bounds_of(mark), mark["id"]))
            for mark, near in zip(marks, list(self.nearest(layer, marks)), strict=True):
                self.put(MARK, layer, number, [mark], near)
        events = self.paired(number, paired_events)
        for name in sorted(view.events):
            self.put(EVENT, "", number, [view.events[name], *triggers_of(view, name)], events[name])
        for kind, array, field in ((CLAIM, "attributions", "content"), (CITATION, "measure_refs", "fragments")):
            quotations = self.paired(number, partial(paired_quotations, array, field))
            for record in view.native[array]:
                self.put(kind, "", number, [record], quotations[record["id"]])

    def nearest(self, layer: str, marks: Sequence[Object]) -> Iterator[list[Location]]:
        """Of each mark the groups that share characters with it, the one with the same words first, then by how many."""
        there = [
            (bounds_of(mark), location)
            for location, sides in self.objects.items()
            if (location.kind, location.layer) == (MARK, layer)
            for mark in chain.from_iterable(sides)
        ]
        own = [bounds_of(mark) for mark in marks]
        near: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
        for one, other, shared in edges(own, [bounds for bounds, _ in there]):
            near[one].append((own[one] != there[other][0], -shared, other))
        for one in range(len(marks)):
            yield [there[other][1] for *_, other in sorted(near[one])]

    def paired(self, number: int, pair: Pairing) -> dict[str, list[Location]]:
        """Of each object the groups of what earlier readings have in its place."""
        locations: dict[str, list[Location]] = defaultdict(list)
        for earlier in range(number):
            for left, right in pair(self.readings[earlier], self.readings[number]):
                if left in self.positions[earlier]:
                    locations[right].append(self.positions[earlier][left].location)
        return locations

    def put(self, kind: str, layer: str, number: int, objects: list[Object], locations: Sequence[Location]) -> None:
        """Into the first of these groups that takes them, else into a new one."""
        location = next((each for each in locations if self.takes(each, number, objects)), None)
        if location is None:
            self.add(kind, layer, "", [objects if each == number else [] for each in range(len(self.readings))])
            return
        self.objects[location][number] += objects
        self.point(kind, location, number, self.objects[location][number])

    def takes(self, location: Location, number: int, objects: Sequence[Object]) -> bool:
        """Where each reading has one mark, a second one is apart. Roles belong to a type: an event of another type is apart, too, where those
        before it have one."""
        early, present = self.early(self.objects[location]), self.objects[location][number]
        if location.kind == MARK:
            return not present or not is_single(early)
        types = {version[0].get("type") for version in early if version}
        return not present and (location.kind != EVENT or len(types) > 1 or objects[0].get("type") in types)

    def add(self, kind: str, layer: str, role: str, sides: Sides) -> None:
        sides = [*sides, *([] for _ in self.readings[len(sides) :])]
        start, end = self.envelope(kind, sides)
        location = next(
            each for number in count() if (each := Location(kind, layer, role, start, end, number)) not in self.objects
        )
        self.objects[location] = sides
        if kind == LINK:  # nothing points at one
            return
        for number, objects in enumerate(sides):
            self.point(kind, location, number, objects)

    def point(self, kind: str, location: Location, number: int, objects: Sequence[Object]) -> None:
        """Where the objects of a reading are, for what points at them."""
        marks = [record for record in objects if kind != EVENT or "layer" in record]
        events = [record for record in objects if kind == EVENT and record not in marks]
        self.positions[number] |= {record["id"]: Position(location, position) for position, record in enumerate(marks)}
        self.positions[number] |= {record["id"]: Position(location, None) for record in events}

    def envelope(self, kind: str, sides: Sides) -> tuple[int, int]:
        """From the first to the last character of all versions; of a link those of its ends."""
        if kind == LINK:
            ends = [
                self.positions[number][record[end]].location
                for number, objects in enumerate(sides)
                for record in objects
                for end in ("source", "target")
            ]
            return min(each.start for each in ends), max(each.end for each in ends)
        records = [record for objects in sides for record in objects]
        parts = [part for record in records for part in record.get("fragments") or record.get("content") or ()]
        return min((part["start"] for part in parts), default=0), max((part["end"] for part in parts), default=0)

    def link_groups(self) -> Iterator[tuple[str, Sides]]:
        sides_of: dict[Hashable, Sides] = {}
        for number, view in enumerate(self.readings):
            positions = self.positions[number]
            for record in view.native["relations"]:
                if record["source"] in positions and record["target"] in positions:
                    key = (record["type"], positions[record["source"]].location, positions[record["target"]].location)
                    sides_of.setdefault(key, [[] for _ in self.readings])[number].append(record)
        yield from ((str(key[0]), sides) for key, sides in sides_of.items())  # type: ignore[index]


# Marks


def is_single(sides: Sides) -> bool:
    """Whether each reading has one mark at the most, and all under one label."""
    return all(len(objects) <= 1 for objects in sides) and len({mark["label"] for objects in sides for mark in objects}) == 1


def plain_marks(view: ReadingView, layer: str) -> list[Object]:
    """All but the triggers of events."""
    return [mark for mark in view.layers.get(layer, []) if mark.get("event") not in view.events]


def mark_groups(sides: Sides) -> Iterator[Sides]:
    cells: list[dict[Bounds, list[Object]]] = []
    for marks in sides:
        cell: dict[Bounds, list[Object]] = defaultdict(list)
        for mark in marks:
            cell[bounds_of(mark)].append(mark)
        cells.append(cell)
    common = set.intersection(*(set(cell) for cell in cells))
    yield from ([cell[bounds] for cell in cells] for bounds in sorted(common))
    yield from overlap_groups([[mark for mark in marks if bounds_of(mark) not in common] for marks in sides])


def overlap_groups(sides: Sides) -> Iterator[Sides]:
    """Each mark with all that share characters with it, directly or over others."""
    groups = MemberSets((number, mark["id"]) for number, marks in enumerate(sides) for mark in marks)
    for one, other in combinations(range(len(sides)), 2):
        bounds = [[bounds_of(mark) for mark in sides[number]] for number in (one, other)]
        for i, j, _ in edges(*bounds):
            groups.join((one, sides[one][i]["id"]), (other, sides[other][j]["id"]))
    marks_by_id = [{mark["id"]: mark for mark in marks} for marks in sides]
    yield from groups.sides(marks_by_id, lambda mark: (bounds_of(mark), mark["id"]))


# What has one object a reading


def event_groups(readings: Sequence[ReadingView]) -> Iterator[Sides]:
    """An event, and behind it its triggers."""
    groups = MemberSets((number, name) for number, view in enumerate(readings) for name in view.events)
    for one, other in combinations(range(len(readings)), 2):
        for left, right in paired_events(readings[one], readings[other]):
            if left in readings[one].events and right in readings[other].events:
                groups.join((one, left), (other, right), single=True)
    for sides in groups.sides([view.events for view in readings], lambda event: event["id"]):
        yield [
            [record for event in events for record in (event, *triggers_of(view, event["id"]))]
            for view, events in zip(readings, sides, strict=True)
        ]


def triggers_of(view: ReadingView, event: str) -> list[Object]:
    return sorted(view.triggers_by_event.get(event, []), key=lambda mark: (bounds_of(mark), mark["id"]))


def quotation_groups(readings: Sequence[ReadingView], array: str, field: str) -> Iterator[Sides]:
    """Claims by their content, citations by their words."""
    records = [{record["id"]: record for record in view.native[array]} for view in readings]
    groups = MemberSets((number, name) for number, named in enumerate(records) for name in named)
    as_marks = [[{"id": name, "label": "", "fragments": each[field]} for name, each in named.items()] for named in records]
    for one, other in combinations(range(len(readings)), 2):
        for left, right in overlapping(as_marks[one], as_marks[other]):
            groups.join((one, left["id"]), (other, right["id"]), single=True)
    yield from groups.sides(records, lambda record: (record[field][0]["start"], record["id"]))


def paired_quotations(array: str, field: str, left: ReadingView, right: ReadingView) -> list[tuple[str, str]]:
    """Ids of claims or citations of two readings that overlap."""
    sides = [[{"id": each["id"], "label": "", "fragments": each[field]} for each in view.native[array]] for view in (left, right)]
    return [(one["id"], other["id"]) for one, other in overlapping(*sides)]


class MemberSets:
    """Sets of objects of several readings."""

    def __init__(self, members: Iterable[Owned]) -> None:
        self.sets: dict[Owned, list[Owned]] = {member: [member] for member in members}

    def join(self, one: Owned, other: Owned, *, single: bool = False) -> None:
        """`single`: not where a reading would have two objects in it."""
        left, right = self.sets[one], self.sets[other]
        if left is right or (single and {number for number, _ in left} & {number for number, _ in right}):
            return
        left += right
        self.sets |= dict.fromkeys(right, left)

    def sides(self, records: Sequence[Mapping[str, Object]], order: Callable[[Object], object]) -> Iterator[Sides]:
        for members in {id(members): members for members in self.sets.values()}.values():
            sides: Sides = [[] for _ in records]
            for number, name in members:
                sides[number].append(records[number][name])
            yield [sorted(objects, key=order) for objects in sides]  # type: ignore[arg-type]


# Entities


def same_entities(readings: Sequence[ReadingView], apart: Apart = frozenset()) -> list[dict[str, str]]:
    """Of each reading: its entities → the one that the gold takes for them, which is the one of the first reading that has it.

    The same entity of the corpus is itself. Two that different people made for the same actor are paired as agreement pairs them.
    """
    names: list[dict[str, str]] = []
    for number, view in enumerate(readings):
        own = {name: name for name in view.types}
        for earlier in range(number):
            left = readings[earlier]
            pairs = aligned_entities(left, view, overlapping(left.actors, view.actors, label=False))
            taken = set(own.values())
            for name, paired in pairs.items():
                target = names[earlier].get(paired, paired)
                is_free = paired != name and target not in taken and frozenset((name, target)) not in apart
                if own.get(name) == name and is_free:
                    own[name] = target
        names.append(own)
    return names
