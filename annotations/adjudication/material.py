"""Which differences change a statement: those go first. Pure.

The statements of two readings are held against each other, figure by figure and event by event. Of the differences on which one rests that
differs in anything but where its words are, those count that change it by themselves: the version of one reading is put into the other one,
and what the statements say then is read again. Where no difference alone changes a statement, all of them do together.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.gold import Choices, Gold
from annotations.adjudication.groups import CITATION, CLAIM, EVENT, LINK, Group, Location
from annotations.derived.document_view import DocumentView
from annotations.formats.evidence.evidence_lines import SEALED_COLUMNS, is_figure, lines
from annotations.native.view import Object

QUOTATION = ("quotation", "sentence", "start", "end", "id")
COLUMNS = [column for column in SEALED_COLUMNS if column.name not in QUOTATION]
ARRAYS = {"span": "mentions", EVENT: "events", CLAIM: "attributions", CITATION: "measure_refs", LINK: "relations"}
SPACE = uuid.UUID(int=0)  # of documents that are nobody's

Rows = dict[Location, tuple[list[Any], set[Location]]]
ViewOf = Callable[[Object], DocumentView]
NOTHING: tuple[list[Any], set[Location]] = ([], set())


def material_differences(alignment: Alignment, groups: Sequence[Group], view_of: ViewOf) -> set[Location]:
    """`view_of`: makes the view of a native document, with what is derived."""
    statements = StatementChanges(alignment, groups, view_of)
    return {name for pair in combinations(range(len(alignment.readings)), 2) for name in statements.changing(*pair)}


class StatementChanges:
    """What readings say, and what they would say with some differences as another reading has them."""

    def __init__(self, alignment: Alignment, groups: Sequence[Group], view_of: ViewOf) -> None:
        self.alignment, self.groups, self.view_of = alignment, groups, view_of
        self.differences = [group for group in groups if group.is_difference]
        self.own = [self.rows(self.choices(number, number)) for number in range(len(alignment.readings))]

    def choices(self, one: int, other: int) -> Choices:
        """All as `one` has it; roles of an event that it does not have as `other` does."""
        return {each.location: other if each.is_part and not each.versions[one] else one for each in self.differences}

    def rows(self, choices: Choices, only: Collection[Location] | None = None) -> Rows:
        gold = Gold(self.alignment, self.groups, choices, SPACE)
        objects = [(group.location, *named) for group in gold.groups if not group.is_part for named in gold.records(group)]
        arrays: dict[str, list[Object]] = {name: [] for name in ARRAYS.values()}
        for _, kind, record in objects:
            arrays[ARRAYS[kind]].append(record)
        entities = {each["id"]: each for view in reversed(self.alignment.readings) for each in view.native["entities"]}
        native = {**self.alignment.readings[0].native, **arrays, "entities": list(entities.values())}
        return StatementRows({record["id"]: location for location, _, record in objects}, self.view_of(native)).rows(only)

    def changing(self, one: int, other: int) -> set[Location]:
        """Differences of two readings that change a statement."""
        left, right = self.own[one], self.own[other]
        resting: dict[Location, set[Location]] = defaultdict(set)
        apart = {group.location for group in self.differences if is_apart(group, one, other)}
        for row in left.keys() | right.keys():
            (own, basis), (others, more) = left.get(row, NOTHING), right.get(row, NOTHING)
            for name in apart if own != others else ():
                if name.whole in basis | more:
                    resting[name].add(row)
        changing, explained = set(), set()
        for names in batches(resting):
            tried = {row for name in names for row in resting[name]}
            swapped = self.rows({**self.choices(one, other), **dict.fromkeys(names, other)}, tried)
            for name in names:
                if rows := {row for row in resting[name] if swapped.get(row, NOTHING)[0] != left.get(row, NOTHING)[0]}:
                    changing.add(name)
                    explained |= rows
        return changing | {name for name, rows in resting.items() if rows - explained}


def is_apart(group: Group, one: int, other: int) -> bool:
    versions = group.versions[one], group.versions[other]
    contents = [version and version.content for version in versions]
    return contents[0] != contents[1] and (not group.is_part or all(versions))


def batches(resting: Mapping[Location, set[Location]]) -> list[list[Location]]:
    """Differences of which no two are of one statement: they are tried together."""
    batched: list[tuple[set[Location], list[Location]]] = []
    for name, rows in sorted(resting.items()):
        taken, names = next((each for each in batched if not each[0] & rows), (set(), []))
        if not names:
            batched.append((taken, names))
        taken |= rows
        names.append(name)
    return [names for _, names in batched]


class StatementRows:
    """The statements of one document, by the figure or event, each with the groups that it rests on. `locations`: of its objects."""

    def __init__(self, locations: Mapping[str, Location], view: DocumentView) -> None:
        self.locations, self.view = locations, view
        self.causing: dict[str, list[Object]] = {}
        for event in view.events():
            for argument in event["arguments"]:
                if argument.get("event"):
                    self.causing.setdefault(argument["event"], []).append(event)

    def rows(self, only: Collection[Location] | None = None) -> Rows:
        """`only`: of these figures and events."""
        rows: Rows = {}
        for record in lines(self.view):
            location = self.locations[record["id"]]
            if only is None or location in only:
                row, basis = rows.setdefault(location, ([], set()))
                row.append([column.value(self.view, record) for column in COLUMNS])
                basis.update(self.basis(record))
        return rows

    def basis(self, record: Object) -> Iterator[Location]:
        events = self.view.filled.get(record["id"], []) if is_figure(record) else [record]
        if is_figure(record):
            yield from self.mark(record["id"])
            for reference in (record["attributes"].get(name) or {} for name in ("counted", "of_whole", "per_count")):
                yield from self.party(reference)
        for event in events:
            yield from self.event(event)
            for other in self.causing.get(event["id"], ()):
                yield from self.event(other)
        claims = [record.get("attribution")] if is_figure(record) else record.get("attributions") or []
        for pk in claims:
            yield from self.claim(pk)

    def event(self, event: Object) -> Iterator[Location]:
        yield self.locations[event["id"]]
        for argument in event["arguments"]:
            yield from self.party(argument)
            for name in ("event", "measure_ref"):
                if argument.get(name) in self.locations:
                    yield self.locations[argument[name]]

    def party(self, reference: Object) -> Iterator[Location]:
        """A mark, and the other marks of the entity that it means: one without a name is called by its fullest description."""
        yield from self.mark(reference.get("mention"))
        for mention in self.view.meaning.get(str((self.view.meant(reference) or {}).get("id")), ()):
            yield from self.mark(mention["id"])

    def mark(self, name: str | None) -> Iterator[Location]:
        if name is not None and name in self.locations:
            yield self.locations[name]

    def claim(self, name: str | None) -> Iterator[Location]:
        if name is not None and name in self.locations:
            yield self.locations[name]
            claim = self.view.claim(name) or {}
            yield from self.party({"mention": claim.get("source_mention"), "entity": claim.get("source_entity")})
            yield from self.claim(claim.get("parent"))
