"""An annotated text as a UIMA CAS (`dkpro-cassis`), which counts UTF-16 units by itself.

Pure. The type system is made for each text, with a string feature for each attribute that occurs:

    attest.Mark     annotation: identifier, label, fragments (where there are several)
    attest.Frame    annotation at its first trigger: identifier, label, triggers, arguments (links with role and target)
    attest.Tie      annotation at its target: identifier, label, Governor, Dependent, as relations of INCEpTION
    attest.Note     text, and what it is about
    attest.Article  title, key, annotator, facts
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from annotations.formats.middle.feature_names import feature
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Object, Tie
from annotations.formats.middle.values import encode

Names = tuple[str, ...]
ANNOTATION, TOP, STRING, ARRAY = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String", "uima.cas.FSArray"


def names_of(structures: Iterable[Any]) -> Names:
    return tuple(sorted({feature(name) for structure in structures for name in structure.attributes}))


@lru_cache(maxsize=64)
def type_system(marks: Names, frames: Names, ties: Names, facts: Names) -> Any:
    from cassis import TypeSystem

    system = TypeSystem()
    system.create_type("attest.Fragment", ANNOTATION)
    strings(system, system.create_type("attest.Mark", ANNOTATION), "identifier", "label", *marks)
    arrays(system, "attest.Mark", fragments="attest.Fragment")
    link = system.create_type("attest.Argument", TOP)
    strings(system, link, "role")
    system.create_feature(link, "target", ANNOTATION)
    strings(system, system.create_type("attest.Frame", ANNOTATION), "identifier", "label", *frames)
    arrays(system, "attest.Frame", triggers="attest.Mark", arguments="attest.Argument")
    tie = system.create_type("attest.Tie", ANNOTATION)
    strings(system, tie, "identifier", "label", *ties)
    for end in ("Governor", "Dependent"):
        system.create_feature(tie, end, ANNOTATION)
    note = system.create_type("attest.Note", TOP)
    strings(system, note, "text")
    system.create_feature(note, "target", ANNOTATION)
    strings(system, system.create_type("attest.Article", TOP), "title", "key", "annotator", *facts)
    return system


def strings(system: Any, kind: Any, *names: str) -> None:
    for name in names:
        system.create_feature(kind, name, STRING)


def arrays(system: Any, kind: str, **names: str) -> None:
    for name, element in names.items():
        system.create_feature(kind, name, ARRAY, elementType=element)


def cas_of(flat: Flat) -> Any:
    """The CAS, with its type system."""
    return CasBuilder(flat).cas


class CasBuilder:
    def __init__(self, flat: Flat) -> None:
        from cassis import Cas

        facts = tuple(sorted(feature(name) for name in flat.facts))
        self.system = type_system(names_of(flat.marks), names_of(flat.frames), names_of(flat.ties), facts)
        self.cas = Cas(typesystem=self.system)
        self.cas.sofa_string = flat.text
        self.cas.sofa_mime = "text/plain"
        self.made: dict[str, Any] = {}
        for mark in flat.marks:
            self.made[mark.id] = self.mark(mark)
        self.frames(flat.frames)
        for tie in flat.ties:
            self.made |= {tie.id: self.tie(tie)} if tie.id else {"": self.tie(tie)}
        for note in flat.notes:
            self.note(note)
        metadata = {"title": flat.title, "key": flat.key, "annotator": flat.annotator}
        self.add("attest.Article", **metadata, **written(flat.facts))

    def add(self, type_name: str, /, **features: Any) -> Any:
        """By its position, the name of the type leaves every other name to features: a weapons test has a `kind`."""
        structure = self.system.get_type(type_name)(**features)
        self.cas.add(structure)
        return structure

    def array(self, elements: list[Any]) -> Any:
        return self.system.get_type(ARRAY)(elements=elements)

    def mark(self, mark: Mark) -> Any:
        feature_structure = self.add(
            "attest.Mark", begin=mark.start, end=mark.end, identifier=mark.id, label=mark.label, **written(mark.attributes)
        )
        if len(mark.fragments) > 1:
            feature_structure.fragments = self.array(
                [self.add("attest.Fragment", begin=start, end=end) for start, end in mark.fragments]
            )
        return feature_structure

    def frames(self, frames: list[Frame]) -> None:
        """All of them before their arguments, which may be frames."""
        for frame in frames:
            triggers = [self.made[name] for name in frame.triggers]
            begin, end = (triggers[0].begin, triggers[0].end) if triggers else (0, 0)
            made = self.add(
                "attest.Frame", begin=begin, end=end, identifier=frame.id, label=frame.label, **written(frame.attributes)
            )
            made.triggers = self.array(triggers) if triggers else None
            self.made[frame.id] = made
        for frame in frames:
            arguments = [self.add("attest.Argument", role=role, target=self.made[name]) for role, name in frame.arguments]
            self.made[frame.id].arguments = self.array(arguments) if arguments else None

    def tie(self, tie: Tie) -> Any:
        ends = {"Governor": self.made[tie.source], "Dependent": self.made[tie.target]}
        extent = {"begin": ends["Dependent"].begin, "end": ends["Dependent"].end}
        return self.add("attest.Tie", **extent, **ends, identifier=tie.id, label=tie.type, **written(tie.attributes))

    def note(self, note: FlatNote) -> None:
        self.add("attest.Note", text=note.text, target=self.made[note.target] if note.target else None)


def written(attributes: Object) -> dict[str, str]:
    return {feature(name): encode(value) for name, value in attributes.items()}
