"""Attributes of a file as those that the scheme has under a label; the others are dropped and counted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotations.formats.middle.flat import Frame, Mark
from annotations.formats.middle.flatten import STATES
from annotations.formats.middle.lifted_entities import LiftedEntities
from annotations.formats.middle.mapping import Dictionary
from annotations.formats.middle.scheme_values import Unfit, fitted, number
from annotations.formats.middle.values import nested
from annotations.scheme.view import SchemeView

Object = dict[str, Any]
Annotation = Mark | Frame
TIME = ("text", "start", "end", "edtf", "earliest", "latest", "part_of_day", "basis", "note")
LOST = "values of attributes that are not in the scheme"


class Values:
    def __init__(self, view: SchemeView, book: Dictionary, entities: LiftedEntities, lose: Callable[[str, str], None]) -> None:
        self.view, self.book, self.entities, self.lose = view, book, entities, lose

    def read(self, owner: Annotation) -> Object:
        """By our names, nested; a name that the mapping leaves out is counted."""
        ours = {}
        for word, value in owner.attributes.items():
            name = self.book.meant_attribute(word)
            if name is None:
                self.lose(LOST, f"{owner.id} {word}")
            else:
                ours[name] = value
        return nested(ours)

    def of_mention(self, owner: Annotation, layer: str, label: str, values: Object) -> Object:
        known = dict(self.view.attributes(layer, label))
        fields: Object = {}
        for name, value in values.items():
            if name == "entity" and "entity" in known:
                fields["entity"] = self.entity(values, "entity", owner, label)
            elif name in ("counted", "of_whole") and name in known:
                fields[name] = self.pointer(values, name, owner)
            elif name == "per_count" and name in known:
                fields[name] = self.per_count(value, owner)
            else:
                self.put(fields, known, name, value, owner)
        return {name: value for name, value in fields.items() if value is not None}

    def entity(self, values: Object, name: str, owner: Annotation, label: str | None = None) -> str | None:
        return self.entities.take(values[name], owner.id, label) if name in values else None

    def pointer(self, values: Object, name: str, owner: Annotation) -> Object | None:
        pk = self.entity(values, name, owner)
        return {"entity": pk} if pk else None

    def per_count(self, value: Any, owner: Annotation) -> Object | None:
        try:
            return {"n": number(value.get("n") if isinstance(value, dict) else value)}
        except Unfit:
            self.lose(LOST, f"{owner.id} per_count")
            return None

    def of_overlay(self, owner: Annotation, overlay: str, values: Object) -> Object:
        known = {entry["code"]: entry for entry in self.view.overlay(overlay)["attributes"]}
        known |= {"note": {"code": "note", "type": "text"}}
        fields: Object = {}
        for name, value in values.items():
            if name != "entity":
                self.put(fields, known, name, value, owner)
        return fields

    def into_event(self, event: Object, owner: Annotation, values: Object) -> None:
        common = self.view.attributes(self.view.layer_of("event"), event["type"])
        own = self.view.own_attributes(event["type"])
        for name, value in values.items():
            if name == "implicit":
                self.implicit(event, value, owner)
            elif name == "time":
                self.time(event, value, common.get("time", {}), owner)
            elif name in (*STATES, "note"):
                self.put(event, common, name, value, owner)
            else:
                self.put(event["attributes"], own, name, value, owner)

    def implicit(self, event: Object, value: Any, owner: Annotation) -> None:
        """Roles filled by an entity that has no words."""
        for entry in value if isinstance(value, list) else [value]:
            fields = dict(entry) if isinstance(entry, dict) else {}
            role = self.book.meant_role(str(fields.pop("role", "")))
            fields[""] = fields.pop("entity", None)
            entity = role in self.view.roles(event["type"]) and self.entities.take(fields, owner.id, None)
            if entity:
                event["arguments"].append({"role": role, "entity": entity, "implicit": True})
            else:
                self.lose("roles of events that are not in the scheme", f"{owner.id} {role}")

    def time(self, event: Object, value: Any, entry: Object, owner: Annotation) -> None:
        """Words alone are what the event says of its time; days are worked out of the EDTF again."""
        fields = value if isinstance(value, dict) else {"text": value}
        known = {name: {"code": name, "type": "text"} for name in TIME}
        known |= {part["code"]: part for part in entry.get("fields", [])}
        time_fields: Object = {}
        for name, part in fields.items():
            if name in ("start", "end") and isinstance(part, int):
                time_fields[name] = part
            elif name in TIME:
                self.put(time_fields, known, name, part, owner)
            else:
                self.lose(LOST, f"{owner.id} time.{name}")
        if time_fields:
            event["time"] = {"basis": "open", **time_fields}

    def put(self, fields: Object, known: Mapping[str, Object], name: str, value: Any, owner: Annotation) -> None:
        try:
            fields[name] = fitted(value, known[name], self.view)
        except (KeyError, Unfit):
            self.lose(LOST, f"{owner.id} {name}")
