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
        structures = sorted(view.get_all_fs(), key=lambda structure: structure.xmiID)
        own = [structure for structure in structures if structure.type.name.startswith(OWN)]
        foreign = [structure for structure in structures if not structure.type.name.startswith(OWN)]
        for kind, read in self.own_kinds().items():
            for structure in own:
                if structure.type.name == OWN + kind:
                    read(structure)
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

    def own_attributes(self, structure: Any, *taken: str) -> Object:
        values = {
            feature.name: structure[feature.name]
            for feature in structure.type.all_features
            if feature.name not in (*PLACE, *taken)
        }
        return {attribute(name): decode(value) for name, value in values.items() if isinstance(value, str)}

    def mark(self, structure: Any) -> None:
        self.names[structure.xmiID] = structure.identifier
        pieces = [(piece.begin, piece.end) for piece in elements(structure.fragments)] or [(structure.begin, structure.end)]
        attributes = self.own_attributes(structure, "identifier", "label", "fragments")
        self.flat.marks.append(Mark(structure.identifier, structure.label or "", pieces, attributes))

    def name_frame(self, structure: Any) -> None:
        self.names[structure.xmiID] = structure.identifier
        links = elements(structure.arguments)
        frame = Frame(structure.identifier, structure.label or "", [mark.identifier for mark in elements(structure.triggers)])
        frame.arguments = [(link.role, link.target.identifier) for link in links]
        frame.attributes = self.own_attributes(structure, "identifier", "label", "triggers", "arguments")
        self.flat.frames.append(frame)

    def tie(self, structure: Any) -> None:
        self.names[structure.xmiID] = structure.identifier or ""
        ends = structure.Governor.identifier, structure.Dependent.identifier
        attributes = self.own_attributes(structure, "identifier", "label", "Governor", "Dependent")
        self.flat.ties.append(Tie(structure.label or "", *ends, attributes, structure.identifier or ""))

    def note(self, structure: Any) -> None:
        target = self.names.get(structure.target.xmiID) if structure.target else None
        self.flat.notes.append(FlatNote(structure.text or "", target))

    def article(self, structure: Any) -> None:
        self.flat.title, self.flat.key, self.flat.annotator = (
            structure.title or "",
            structure.key or "",
            structure.annotator or "",
        )
        self.flat.facts = self.own_attributes(structure, "title", "key", "annotator")

    # Types of others

    def others(self, structures: list[Any]) -> None:
        for structure in structures:
            self.describe(structure)
        annotations = [
            structure for structure in structures if self.is_annotation(structure) and not NO_MARKS.fullmatch(structure.type.name)
        ]
        for structure in annotations:
            if not is_relation(structure):
                self.foreign_mark(structure)
        for structure in annotations:
            if is_relation(structure):
                self.foreign_tie(
                    structure,
                    label_of(structure, self.saying),
                    structure.Governor,
                    structure.Dependent,
                    values_of(structure, self.saying),
                )
            elif structure.xmiID in self.names:
                self.pointers(structure)

    def is_annotation(self, structure: Any) -> bool:
        return bool(self.system.is_instance_of(structure.type, "uima.tcas.Annotation"))

    def describe(self, structure: Any) -> None:
        if structure.type.short_name == "DocumentMetaData":
            self.flat.title, self.flat.key = structure.get("documentTitle") or "", structure.get("documentId") or ""

    def foreign_mark(self, structure: Any) -> None:
        name = f"{structure.type.short_name}-{structure.xmiID}"
        if structure.begin is None or structure.end is None or structure.begin == structure.end:
            self.flat.losses.lose("annotations without words", name)
            return
        self.names[structure.xmiID] = name
        self.flat.marks.append(
            Mark(name, label_of(structure, self.saying), [(structure.begin, structure.end)], values_of(structure, self.saying))
        )

    def pointers(self, structure: Any) -> None:
        """What a mark points at: links with roles make it the trigger of a frame, others are ties."""
        arguments = []
        for feature in structure.type.all_features:
            for target in pointed(structure, feature.name):
                if "target" in features(target):
                    arguments += self.argument(structure, feature.name, target)
                elif self.is_annotation(target):
                    self.foreign_tie(structure, feature.name, structure, target, {})
        if arguments:
            name = self.names[structure.xmiID]
            self.flat.frames.append(Frame(f"frame-{name}", label_of(structure, self.saying), [name], arguments))

    def argument(self, structure: Any, slot: str, link: Any) -> list[tuple[str, str]]:
        target = self.names.get(link.target.xmiID) if link.target else None
        if target is None:
            self.flat.losses.lose("roles without a mark", f"{self.names[structure.xmiID]} {slot}")
            return []
        return [(link.get("role") or slot, target)]

    def foreign_tie(self, structure: Any, label: str, source: Any, target: Any, attributes: Object) -> None:
        ends = [self.names.get(end.xmiID) if end else None for end in (source, target)]
        if ends[0] is None or ends[1] is None:
            self.flat.losses.lose(
                "relations between objects that are not marks", f"{structure.type.short_name}-{structure.xmiID}"
            )
            return
        self.flat.ties.append(Tie(label, ends[0], ends[1], attributes, f"{structure.type.short_name}-{structure.xmiID}-{label}"))


def ignored(structure: Any) -> None:
    """Read with what it belongs to."""


def elements(array: Any) -> list[Any]:
    """Of an array of things, which cassis gives as an object or as a list; an array may hold nothing at a place."""
    members = array if isinstance(array, list) else getattr(array, "elements", None)
    return [structure for structure in members or [] if structure is not None]


def features(structure: Any) -> set[str]:
    return {feature.name for feature in structure.type.all_features} if hasattr(structure, "type") else set()


def is_relation(structure: Any) -> bool:
    return {"Governor", "Dependent"} <= features(structure)


def pointed(structure: Any, name: str) -> list[Any]:
    value = structure[name]
    if name in PLACE or value is None:
        return []
    return [target for target in ([value] if hasattr(value, "begin") else elements(value)) if hasattr(target, "xmiID")]


def labelling(structure: Any, saying: tuple[str, ...]) -> str | None:
    """The feature that says the label."""
    present = [name for name in saying if name in features(structure)]
    return next((name for name in present if isinstance(structure[name], str) and structure[name]), None)


def label_of(structure: Any, saying: tuple[str, ...]) -> str:
    name = labelling(structure, saying)
    return str(structure[name] if name else structure.type.short_name)


def values_of(structure: Any, saying: tuple[str, ...]) -> Object:
    """The plain values, and the type, which the label may not say."""
    values: Object = {"layer": structure.type.short_name}
    labelled_by = labelling(structure, saying)
    for feature in structure.type.all_features:
        value = structure[feature.name]
        if feature.name in (*PLACE, labelled_by) or value is None or hasattr(value, "begin"):
            continue
        if isinstance(value, str | bool | int | float):
            values[feature.name] = value
        elif elements(value) and all(isinstance(entry, str | int | float) for entry in elements(value)):
            values[feature.name] = elements(value)
    return values
