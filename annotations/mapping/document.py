"""A native document under the mapping of a scheme change, and the changes that make the one of the other. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from annotations.mapping.rows import CITATION, CLAIM, ENTITY, Code, CodeMapping
from annotations.native.check import ARRAYS
from annotations.native.newer_text import POINTERS
from annotations.native.view import Object
from annotations.scheme.view import SchemeView

CHANGED = (
    "entity",
    "relation",
    "event",
    "span",
    "citation",
    "claim",
    "link",
)  # what a scheme change can touch, referred to before referring
DELETED = ("relation", "link", "claim", "citation", "event", "span")


class CannotMap(ValueError):
    """Two values would become one."""


def mapped(document: Object, mapping: CodeMapping, scheme: SchemeView) -> Object:
    """`document`, which is not changed, with the codes of the new version; `scheme` is the old one. Raises CannotMap."""
    return Mapped(document, mapping, scheme).body


class Mapped:
    def __init__(self, document: Object, mapping: CodeMapping, scheme: SchemeView) -> None:
        self.mapping, self.scheme = mapping, scheme
        self.actors = {layer["code"] for layer in scheme.layers_of("actor")}
        self.events = scheme.layer_of("event")
        body: Object = copied(document)
        self.body = body
        if not mapping.rows:
            return
        body["mentions"] = [mark for mark in body["mentions"] if self.mark(mark)]
        body["events"] = [event for event in body["events"] if self.event(event)]
        for claim in body["attributions"]:
            self.values(claim, claim, CLAIM, "")
        for citation in body["measure_refs"]:
            self.values(citation, citation, CITATION, "")
        meant = set(entities_of(document))
        for entity in body["entities"]:
            if entity["id"] in meant:
                self.entity(entity)
        body["entity_relations"] = list(self.relations())
        self.kept = {record["id"] for name in ("mentions", "measure_refs", "attributions", "events") for record in body[name]}
        self.point()

    def mark(self, mark: Object) -> bool:
        layer, label = mark["layer"], mark["label"]
        mark["label"] = self.mapping.label(layer, label)
        if mark["label"] and layer != self.events:
            self.values(mark, mark["attributes"], layer, label)
        return bool(mark["label"])

    def event(self, event: Object) -> bool:
        label = event["type"]
        event["type"] = self.mapping.label(self.events, label)
        if not event["type"]:
            return False
        self.values(event, event, self.events, label)
        self.values(event, event["attributes"], self.events, label)
        for argument in event["arguments"]:
            argument["role"] = self.mapping.code(Code("role", self.events, label, "", argument["role"]))
        event["arguments"] = [argument for argument in event["arguments"] if argument["role"]]
        return True

    def values(self, record: Object, values: Object, layer: str, label: str) -> None:
        """Attributes by their codes, in the record itself or beside its other fields. What was read from the words stays so."""
        for row in self.mapping.rows:
            if (row.layer, row.label) != (layer, label) or row.kind not in ("choice", "attribute"):
                continue
            if row.kind == "choice" and values.get(row.attribute) == row.code:
                self.put(record, values, row.attribute, row.to or None)
        for row in self.mapping.rows:
            if (row.layer, row.label, row.kind) == (layer, label, "attribute") and values.get(row.code) is not None:
                self.rename(record, values, row.code, row.to)

    def put(self, record: Object, values: Object, code: str, value: Any) -> None:
        values[code] = value
        if value is None:
            (record.get("read") or {}).pop(code, None)

    def rename(self, record: Object, values: Object, code: str, to: str) -> None:
        value, words = values[code], (record.get("read") or {}).pop(code, None)
        values[code] = None
        if not to:
            return
        if values.get(to) is not None:
            raise CannotMap(f"{record['id']} has a value of {code} and one of {to}: only one can be {to}")
        values[to] = value
        if words is not None:
            record["read"][to] = words

    def entity(self, entity: Object) -> None:
        for layer in self.actors:
            entity["type"] = self.mapping.label(layer, entity["type"]) or entity["type"]

    def relations(self) -> Iterator[Object]:
        """Those whose type is kept, with their new type. Raises CannotMap where two would be one."""
        known = set()
        for relation in self.body["entity_relations"]:
            relation["type"] = self.mapping.code(Code("relation", ENTITY, "", "", relation["type"]))
            if not relation["type"]:
                continue
            name = relation["source"], relation["type"], relation["target"]
            if name in known:
                raise CannotMap(f"two relations from {name[0]} to {name[2]} would both be {name[1]}: delete one of them")
            known.add(name)
            yield relation

    # What pointed at marks and events that are left out

    def point(self) -> None:
        for mark in self.body["mentions"]:
            attributes = mark.get("attributes") or {}
            for code, value in attributes.items():
                if isinstance(value, dict) and self.is_lost(value):
                    attributes[code] = None
        for event in self.body["events"]:
            event["arguments"] = [argument for argument in event["arguments"] if not self.is_lost(argument)]
        for claim in self.body["attributions"]:
            if claim.get("source_mention") not in (None, *self.kept):
                claim["source_mention"] = None
        self.body["relations"] = list(self.links())

    def links(self) -> Iterator[Object]:
        """Those whose ends and type are kept, with their new type. Raises CannotMap where two would be one."""
        layers = {mark["id"]: mark["layer"] for mark in self.body["mentions"]}
        layers |= dict.fromkeys((event["id"] for event in self.body["events"]), self.events)
        layers |= {claim["id"]: CLAIM for claim in self.body["attributions"]}
        seen = set()
        for link in self.body["relations"]:
            if not {link["source"], link["target"]} <= self.kept:
                continue
            ends = layers.get(link["source"], ""), layers.get(link["target"], "")
            link["type"] = self.mapping.code(Code("link", ends[0], "", ends[1], link["type"]))
            if not link["type"]:
                continue
            name = link["type"], link["source"], link["target"]
            if name in seen:
                raise CannotMap(
                    f"two links from {link['source']} to {link['target']} would both be {link['type']}: delete one of them"
                )
            seen.add(name)
            yield link

    def is_lost(self, pointing: Mapping[str, Any]) -> bool:
        return any(pointing.get(pointer) not in (None, *self.kept) for pointer in POINTERS)


def copied(value: Any) -> Any:
    """JSON; `deepcopy` takes three times as long, since it looks for what holds itself."""
    if isinstance(value, dict):
        return {name: copied(each) for name, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


def entities_of(document: Object) -> Iterator[str]:
    """Those that the reading itself means, not those that they are related to."""
    for mark in document["mentions"]:
        attributes = mark.get("attributes") or {}
        yield attributes.get("entity") or ""
        yield from (value["entity"] for value in attributes.values() if isinstance(value, dict) and value.get("entity"))
    for event in document["events"]:
        yield from (argument["entity"] for argument in event["arguments"] if "entity" in argument)
    yield from (claim["source_entity"] for claim in document["attributions"] if claim.get("source_entity"))


def changes_between(before: Object, after: Object, new_id: Callable[[], Any]) -> list[Object]:
    """What makes `after` of `before`: objects that changed with their new fields, then those that are not there any more."""
    rows = {kind: (by_id(before[ARRAYS[kind]]), by_id(after[ARRAYS[kind]])) for kind in CHANGED}
    made = [
        change(new_id, "update", kind, changed_fields(kind, old, new[pk]))
        for kind, (stored, new) in rows.items()
        for pk, old in stored.items()
        if pk in new and new[pk] != old
    ]
    return made + [
        change(new_id, "delete", kind, state_of(kind, old))
        for kind in DELETED
        for pk, old in rows[kind][0].items()
        if pk not in rows[kind][1]
    ]


def change(new_id: Callable[[], Any], op: str, kind: str, item: Object) -> Object:
    return {"id": str(new_id()), "op": op, "kind": kind, "object": item}


def by_id(records: Iterable[Object]) -> dict[str, Object]:
    return {record["id"]: record for record in records}


def changed_fields(kind: str, old: Object, new: Object) -> Object:
    """The attributes of a mark whole, so that its figure is not read a second time; what an event or claim was read from as it is."""
    item = {"id": old["id"]} | {field: value for field, value in new.items() if value != old.get(field)}
    if kind == "span" and "attributes" in new:
        item["attributes"] = new["attributes"]
    elif kind in ("event", "claim"):
        item["read"] = new.get("read") or {}
    return item | state_of(kind, old)


def state_of(kind: str, old: Object) -> Object:
    """Its id, and of what several readings share the state that the change is about."""
    return {"id": old["id"], "revision": old["revision"]} if kind in ("entity", "relation") else {"id": old["id"]}
