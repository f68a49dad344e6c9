"""Marks, frames, ties and notes of any file as a native document under our scheme: the inverse of `flatten`. Pure.

Words go through the mapping; what it leaves out, and what the scheme has no place for, is dropped and counted. What is
only incomplete stays: an actor without an entity, a figure without values (they are read from its words when it is
written). A mark of an event that no frame takes gets an event of its own.
"""

from __future__ import annotations

import hashlib

from annotations.formats.base import Losses, Unreadable
from annotations.formats.middle.flat import Flat, Frame, Mark, Object
from annotations.formats.middle.lifted_entities import LiftedEntities
from annotations.formats.middle.lifted_ties import Ties
from annotations.formats.middle.lifted_values import Values
from annotations.formats.middle.mapping import CITATION, CLAIM, CUE, Mapping, dictionary
from annotations.formats.middle.unique_ids import Names
from annotations.formats.middle.values import nested
from annotations.native.check import COUNTED, FORMAT
from annotations.scheme.view import SchemeView
from annotations.text.fragments import quoted


def lift(flat: Flat, view: SchemeView, mapping: Mapping | None = None, losses: Losses | None = None) -> Object:
    """Raises Unreadable where the parts of `flat` do not fit each other or the text."""
    for problem in flat.check():
        raise Unreadable(f"{flat.location or flat.key}: {problem}")
    lost = Losses() if losses is None else losses
    lost.add(flat.losses)
    return Lifting(flat, view, mapping or Mapping(), lost).native()


