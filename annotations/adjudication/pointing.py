"""Which groups point at which: a decision about one can change what those say that point at it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import FILLERS
from annotations.adjudication.groups import Group, Location, Object

POINTERS = ("source_mention", "parent", "source", "target")


class Pointing:
    """Of wholes, each with the parts that are decided beside it."""

    def __init__(self, alignment: Alignment, groups: Sequence[Group]) -> None:
        self.targets: dict[Location, set[Location]] = defaultdict(set)
        self.sources: dict[Location, set[Location]] = defaultdict(set)
        for group in groups:
            for positions, version in zip(alignment.positions, group.versions, strict=True):
                for name in (name for record in (version.objects if version else ()) for name in pointed_ids(record)):
                    if name in positions:
                        self.add(group.location.whole, positions[name].location)

    def add(self, source: Location, target: Location) -> None:
        self.targets[source].add(target)
        self.sources[target].add(source)

    def touched(self, location: Location) -> set[Location]:
        """What another version at `location` can change: it, and what points at it."""
        return {location.whole} | self.sources.get(location.whole, set())

    def near(self, locations: set[Location]) -> set[Location]:
        """With all that they point at."""
        return locations.union(*(self.targets.get(location, ()) for location in locations))


def pointed_ids(record: Object) -> Iterator[str]:
    holders = [record, *record.get("arguments", ()), *(record.get("attributes") or {}).values()]
    for holder in holders:
        if isinstance(holder, Mapping):
            yield from (holder[name] for name in (*FILLERS, *POINTERS) if isinstance(holder.get(name), str))
