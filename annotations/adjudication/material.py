"""Which differences change a statement: those go first. Pure.

The statements of two readings are held against each other, figure by figure and event by event. Of the differences on which one rests that
differs in anything but where its words are, those count that change it by themselves: the version of one reading is put into the other one,
and what the statements say then is read again. Where no difference alone changes a statement, all of them do together.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.gold import Choices, Gold
from annotations.adjudication.groups import Group, Location
from annotations.adjudication.pointing import Pointing
from annotations.adjudication.statement_rows import Basis, StatementFrame, StatementRows
from annotations.scheme.view import SchemeView

SPACE = uuid.UUID(int=0)  # of documents that are nobody's


def material_differences(
    alignment: Alignment, groups: Sequence[Group], scheme: SchemeView, text: str, pointing: Pointing | None = None
) -> set[Location]:
    """`pointing`: of these groups, where it is known."""
    statements = StatementChanges(alignment, groups, scheme, text, pointing)
    return {name for pair in combinations(range(len(alignment.readings)), 2) for name in statements.changing(*pair)}


class StatementChanges:
    """What readings say, and what they would say with some differences as another reading has them."""

    def __init__(
        self, alignment: Alignment, groups: Sequence[Group], scheme: SchemeView, text: str, pointing: Pointing | None = None
    ) -> None:
        self.differences = [group for group in groups if group.is_difference]
        self.pointing = pointing or Pointing(alignment, groups)
        readings = range(len(alignment.readings))
        entities = {each["id"]: each for view in reversed(alignment.readings) for each in view.native["entities"]}
        frame = StatementFrame({**alignment.readings[0].native, "entities": list(entities.values())}, scheme, text)
        golds = [Gold(alignment, groups, self.choices(number, number), SPACE) for number in readings]
        self.own = [StatementRows.of_gold(gold, frame) for gold in golds]

    def choices(self, one: int, other: int) -> Choices:
        """All as `one` has it; roles of an event that it does not have as `other` does."""
        return {each.location: other if each.is_part and not each.versions[one] else one for each in self.differences}

    def changing(self, one: int, other: int) -> set[Location]:
        """Differences of two readings that change a statement."""
        left = self.own[one]
        resting = self.resting(one, other)
        changing, explained = set(), set()
        for names in batches(resting):
            rows = self.swapped(one, other, names).rows_at({row for name in names for row in resting[name]})
            for name in names:
                if changed := {row for row in resting[name] if rows.get(row, []) != left.rows_of(row)}:
                    changing.add(name)
                    explained |= changed
        return changing | {name for name, rows in resting.items() if rows - explained}

    def resting(self, one: int, other: int) -> dict[Location, set[Location]]:
        """Differences of two readings → the statements that rest on them and are not the same in both."""
        left, right = self.own[one], self.own[other]
        by_whole: dict[Location, list[Location]] = defaultdict(list)
        for group in self.differences:
            if is_apart(group, one, other):
                by_whole[group.location.whole].append(group.location)
        apart = set(by_whole)
        resting: dict[Location, set[Location]] = defaultdict(set)
        for row in left.records.keys() | right.records.keys():
            if apart.isdisjoint(groups_under(row, left, right, StatementRows.widest_basis)):
                continue
            if left.rows_of(row) != right.rows_of(row):
                for whole in apart.intersection(groups_under(row, left, right, StatementRows.basis)):
                    for name in by_whole[whole]:
                        resting[name].add(row)
        return resting

    def swapped(self, one: int, other: int, names: Sequence[Location]) -> StatementRows:
        """What `one` would say with these differences as `other` has them."""
        touched = set[Location]().union(*(self.pointing.touched(name) for name in names))
        return self.own[one].under({**self.choices(one, other), **dict.fromkeys(names, other)}, touched)


def groups_under(
    row: Location, left: StatementRows, right: StatementRows, basis: Callable[[StatementRows, Location], set[Basis]]
) -> set[Location]:
    """On which a statement rests that both readings may have."""
    groups = set[Location]()
    for each in basis(left, row) | basis(right, row):
        groups |= left.calling(each) | right.calling(each) if isinstance(each, str) else {each}
    return groups


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
