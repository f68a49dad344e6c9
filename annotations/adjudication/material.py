"""Which differences change a statement: those go first. Pure.

The statements of two readings are held against each other, figure by figure and event by event. Where two differ in anything but where their
words are, each difference that the statement rests on counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.groups import ARGUMENT, ENTITY, MARK, Group, Location
from annotations.derived.document_view import DocumentView
from annotations.formats.evidence.evidence_lines import SEALED_COLUMNS, is_figure, lines
from annotations.native.view import Object

QUOTATION = ("quotation", "sentence", "start", "end", "id")
UNSPOKEN = ("mention_type", "note", "rating_note")  # fields that no statement has
COLUMNS = [column for column in SEALED_COLUMNS if column.name not in QUOTATION]

Rows = dict[Location, tuple[list[Any], set[Location]]]


def material_differences(alignment: Alignment, groups: Sequence[Group], views: Sequence[DocumentView]) -> set[Location]:
    """`views`: of the documents of the readings, in their order, with what is derived."""
    rows = [StatementRows(alignment, number, view).rows for number, view in enumerate(views)]
    nothing: tuple[list[Any], set[Location]] = ([], set())
    basis: set[Location] = set()
    for one, other in combinations(rows, 2):
        for location in one.keys() | other.keys():
            left, right = one.get(location, nothing), other.get(location, nothing)
            if left[0] != right[0]:
                basis |= left[1] | right[1]
    return {group.location for group in groups if group.is_difference and group.location in basis and is_spoken(group)}


def is_spoken(group: Group) -> bool:
    """Whether its versions differ in anything of which a statement is made."""
    contents = [version and spoken(version.content) for version in group.versions if version or not group.is_part]
    return any(content != contents[0] for content in contents)


def spoken(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: spoken(value) for name, value in content.items() if name not in UNSPOKEN}
    return [spoken(value) for value in content] if isinstance(content, list | tuple) else content


class StatementRows:
    """The statements of one reading, by the figure or event, each with the groups that it rests on."""

    def __init__(self, alignment: Alignment, number: int, view: DocumentView) -> None:
        self.positions, self.view = alignment.positions[number], view
        self.causing: dict[str, list[Object]] = {}
        for event in view.events():
            for argument in event["arguments"]:
                if argument.get("event"):
                    self.causing.setdefault(argument["event"], []).append(event)

    @property
    def rows(self) -> Rows:
        rows: Rows = {}
        for record in lines(self.view):
            location = self.positions[record["id"]].location
            row, basis = rows.setdefault(location, ([], set()))
            row.append([column.value(self.view, record) for column in COLUMNS])
            basis.update(self.basis(record))
        return rows

    def basis(self, record: Object) -> Iterator[Location]:
        events = self.view.filled.get(record["id"], []) if is_figure(record) else [record]
        if is_figure(record):
            yield from self.mark(record["id"])
            for reference in (record["attributes"].get(name) or {} for name in ("counted", "of_whole", "per_count")):
                yield from self.mark(reference.get("mention"))
        for event in events:
            yield from self.event(event)
            for other in self.causing.get(event["id"], ()):
                yield from self.event(other)
        claims = [record.get("attribution")] if is_figure(record) else record.get("attributions") or []
        for pk in claims:
            yield from self.claim(pk)

    def event(self, event: Object) -> Iterator[Location]:
        location = self.positions[event["id"]].location
        yield location
        for argument in event["arguments"]:
            yield location.part(ARGUMENT, argument["role"])
            yield from self.mark(argument.get("mention"))
            for name in ("event", "measure_ref"):
                if argument.get(name) in self.positions:
                    yield self.positions[argument[name]].location

    def mark(self, name: str | None) -> Iterator[Location]:
        if name in self.positions:
            location = self.positions[name].location
            yield location
            if location.kind == MARK:
                yield location.part(ENTITY)

    def claim(self, name: str | None) -> Iterator[Location]:
        if name in self.positions:
            yield self.positions[name].location
            claim = self.view.claim(name) or {}
            yield from self.mark(claim.get("source_mention"))
            yield from self.claim(claim.get("parent"))
