"""A UIMA CAS as annotated texts: types of ours by what they are, those of others by what they have.

Pure. Of other tools' types, an annotation with `Governor` and `Dependent` is a tie; one with links to others (each with
`target`, as INCEpTION's slots) is a mark that triggers a frame; one that points at another is a mark with a tie; any other
is a mark. Its label is its feature `label` or `value`, or else the name of its type. Sentences, tokens and what describes
the file are no marks. What has no place here is counted in `Flat.losses`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from annotations.formats.middle.feature_names import attribute
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Object, Tie
from annotations.formats.middle.values import decode

OWN = "attest."
NO_MARKS = re.compile(
    r"uima\.tcas\.DocumentAnnotation|.*\.metadata\.type\..*|.*\.segmentation\.type\.(Token|Sentence|Paragraph|Document)",
    re.DOTALL,
)
LABELS = ("label", "value")
PLACE = ("begin", "end", "sofa")


def flats_of(cas: Any, location: str, label: str = "") -> Iterator[Flat]:
    """One for each view that has a text. `label`: the feature of others' types that says the label, before those that usually do."""
    for view in cas.views:
        if view.sofa.sofaString:
            yield CasReader(cas, view, location, (label, *LABELS)).flat.sound()


class CasReader:
    def __init__(self, cas: Any, view: Any, location: str, saying: tuple[str, ...]) -> None:
        self.system, self.saying = cas.typesystem, saying
        self.flat = Flat(view.sofa.sofaString, location=location)
        self.names: dict[int, str] = {}  # id in the CAS → of a mark, frame or tie
        things = sorted(view.get_all_fs(), key=lambda thing: thing.xmiID)
        own = [thing for thing in things if thing.type.name.startswith(OWN)]
        foreign = [thing for thing in things if not thing.type.name.startswith(OWN)]
        for kind, read in self.own_kinds().items():
            for thing in own:
                if thing.type.name == OWN + kind:
                    read(thing)
        self.others(foreign)

    # Types of ours

    def own_kinds(self) -> dict[str, Callable[[Any], None]]:
        """In the order in which they can point at each other."""
        return {
            "Mark": self.mark,
            "Frame": self.name_frame,
            "Tie": self.tie,
            "Argument": ignored,
            "Note": self.note,
            "Article": self.article,
        }

    def own_attributes(self, thing: Any, *taken: str) -> Object:
        values = {item.name: thing[item.name] for item in thing.type.all_features if item.name not in (*PLACE, *taken)}
        return {attribute(name): decode(value) for name, value in values.items() if isinstance(value, str)}

    def mark(self, thing: Any) -> None:
        self.names[thing.xmiID] = thing.identifier
        pieces = [(piece.begin, piece.end) for piece in elements(thing.fragments)] or [(thing.begin, thing.end)]
        attributes = self.own_attributes(thing, "identifier", "label", "fragments")
        self.flat.marks.append(Mark(thing.identifier, thing.label or "", pieces, attributes))

    def name_frame(self, thing: Any) -> None:
        self.names[thing.xmiID] = thing.identifier
        links = elements(thing.arguments)
        frame = Frame(thing.identifier, thing.label or "", [mark.identifier for mark in elements(thing.triggers)])
        frame.arguments = [(link.role, link.target.identifier) for link in links]
        frame.attributes = self.own_attributes(thing, "identifier", "label", "triggers", "arguments")
        self.flat.frames.append(frame)

    def tie(self, thing: Any) -> None:
        self.names[thing.xmiID] = thing.identifier or ""
        ends = thing.Governor.identifier, thing.Dependent.identifier
        attributes = self.own_attributes(thing, "identifier", "label", "Governor", "Dependent")
        self.flat.ties.append(Tie(thing.label or "", *ends, attributes, thing.identifier or ""))

    def note(self, thing: Any) -> None:
        target = self.names.get(thing.target.xmiID) if thing.target else None
        self.flat.notes.append(FlatNote(thing.text or "", target))

    def article(self, thing: Any) -> None:
        self.flat.title, self.flat.key, self.flat.annotator = thing.title or "", thing.key or "", thing.annotator or ""
        self.flat.facts = self.own_attributes(thing, "title", "key", "annotator")

    # Types of others

    def others(self, things: list[Any]) -> None:
        for thing in things:
            self.describe(thing)
        placed = [thing for thing in things if self.is_annotation(thing) and not NO_MARKS.fullmatch(thing.type.name)]
        for thing in placed:
            if not is_relation(thing):
                self.foreign_mark(thing)
        for thing in placed:
            if is_relation(thing):
                self.foreign_tie(
                    thing, label_of(thing, self.saying), thing.Governor, thing.Dependent, values_of(thing, self.saying)
                )
            elif thing.xmiID in self.names:
                self.pointers(thing)

    def is_annotation(self, thing: Any) -> bool:
        return bool(self.system.is_instance_of(thing.type, "uima.tcas.Annotation"))

    def describe(self, thing: Any) -> None:
        if thing.type.short_name == "DocumentMetaData":
            self.flat.title, self.flat.key = thing.get("documentTitle") or "", thing.get("documentId") or ""

    def foreign_mark(self, thing: Any) -> None:
        name = f"{thing.type.short_name}-{thing.xmiID}"
        if thing.begin is None or thing.end is None or thing.begin == thing.end:
            self.flat.losses.lose("annotations without words", name)
            return
        self.names[thing.xmiID] = name
        self.flat.marks.append(
            Mark(name, label_of(thing, self.saying), [(thing.begin, thing.end)], values_of(thing, self.saying))
        )

    def pointers(self, thing: Any) -> None:
        """What a mark points at: links with roles make it the trigger of a frame, others are ties."""
        arguments = []
        for feature in thing.type.all_features:
            for target in pointed(thing, feature.name):
                if "target" in features(target):
                    arguments += self.argument(thing, feature.name, target)
                elif self.is_annotation(target):
                    self.foreign_tie(thing, feature.name, thing, target, {})
        if arguments:
            name = self.names[thing.xmiID]
            self.flat.frames.append(Frame(f"frame-{name}", label_of(thing, self.saying), [name], arguments))

    def argument(self, thing: Any, slot: str, link: Any) -> list[tuple[str, str]]:
        target = self.names.get(link.target.xmiID) if link.target else None
        if target is None:
            self.flat.losses.lose("roles without a mark", f"{self.names[thing.xmiID]} {slot}")
            return []
        return [(link.get("role") or slot, target)]

    def foreign_tie(self, thing: Any, label: str, source: Any, target: Any, attributes: Object) -> None:
        ends = [self.names.get(end.xmiID) if end else None for end in (source, target)]
        if ends[0] is None or ends[1] is None:
            self.flat.losses.lose("relations between objects that are not marks", f"{thing.type.short_name}-{thing.xmiID}")
            return
        self.flat.ties.append(Tie(label, ends[0], ends[1], attributes, f"{thing.type.short_name}-{thing.xmiID}-{label}"))


