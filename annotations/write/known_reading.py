"""A batch on a reading that is locked, and whose document was read since: the database is asked nothing of it any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from annotations.kinds import KINDS, SHARED
from annotations.kinds.write_context import Object, WriteContext
from annotations.native.check import ARRAYS
from annotations.write.lookup import BatchContext, Name, Pointer, causes_of

OWN = {kind: array for kind, array in (ARRAYS | {"note": "notes"}).items() if kind not in SHARED}
BLANK: Object = {"attributes": {}, "event": None}  # of a mark, what a document leaves out where it is empty


class KnownReading(BatchContext):
    """`native`: the document of the reading, with the ids of the database. The batch changes nothing that is shared with other readings."""

    def __init__(self, context: WriteContext, native: Object) -> None:
        super().__init__(context)
        self.own = {kind: {item["id"]: stored(kind, item) for item in native[array]} for kind, array in OWN.items()}
        self.known |= {(kind, pk): item for kind, items in self.own.items() for pk, item in items.items()}
        self.known |= {(kind, item["id"]): item for kind in SHARED for item in native[ARRAYS[kind]]}

    def load_kinds(self, wanted: Mapping[str, Iterable[str] | None]) -> dict[str, list[Object]]:
        loaded, missing = dict[str, list[Object]](), dict[str, Iterable[str] | None]()
        for kind, ids in wanted.items():
            if kind in self.own:
                named = list(self.own[kind] if ids is None else ids)
                self.known |= {(kind, pk): None for pk in named if pk not in self.own[kind]}
                loaded[kind] = [self.own[kind][pk] for pk in named if pk in self.own[kind]]
            elif ids is None or (unknown := [pk for pk in ids if (kind, pk) not in self.known]):
                missing[kind] = None if ids is None else unknown
        return loaded | (super().load_kinds(missing) if missing else {})

    def pointers(self, kind: str, ids: Iterable[str]) -> Iterable[Pointer]:
        if kind in SHARED:
            return super().pointers(kind, ids)
        return [(by_kind, by, pk) for pk in ids for by_kind, by in self.pointing[pk]]

    @cached_property
    def stored_causes(self) -> dict[str, list[str]]:
        causes = {pk: causes_of(event) for pk, event in self.own["event"].items()}
        return {pk: events for pk, events in causes.items() if events}

    @cached_property
    def pointing(self) -> Mapping[str, list[Name]]:
        """What points at each object of the reading."""
        rows = defaultdict[str, list[Name]](list)
        for kind, items in self.own.items():
            for pk, item in items.items():
                for _, target in KINDS[kind].references(item):
                    rows[target].append((kind, pk))
        return rows


def stored(kind: str, record: Object) -> Object:
    """As a batch reads it."""
    item = {field: value for field, value in record.items() if field != "segment"}
    return BLANK | item if kind == "span" else item
