"""One reading, as a native document has it, looked up by what its measures need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from annotations.agreement.marks import Mark, bounds_of, by_layer

Object = Mapping[str, Any]


class ReadingView:
    """`kinds`: which kind each layer of the scheme is of (`actor`, `figure` or `event`)."""

    def __init__(self, native: Object, kinds: Mapping[str, str]) -> None:
        self.native, self.kinds = native, kinds
        self.layers = by_layer(native["mentions"])

    def marks_of(self, kind: str) -> list[Mark]:
        return [mark for layer, marks in self.layers.items() if self.kinds.get(layer) == kind for mark in marks]

    @cached_property
    def actors(self) -> list[Mark]:
        return self.marks_of("actor")

    @cached_property
    def figures(self) -> list[Mark]:
        return self.marks_of("figure")

    @cached_property
    def triggers(self) -> list[Mark]:
        return self.marks_of("event")

    @cached_property
    def marks(self) -> dict[str, Mark]:
        return {mark["id"]: mark for mark in self.native["mentions"]}

    @cached_property
    def events(self) -> dict[str, Object]:
        return {event["id"]: event for event in self.native["events"]}

    @cached_property
    def types(self) -> dict[str, str]:
        """Entities that the reading knows, with their types."""
        return {entity["id"]: entity["type"] for entity in self.native["entities"]}

    @cached_property
    def marked_entities(self) -> set[str]:
        names = (mark["attributes"].get("entity") for mark in self.actors)
        return {name for name in names if name}

    @cached_property
    def triggers_by_event(self) -> dict[str, list[Mark]]:
        groups: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.triggers:
            if mark.get("event"):
                groups[mark["event"]].append(mark)
        return groups

    @cached_property
    def claims(self) -> list[tuple[int, Object]]:
        """Each with how many characters it has, the shortest first."""
        sized = [(sum(part["end"] - part["start"] for part in claim["content"]), claim) for claim in self.native["attributions"]]
        return sorted(sized, key=lambda each: each[0])

    def claim_of(self, mark: Mark) -> Object | None:
        """The innermost claim that has all of its words."""
        bounds = bounds_of(mark)
        for _, claim in self.claims:
            content = claim["content"]
            if all(any(part["start"] <= start and end <= part["end"] for part in content) for start, end in bounds):
                return claim
        return None

    def source_of(self, mark: Mark) -> str | None:
        """That of the innermost claim, else of the narrator."""
        claim = self.claim_of(mark)
        source: str | None = (self.native["default_attribution"] if claim is None else claim).get("source_entity")
        return source
