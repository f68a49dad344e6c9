"""Sources of entries that may be one: by a relation between them, or since only articles of one story quote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any
from uuid import UUID

from questions.values.independence import Sources, supposing

Object = dict[str, Any]
Suppositions = Mapping[frozenset[UUID], bool]  # by pair: whether they are supposed to be one


class SourcePairs:
    """The sources of some entries. `dependent`: by source, who may be the same."""

    def __init__(self, entries: Iterable[Object], dependent: Mapping[Any, set[Any]]) -> None:
        self._dependent = dependent
        self._articles: dict[UUID, set[Any]] = defaultdict(set)
        self._stories: dict[UUID, set[Any]] = defaultdict(set)
        for entry in entries:
            for source in entry["sources"]:
                self._articles[source].add(entry["article_id"])
                self._stories[source].add(entry["story"] or entry["article_id"])

    def may_be_one(self, one: UUID, other: UUID) -> bool:
        told_apart = bool(self._articles[one] & self._articles[other])
        return other in self._dependent.get(one, ()) or (not told_apart and len(self._stories[one] | self._stories[other]) == 1)

    def counted(self, supposed: Suppositions) -> Sources:
        """How many independent sources there are."""
        return supposing(list(self._articles), self.may_be_one, supposed)

    def doubts(self) -> list[tuple[UUID, UUID]]:
        """The pairs of which nobody knows whether they are one."""
        return [pair for pair in combinations(self._articles, 2) if self.may_be_one(*pair)]
