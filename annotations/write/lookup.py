"""What the rules ask while a batch is checked: the batch's own objects first, then the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from annotations.kinds import KINDS, SHARED
from annotations.kinds.select import KindQuery, read_each, read_together
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Argument, Merge
from annotations.scheme.view import SchemeView
from corpus.db.compiled_queries import RepeatedRows, Slot
from corpus.models.document import parts_of
from registry.models import BaseEntity, Entity, Measure

Name = tuple[str, str]
Pointer = tuple[str, str, str]  # kind and id of what points, id of what it points at
# A change of these fields can make something wrong that points at the object.
TYPING = {"span": ("layer", "label", "event"), "event": ("type",), "entity": ("type",)}

LINKED = ("span", "event", "claim")  # what an end of a link may be

# Of the events of an assignment, those that say by which other one they were caused.
CAUSES = RepeatedRows(
    lambda: Argument.objects.filter(assignment=Slot("pk"), role__code="cause", filler_event__isnull=False).values_list(
        "event_id", "filler_event_id"
    )
)


class BatchContext:
    """Answers of an assignment as it will be when the batch is written."""

    def __init__(self, context: WriteContext) -> None:
        self.context = context
        self.now: dict[Name, Object | None] = {}
        self.known: dict[Name, Object | None] = dict(context.registered)

    @cached_property
    def scheme(self) -> SchemeView:
        return self.context.scheme

    @cached_property
    def text(self) -> str:
        return self.context.text

    @property
    def segments(self) -> list[Object]:
        return parts_of(self.context.assignment.document_id)["segments"]

    @property
    def zones(self) -> list[Object]:
        return parts_of(self.context.assignment.document_id)["zones"]

    @property
    def language(self) -> str:
        return self.context.language

    @cached_property
    def published_latest(self) -> date | None:
        return self.context.assignment.document.article.published_latest

    # Looking up

    def owner(self, kind: str) -> tuple[str, Any]:
        """Column and value that tell the rows of this assignment, or of its corpus."""
        if kind in SHARED:
            return "corpus_id", self.context.corpus_id
        return "assignment_id", self.context.assignment.pk

    def load(self, kind: str, ids: Iterable[str] | None = None) -> list[Object]:
        """Objects by their ids, or all of the kind; they are known from then on."""
        return self.load_kinds({kind: ids})[kind]

    def load_kinds(self, wanted: Mapping[str, Iterable[str] | None]) -> dict[str, list[Object]]:
        """The same of several kinds, in one round trip."""
        queries = {kind: query for kind, ids in wanted.items() if (query := self.query(kind, ids))}
        # Rows of a new assignment may be on their way to the server, for which a cursor waits and a round trip does not.
        rows = read_each(queries, KINDS, self.text) if self.context.is_new else read_together(queries, KINDS, self.text)
        self.known |= {(kind, item["id"]): item for kind, items in rows.items() for item in items}
        return {kind: rows.get(kind, []) for kind in wanted}

    def query(self, kind: str, ids: Iterable[str] | None) -> KindQuery | None:
        """None: there is nothing to be asked."""
        column, value = self.owner(kind)
        condition, values = f"m.{column} = %(value)s", {"value": value}
        if ids is not None:
            # What is on its way together with a new assignment is known, and not yet to be found.
            values["ids"] = [pk for pk in ids if (kind, pk) not in self.context.registered]
            condition += " AND m.id = ANY(%(ids)s::uuid[])"
            self.known |= {(kind, pk): None for pk in values["ids"]}
        is_empty = ids is not None and not values["ids"]
        return None if is_empty or (self.context.is_new and kind not in SHARED) else KindQuery(condition, values)

    def prefetch(self, pointed: Iterable[tuple[str, str]]) -> None:
        """Everything that objects point at, by (kind, id)."""
        wanted: dict[str, set[str]] = {}
        for kind, target in pointed:
            for real in LINKED if kind == "mark" else (kind,):
                if (real, target) not in self.now:
                    wanted.setdefault(real, set()).add(target)
        self.load_kinds(wanted)

    def get(self, kind: str, pk: str | None) -> Object | None:
        if pk is None:
            return None
        name = (kind, pk)
        if name in self.now:
            return self.now[name]
        if name not in self.known:
            self.load(kind, [pk])
        return self.known[name]

    def pointers(self, kind: str, ids: Iterable[str]) -> Iterable[Pointer]:
        """What would dangle if these went, as it is stored."""
        dangling: Iterable[Pointer] = KINDS[kind].pointers(ids)
        return dangling

    def known_ids(self, kind: str) -> frozenset[str]:
        """Of the objects of a kind that were made or looked up."""
        known = self.now if self.context.is_new and kind not in SHARED else self.known | self.now
        return frozenset(pk for (k, pk), item in known.items() if k == kind and item is not None)

    def exists(self, kind: str, pk: str) -> bool:
        kinds = LINKED if kind == "mark" else (kind,)
        return any(self.get(each, pk) is not None for each in kinds)

    def all(self, kind: str) -> Iterator[Object]:
        if (kind, "*") not in self.known:
            self.load(kind)
            self.known[kind, "*"] = None
        stored = {name for name in self.known if name[0] == kind and name[1] != "*"}
        mine = {name for name in self.now if name[0] == kind}
        for name in sorted(stored | mine):
            item = self.now[name] if name in self.now else self.known[name]
            if item is not None:
                yield item

    def merged(self, ids: set[str]) -> dict[str, str]:
        """Of entities that are not here any more: into which other one each was merged, in words."""
        if not ids:
            return {}
        rows = Merge.objects.filter(corpus=self.context.corpus_id, gone__in=ids, undone_at=None)
        return {str(row.gone): f"“{row.gone_name}” was merged into “{row.kept_name}” ({row.kept}): use that one" for row in rows}

    # What the rules ask

    def span(self, pk: str | None) -> Object | None:
        return self.get("span", pk)

    def event(self, pk: str | None) -> Object | None:
        return self.get("event", pk)

    def citation(self, pk: str | None) -> Object | None:
        return self.get("citation", pk)

    def claim(self, pk: str | None) -> Object | None:
        return self.get("claim", pk)

    def entity(self, pk: str | None) -> Object | None:
        return self.get("entity", pk)

    def measure(self, code: str | None) -> Object | None:
        row = Measure.objects.filter(code=code).values("code", "adopted").first()
        return row and row | {"adopted": row["adopted"].isoformat()}

    def has_base_entity(self, code: str) -> bool:
        return code in self.base_codes

    @cached_property
    def base_codes(self) -> frozenset[str]:
        return frozenset(BaseEntity.objects.values_list("code", flat=True))

    def entity_same_as(self, code: str) -> Object | None:
        return self.linked.get(code)

    @cached_property
    def linked(self) -> dict[str, Object]:
        """Entities of the corpus that are linked to the shared register, as the batch leaves them, by the code of the entry."""
        rows = Entity.objects.filter(corpus=self.context.corpus_id, same_as__isnull=False).values("pk", "name", "same_as")
        stored = [{"id": str(row["pk"]), "name": row["name"], "same_as": row["same_as"]} for row in rows]
        touched = {pk: item for (kind, pk), item in (self.known | self.now).items() if kind == "entity"}
        alive = [item for item in stored if item["id"] not in touched] + [item for item in touched.values() if item]
        return {item["same_as"]: item for item in reversed(alive) if item["same_as"]}

    def spans(self) -> Iterator[Object]:
        return self.all("span")

    def events(self) -> Iterator[Object]:
        return self.all("event")

    def claims(self) -> Iterator[Object]:
        return self.all("claim")

    def citations(self) -> Iterator[Object]:
        return self.all("citation")

    def links(self) -> Iterator[Object]:
        return self.all("link")

    def relations(self) -> Iterator[Object]:
        return self.all("relation")

    def causes(self, pk: str) -> list[str]:
        """Events that the event `pk` says it was caused by."""
        if ("event", pk) in self.now:
            return causes_of(self.now["event", pk] or {})
        return self.stored_causes.get(pk, [])

    @cached_property
    def stored_causes(self) -> dict[str, list[str]]:
        causes: dict[str, list[str]] = {}
        for event, cause in () if self.context.is_new else CAUSES.all(pk=self.context.assignment.pk):
            causes.setdefault(str(event), []).append(str(cause))
        return causes

    # What else to check

    def affected(self, was: dict[Name, Object | None], alive: dict[Name, Object]) -> dict[Name, Object]:
        """Objects that point at one whose type changed: they may have become wrong."""
        objects: dict[Name, Object] = {}
        stood = [(name, old, alive[name]) for name, old in was.items() if old and name in alive]
        for kind, fields in TYPING.items():
            changed = [pk for (k, pk), old, item in stood if k == kind and any(old[f] != item[f] for f in fields)]
            for by_kind, by, _ in self.pointers(kind, changed) if changed else ():
                item = self.get(by_kind, by)
                if item is not None:
                    objects[by_kind, by] = item
        return objects


def causes_of(event: Object) -> list[str]:
    return [each["event"] for each in event.get("arguments", []) if each["role"] == "cause" and "event" in each]