def ignored(thing: Any) -> None:
    """Read with what it belongs to."""


def elements(array: Any) -> list[Any]:
    """Of an array of things, which cassis gives as an object or as a list; an array may hold nothing at a place."""
    members = array if isinstance(array, list) else getattr(array, "elements", None)
    return [thing for thing in members or [] if thing is not None]


def features(thing: Any) -> set[str]:
    return {item.name for item in thing.type.all_features} if hasattr(thing, "type") else set()


def is_relation(thing: Any) -> bool:
    return {"Governor", "Dependent"} <= features(thing)


def pointed(thing: Any, name: str) -> list[Any]:
    value = thing[name]
    if name in PLACE or value is None:
        return []
    return [target for target in ([value] if hasattr(value, "begin") else elements(value)) if hasattr(target, "xmiID")]


def labelling(thing: Any, saying: tuple[str, ...]) -> str | None:
    """The feature that says the label."""
    present = [name for name in saying if name in features(thing)]
    return next((name for name in present if isinstance(thing[name], str) and thing[name]), None)


def label_of(thing: Any, saying: tuple[str, ...]) -> str:
    name = labelling(thing, saying)
    return str(thing[name] if name else thing.type.short_name)


def values_of(thing: Any, saying: tuple[str, ...]) -> Object:
    """The plain values, and the type, which the label may not say."""
    values: Object = {"layer": thing.type.short_name}
    labelled_by = labelling(thing, saying)
    for item in thing.type.all_features:
        value = thing[item.name]
        if item.name in (*PLACE, labelled_by) or value is None or hasattr(value, "begin"):
            continue
        if isinstance(value, str | bool | int | float):
            values[item.name] = value
        elif elements(value) and all(isinstance(entry, str | int | float) for entry in elements(value)):
            values[item.name] = elements(value)
    return values
