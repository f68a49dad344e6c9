"""What each reading says in a group, field by field and in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import CITATION_VALUES, CLAIM_VALUES, FILLERS, UNANSWERED
from annotations.adjudication.groups import ARGUMENT, CITATION, CLAIM, ENTITY, EVENT, LINK, Group, Object, Version
from annotations.agreement.reading import ReadingView
from annotations.text.fragments import quote_of

ANSWERS = {True: "yes", False: "no"}
STATES = ("status", "polarity", "certainty")


@dataclass(frozen=True)
class FieldLine:
    """`texts`: of each reading; empty where it says nothing. `differs`: not all of them are the same."""

    name: str
    texts: Sequence[str]
    differs: bool


def field_lines(group: Group, alignment: Alignment) -> list[FieldLine]:
    """Every field that a reading states."""
    named = [
        dict(InWords(view).version(group, version)) if version else {}
        for view, version in zip(alignment.readings, group.versions, strict=True)
    ]
    names = dict.fromkeys(name for fields in named for name in fields)
    rows = [(name, [fields.get(name, "") for fields in named]) for name in names]
    return [FieldLine(name, texts, len(set(texts)) > 1) for name, texts in rows]


class InWords:
    def __init__(self, view: ReadingView) -> None:
        self.view = view
        self.names = {entity["id"]: entity["name"] for entity in view.native["entities"]}

    def version(self, group: Group, version: Version) -> Iterator[tuple[str, str]]:
        if group.kind == EVENT:
            yield from self.event(version.objects[0], version.objects[1:], with_roles=has_roles(group))
        elif group.kind == ARGUMENT:
            yield group.location.role, self.fillers(version.objects)
        elif group.kind == ENTITY:
            yield "entity", str(self.names.get(version.content, version.content or ""))
        elif group.kind == LINK:
            yield group.location.role, ", ".join(self.words(version.objects[0][end]) for end in ("source", "target"))
        elif group.kind in (CLAIM, CITATION):
            yield from (self.claim if group.kind == CLAIM else self.citation)(version.objects[0])
        else:
            yield from self.marks(version.objects)

    def marks(self, marks: Sequence[Object]) -> Iterator[tuple[str, str]]:
        yield "words", "; ".join(quote_of(mark["fragments"]) for mark in marks)
        yield "label", "; ".join(in_words(mark["label"]) for mark in marks)
        codes = dict.fromkeys(code for mark in marks for code in mark.get("attributes") or {})
        for code in codes:
            texts = [text for mark in marks if (text := self.value((mark.get("attributes") or {}).get(code), code))]
            yield in_words(code), "; ".join(texts)

    def event(self, event: Object, triggers: Sequence[Object], *, with_roles: bool) -> Iterator[tuple[str, str]]:
        yield "words", "; ".join(quote_of(mark["fragments"]) for mark in triggers)
        yield "type", in_words(event["type"])
        for name, value in {**{name: event.get(name) for name in STATES}, **(event.get("attributes") or {})}.items():
            yield in_words(name), self.value(value)
        time = event.get("time") or {}
        yield "time", " ".join(str(time[name]) for name in ("edtf", "part_of_day", "text", "basis") if time.get(name))
        for role in dict.fromkeys(argument["role"] for argument in event["arguments"] if with_roles):
            yield in_words(role), self.fillers([argument for argument in event["arguments"] if argument["role"] == role])
        yield "note", str(event.get("note") or "")

    def claim(self, claim: Object) -> Iterator[tuple[str, str]]:
        yield "words", quote_of(claim["content"])
        source = " ".join(filter(None, [self.words(claim.get("source_mention")), self.names.get(claim.get("source_entity"), "")]))
        yield "source", source
        yield "reporting words", quote_of(claim.get("cue") or [])
        yield from ((in_words(name), self.value(claim.get(name))) for name in CLAIM_VALUES)
        yield "outer claim", self.words(claim.get("parent"))

    def citation(self, citation: Object) -> Iterator[tuple[str, str]]:
        yield "words", quote_of(citation["fragments"])
        yield from ((in_words(name), self.value(citation.get(name))) for name in CITATION_VALUES)

    def fillers(self, arguments: Sequence[Object]) -> str:
        texts = [self.reference({name: argument[name] for name in FILLERS if argument.get(name)}) for argument in arguments]
        return "; ".join(dict.fromkeys(texts))

    def value(self, value: Any, code: str = "") -> str:
        if code == "entity":
            return str(self.names.get(value, value or ""))
        if isinstance(value, Mapping):
            return self.reference(value)
        if isinstance(value, bool):
            return ANSWERS[value]
        if isinstance(value, int | float):
            return f"{value:,}"
        return "" if value in UNANSWERED else str(value)

    def reference(self, reference: Mapping[str, Any]) -> str:
        count = f"{reference['n']:,} " if reference.get("n") else ""
        targets = [self.words(reference[name]) for name in FILLERS if reference.get(name)]
        return count + ", ".join(targets)

    def words(self, name: str | None) -> str:
        """Of what an id names: the words of a mark or event, the name of an entity."""
        if not name:
            return ""
        if mark := self.view.marks.get(name):
            return quote_of(mark["fragments"])
        if name in self.view.events:
            return "; ".join(quote_of(mark["fragments"]) for mark in self.view.triggers_by_event.get(name, ()))
        for array, field in (("attributions", "content"), ("measure_refs", "fragments")):
            if record := next((each for each in self.view.native[array] if each["id"] == name), None):
                return quote_of(record[field])
        return str(self.names.get(name, name))


def has_roles(group: Group) -> bool:
    """Whether what fills the roles of an event comes along with it: where readings have another type, or no event."""
    types = {version.objects[0]["type"] if version else None for version in group.versions}
    return len(types) > 1


def in_words(code: str) -> str:
    return code.replace("_", " ").lower()
