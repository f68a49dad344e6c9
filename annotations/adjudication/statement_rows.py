"""What the statements of a gold say, and on which groups each rests. Pure.

Another gold that differs in a few groups is made of the same records but for what these touch, and of its statements only those are read
that are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from annotations.adjudication.gold import Choices, Gold
from annotations.adjudication.groups import CITATION, CLAIM, EVENT, LINK, Location
from annotations.derived.claims import ClaimIndex
from annotations.derived.document import derived_objects
from annotations.derived.document_view import DocumentView
from annotations.formats.evidence.evidence_lines import SEALED_COLUMNS, is_figure, lines
from annotations.native.annotated import Annotated
from annotations.native.view import NativeContext, Object
from annotations.scheme.view import SchemeView
from annotations.statements.names import calling, is_by_others

QUOTATION = ("quotation", "sentence", "start", "end", "id")
COLUMNS = [column for column in SEALED_COLUMNS if column.name not in QUOTATION]
ARRAYS = {"span": "mentions", EVENT: "events", CLAIM: "attributions", CITATION: "measure_refs", LINK: "relations"}

Rows = dict[Location, list[Any]]  # of a figure or event, by its group, what its lines say
Basis = Location | str  # a group; or an entity, for what decides how it is called
Records = Mapping[Location, list[tuple[str, Any]]]  # of each whole its objects, with their kinds


class StatementFrame(NamedTuple):
    """What all golds of a text have in common. `native`: a document without what people mark."""

    native: Mapping[str, Any]
    scheme: SchemeView
    text: str


class StatementRows:
    """`known`: of marks that are known to lie in no other claim than before, the id of that claim."""

    def __init__(self, gold: Gold, records: Records, frame: StatementFrame, known: Mapping[str, str] | None = None) -> None:
        self.gold, self.records, self.frame = gold, records, frame
        self.known = known or {}
        self.read: Rows = {}
        self.bases: dict[Location, set[Basis]] = {}
        self.callings: dict[str, set[Location]] = {}

    @classmethod
    def of_gold(cls, gold: Gold, frame: StatementFrame) -> StatementRows:
        return cls(gold, {group.location: list(gold.records(group)) for group in gold.groups if not group.is_part}, frame)

    def under(self, choices: Choices, touched: Collection[Location]) -> StatementRows:
        """The same under choices that differ in nothing but what is `touched`."""
        gold = self.gold.decided(choices, ())
        records = {location: list(gold.records(gold.by_location[location])) for location in touched}
        if any(location.kind == CLAIM for location in touched):
            return StatementRows(gold, {**self.records, **records}, self.frame)
        changed = {record["id"] for each in (self.records, records) for at in touched for _, record in each[at]}
        known = {pk: claim for pk, claim in self.attributions.items() if pk not in changed}
        return StatementRows(gold, {**self.records, **records}, self.frame, known)

    @cached_property
    def attributions(self) -> dict[str, str]:
        return {mark["id"]: mark["attribution"] for mark in self.view.spans() if "attribution" in mark}

    @cached_property
    def view(self) -> DocumentView:
        native, scheme, text = self.frame
        arrays: dict[str, list[Any]] = {name: [] for name in ARRAYS.values()}
        for kind, record in (each for records in self.records.values() for each in records):
            arrays[ARRAYS[kind]].append(record)
        document = {**native, **arrays}
        claims = ClaimIndex(NativeContext(document, text, scheme))
        return DocumentView(Annotated(derived_objects(document, claims, scheme, self.known), text, scheme))

    @cached_property
    def locations(self) -> dict[str, Location]:
        """Of all objects, by their ids."""
        return {record["id"]: location for location, records in self.records.items() for _, record in records}

    def rows_at(self, asked: Collection[Location]) -> Rows:
        """Those of some figures and events."""
        return {location: rows for location in asked if (rows := self.rows_of(location))}

    def rows_of(self, location: Location) -> list[Any]:
        if location not in self.read:
            self.read[location] = [self.row(record) for record in lines(self.view, self.figures_and_events(location))]
        return self.read[location]

    def figures_and_events(self, location: Location) -> list[Object]:
        """The figures and events of a group, of which there may be lines."""
        records = self.records.get(location, ())
        figures = (self.view.span(record["id"]) for kind, record in records if kind == "span")
        events = (self.view.event(record["id"]) for kind, record in records if kind == "event")
        return [each for each in figures if each and self.frame.scheme.kind(each["layer"]) == "figure"] + [
            each for each in events if each
        ]

    def row(self, record: Any) -> list[Any]:
        return [column.value(self.view, record) for column in COLUMNS]

    def basis(self, location: Location) -> set[Basis]:
        """On what the lines of a figure or event rest."""
        return {each for record in lines(self.view, self.figures_and_events(location)) for each in self.basis_of(record)}

    def widest_basis(self, location: Location) -> set[Basis]:
        """The same, and on what lines would rest where there are none. It costs much less: nothing has to be put in words."""
        if location not in self.bases:
            self.bases[location] = {each for record in self.figures_and_events(location) for each in self.basis_of(record)}
        return self.bases[location]

    def calling(self, entity: str) -> set[Location]:
        """The groups of the marks that decide how an entity is called where it has no words of its own."""
        if entity not in self.callings:
            self.callings[entity] = {self.locations[mark["id"]] for mark in calling(self.view, {"id": entity})}
        return self.callings[entity]

    @cached_property
    def causing(self) -> dict[str, list[Object]]:
        """Events by those that they are due to."""
        causing: dict[str, list[Object]] = {}
        for event in self.view.events():
            for argument in event["arguments"]:
                if argument.get("event"):
                    causing.setdefault(argument["event"], []).append(event)
        return causing

    def basis_of(self, record: Object) -> Iterator[Basis]:
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

    def event(self, event: Object) -> Iterator[Basis]:
        yield self.locations[event["id"]]
        for argument in event["arguments"]:
            yield from self.party(argument)
            for name in ("event", "measure_ref"):
                if argument.get(name) in self.locations:
                    yield self.locations[argument[name]]

    def party(self, reference: Object) -> Iterator[Basis]:
        """A mark; and its entity, where other marks of that decide how it is called."""
        yield from self.mark(reference.get("mention"))
        if (entity := self.view.meant(reference)) and is_by_others(self.view, reference):
            yield str(entity["id"])

    def mark(self, name: str | None) -> Iterator[Location]:
        if name is not None and name in self.locations:
            yield self.locations[name]

    def claim(self, name: str | None) -> Iterator[Basis]:
        if name is not None and name in self.locations:
            yield self.locations[name]
            claim = self.view.claim(name) or {}
            yield from self.party({"mention": claim.get("source_mention"), "entity": claim.get("source_entity")})
            yield from self.claim(claim.get("parent"))
