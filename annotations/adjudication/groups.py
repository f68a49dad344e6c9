"""What adjudication decides on: groups of what several readings say in one position of a text. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

Object = Mapping[str, Any]

MARK, ENTITY, EVENT, ARGUMENT, CLAIM, CITATION, LINK = "mark", "entity", "event", "argument", "claim", "citation", "link"
KINDS = (MARK, ENTITY, EVENT, ARGUMENT, CLAIM, CITATION, LINK)  # in this order they are decided
PARTS = {ENTITY: MARK, ARGUMENT: EVENT}  # what is decided of a mark or event beside it


class Location(NamedTuple):
    """Names a group. `role`: of an argument, the type of a link. `number` tells groups of the same words apart."""

    kind: str
    layer: str
    role: str
    start: int
    end: int
    number: int = 0

    @property
    def whole(self) -> Location:
        """The mark or event of which this is a part; else itself."""
        return Location(PARTS[self.kind], self.layer, "", *self[3:]) if self.kind in PARTS else self

    def part(self, kind: str, role: str = "") -> Location:
        """What is decided of it beside it."""
        return Location(kind, self.layer, role, *self[3:])

    def __str__(self) -> str:
        return "-".join(str(each) for each in self)


class Version(NamedTuple):
    """What one reading says in a group: its objects, and what of them is compared."""

    objects: Sequence[Object]
    content: Any


@dataclass(frozen=True)
class Group:
    """`versions`: of each reading; None where it has nothing there, and of a part where it does not have the whole."""

    location: Location
    versions: Sequence[Version | None]

    @property
    def kind(self) -> str:
        return self.location.kind

    @property
    def is_part(self) -> bool:
        return self.kind in PARTS

    @cached_property
    def is_equal(self) -> bool:
        """Whether the readings that have it say the same."""
        contents = [version.content for version in self.versions if version]
        return all(content == contents[0] for content in contents[1:])

    @cached_property
    def is_agreed(self) -> bool:
        return all(self.versions) and self.is_equal

    @cached_property
    def is_difference(self) -> bool:
        """Something to decide. A part that only some readings have, and say the same of, comes along with its whole."""
        return not self.is_equal or (not self.is_part and not all(self.versions))

    @property
    def first(self) -> int:
        """The first reading that has it."""
        return next(number for number, version in enumerate(self.versions) if version)

    @cached_property
    def most(self) -> int | None:
        """The first of the readings whose version more have than any other one; None where they are even."""
        voting = [version for version in self.versions if version or not self.is_part]
        contents = [version and version.content for version in voting]
        counts = [contents.count(content) for content in contents]
        leaders = [content for content, count in zip(contents, counts, strict=True) if count == max(counts)]
        if any(content != leaders[0] for content in leaders):
            return None
        every = [version and version.content for version in self.versions]
        return every.index(leaders[0])