class Lifting:
    """`things` holds what became of a mark or frame by its id in the file: (kind, native object)."""

    def __init__(self, flat: Flat, view: SchemeView, mapping: Mapping, losses: Losses) -> None:
        self.flat, self.view, self.losses = flat, view, losses
        self.name = flat.key or flat.title or flat.location
        self.book = dictionary(view, mapping)
        self.names = Names()
        self.entities = LiftedEntities(view, self.names, self.lose)
        self.values = Values(view, self.book, self.entities, self.lose)
        self.lifted: dict[str, tuple[str, Object]] = {}
        self.mentions: list[Object] = []
        self.events: list[Object] = []
        self.claims: list[Object] = []
        self.citations: list[Object] = []
        self.cues: dict[str, list[Object]] = {}
        self.notes: list[str] = []

    def lose(self, kind: str, owner: str, number: int = 1) -> None:
        self.losses.lose(kind, f"{self.name} {owner}", number)

    def native(self) -> Object:
        self.framed()
        for mark in self.flat.marks:
            if mark.id not in self.lifted:
                self.mark(mark)
        links = Ties(self).links()
        self.annotate()
        for claim in self.claims:
            self.settle(claim)
        return {
            "format": FORMAT,
            "scheme": {"code": self.view.code, "version": self.view.version},
            "offsets": dict(COUNTED),
            "annotator": self.flat.annotator,
            "document": self.article(),
            "entities": self.entities.bodies(),
            "entity_relations": [],
            "mentions": self.mentions,
            "measure_refs": self.citations,
            "events": self.events,
            "attributions": self.claims,
            "relations": links,
            "adjudication_notes": self.notes,
        }

    def article(self) -> Object:
        digest = hashlib.sha256(self.flat.text.encode("utf-8", "replace")).hexdigest()
        # Whether the marks were a draft elsewhere says nothing of here, where they are one until somebody submits them.
        facts = {key: value for key, value in self.flat.facts.items() if key != "status"}
        return {"title": self.flat.title or None, **facts, "clean_sha256": digest}

    # Marks

    def mark(self, mark: Mark) -> None:
        target = self.book.meant_mark(mark.label)
        values = self.values.read(mark)
        if target is None:
            self.lose(f"marks labelled “{mark.label}”", mark.id)
        elif target == CLAIM:
            self.claim(mark, values)
        elif target == CUE:
            self.cues[mark.id] = self.fragments(mark)
        elif target == CITATION:
            self.citation(mark, values)
        else:
            self.mention(mark, target, values)

    def fragments(self, mark: Mark) -> list[Object]:
        """Pieces that touch are one."""
        joined: list[tuple[int, int]] = []
        for start, end in mark.fragments:
            if joined and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return quoted(self.flat.text, joined)

    def mention(self, mark: Mark, target: str, values: Object) -> None:
        layer, _, label = target.partition(".")
        kind = self.view.kind(layer)
        record: Object = {"id": self.names.take(mark.id), "layer": layer, "label": label, "fragments": self.fragments(mark)}
        if kind == "event":
            self.lone_trigger(mark, record, values)
        else:
            record["attributes"] = self.values.of_mention(mark, layer, label, values)
        self.mentions.append(record)
        self.lifted.setdefault(mark.id, (kind, record))

    def claim(self, mark: Mark, values: Object) -> None:
        record = {"id": self.names.take(mark.id), "content": self.fragments(mark), "cue": []}
        record |= self.values.of_overlay(mark, "ATTRIBUTION", values)
        if (entity := self.values.entity(values, "entity", mark)) is not None:
            record["source_entity"] = entity
        self.claims.append(record)
        self.lifted[mark.id] = ("claim", record)

    def settle(self, claim: Object) -> None:
        """A claim has a source, or the file says that it has none; else the source is not chosen yet."""
        basis = claim.get("source_basis")
        if not claim.get("source_entity"):
            if claim.pop("source_mention", None):
                self.lose("sources of claims without an entity", claim["id"])
            basis = basis if basis == "none" else None
        elif basis == "none":
            basis = None
        if basis is None and claim.pop("source_basis", None):
            self.lose("sources of claims that contradict how they are given", claim["id"])

    def citation(self, mark: Mark, values: Object) -> None:
        record = {"id": self.names.take(mark.id), "fragments": self.fragments(mark)}
        record |= self.values.of_overlay(mark, "MEASURE_REF", values)
        self.citations.append(record)
        self.lifted[mark.id] = ("measure_ref", record)

    # Events

    def framed(self) -> None:
        marks = {mark.id: mark for mark in self.flat.marks}
        for frame in self.flat.frames:
            target = self.book.meant_mark(frame.label) or ""
            layer, _, label = target.partition(".")
            if not label or self.view.kind(layer) != "event":
                self.lose(f"events labelled “{frame.label}”", frame.id)
                continue
            event = self.event(frame.id, label, self.values.read(frame), frame)
            self.lifted[frame.id] = ("event", event)
            for trigger in frame.triggers:
                self.trigger(marks.get(trigger), layer, label, event)

    def trigger(self, mark: Mark | None, layer: str, label: str, event: Object) -> None:
        """A word that triggers two events is marked twice: each of ours has words of its own."""
        if mark is None:
            return
        record: Object = {"id": self.names.take(mark.id), "layer": layer, "label": label, "fragments": self.fragments(mark)}
        self.mentions.append(record | {"event": event["id"]})
        event["triggers"].append(record["id"])
        self.lifted.setdefault(mark.id, ("event", event))

    def lone_trigger(self, mark: Mark, record: Object, values: Object) -> None:
        """Marks that name the same event in their attribute `event` are its triggers; the one with its values leads."""
        fields = values.pop("event", None)
        own = fields if isinstance(fields, dict) else {"": fields} if fields is not None else {}
        group = f"{record['label']} {own.pop('', mark.id)}"
        if group not in self.lifted:
            self.lifted[group] = ("event", self.event(f"{mark.id}-event", record["label"], {}, None))
        event = self.lifted[group][1]
        self.values.into_event(event, mark, nested(own) | values)
        record["event"] = event["id"]
        event["triggers"].append(record["id"])
        self.lifted[mark.id] = ("event", event)

    def event(self, pk: str, label: str, values: Object, frame: Frame | None) -> Object:
        event: Object = {"id": self.names.take(pk), "type": label, "triggers": [], "arguments": [], "attributes": {}}
        if frame:
            self.values.into_event(event, frame, values)
        self.events.append(event)
        return event

    # Notes

    def annotate(self) -> None:
        for note in self.flat.notes:
            kind, owner = self.lifted.get(note.target or "", ("", None))
            if note.target is None or owner is None or kind == "actor":
                self.notes.append(note.text)
            elif kind == "figure":
                add_note(owner["attributes"], note.text)
            else:
                add_note(owner, note.text)


def add_note(owner: Object, text: str) -> None:
    owner["note"] = "\n".join(filter(None, (owner.get("note"), text)))
