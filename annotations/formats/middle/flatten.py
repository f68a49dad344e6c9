"""A native document as marks, frames, ties and notes, as far as a format holds them; the rest is counted. Pure.

    mention       mark under the word of its label; an actor's entity as `entity` (its id), `entity.type`, `entity.name`,
                  at the first mark that means it also what else is known of it (`entity.countries` …)
    figure        values as attributes; ties `counted`, `of_whole`, `per_count` to the mark that is meant
    claim         mark CLAIM (content), mark CUE, ties `cue`, `source`, `parent`
    citation      mark CITATION with `measure`, `paragraph`
    event         frame; without frames `event.…` at its first trigger, and ties `role:…` from there
    link          tie
    note          note; without notes the attribute `note`

What follows from other things (segments, factuality, checks, the narrator's claim) is no loss: it is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.formats.base import ATTRIBUTES, FACTS, FRAMES, NOTES, TIES, Losses
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Object, Tie
from annotations.formats.middle.mapping import CITATION, CLAIM, CUE, FIGURE_TIES, ROLE, Mapping, dictionary
from annotations.formats.middle.thinning import thinned
from annotations.formats.middle.values import dotted
from annotations.native.annotated import Annotated

ARTICLE = (
    "url", "url_basis", "claimed_url", "claimed_outlet", "claimed_by", "outlet", "language", "published", "source_file", "clean_sha256",
)  # fmt: skip
ENTITY = ("aliases", "countries", "reference", "anonymous", "births", "identifiers", "same_as", "list_links", "screening", "note")
DRAFT = "draft"  # the status of an article whose marks are not submitted
UNSAID: tuple[Any, ...] = (None, "", [])  # of an entity, what nobody has said
CLAIM_WORDS = ("source_basis", "mode", "modality", "evidence", "reliability", "credibility", "rating_note")
CITATION_WORDS = ("measure", "paragraph", "paragraph_basis")
STATES = ("status", "polarity", "certainty")
FILLERS = ("mention", "event", "measure_ref")


@dataclass
class MarkDraft:
    """A mark with what it says, before it is known what the format holds."""

    mark: Mark
    values: Object = field(default_factory=dict)
    ties: list[tuple[str, str]] = field(default_factory=list)
    note: str | None = None
    entities: list[tuple[str, str]] = field(default_factory=list)  # attribute, and the entity that it names


def flatten(annotated: Annotated, holds: frozenset[str], losses: Losses, mapping: Mapping | None = None) -> Flat:
    return Flattening(annotated, holds, losses, mapping or Mapping()).flat


class Flattening:
    def __init__(self, annotated: Annotated, holds: frozenset[str], losses: Losses, mapping: Mapping) -> None:
        self.native, self.view = annotated.native, annotated.view
        self.holds, self.losses = holds, losses
        self.book = dictionary(annotated.view, mapping)
        facts = self.native.get("document") or {}
        self.name = str(facts.get("id") or facts.get("key") or facts.get("title") or self.native.get("id") or "")
        self.entities = {record["id"]: record for record in self.listed("entities")}
        self.described: set[str] = set()
        self.outlet, self.draft = "", annotated.draft
        self.flat = Flat(annotated.text, annotator=str(self.native.get("annotator") or ""), key=self.name, location=self.name)
        self.article(facts)
        self.marks()
        self.events()
        self.links()
        self.rest()

    def listed(self, array: str) -> list[Any]:
        return list(self.native.get(array) or [])

    def lose(self, kind: str, owner: str, number: int = 1) -> None:
        self.losses.lose(kind, f"{self.name} {owner}", number)

    def article(self, facts: Object) -> None:
        if FACTS not in self.holds:
            self.losses.lose("titles, URLs, outlets and dates of articles", self.name)
            if self.draft:
                self.losses.lose("the draft status of the marks", self.name)
            return
        self.flat.title = facts.get("title") or ""
        self.flat.facts = {key: facts[key] for key in ARTICLE if facts.get(key) not in (None, "")}
        if self.draft:
            self.flat.facts["status"] = DRAFT
        outlet = self.entities.get(str(facts.get("outlet")))
        if outlet:
            self.flat.facts["outlet"] = outlet["name"]
            self.outlet = outlet["id"]

    # Marks

    def marks(self) -> None:
        drafts = list(self.drafts())
        words = {self.book.mark(overlay) for overlay in (CLAIM, CUE, CITATION)}
        overlays = frozenset(each.mark.id for each in drafts if each.mark.label in words)
        kept = thinned((each.mark for each in drafts), self.holds, overlays, self.name, self.losses)
        self.kept = {mark.id: mark for mark in kept}
        self.flat.marks = kept
        self.triggers = {record["id"]: self.kept_ids(record.get("triggers") or []) for record in self.listed("events")}
        for each in sorted(drafts, key=lambda each: (each.mark.start, -each.mark.end)):
            if each.mark.id in self.kept:
                self.attach(each, self.kept[each.mark.id])

    def kept_ids(self, ids: list[str]) -> list[str]:
        return [pk for pk in ids if pk in self.kept]

    def drafts(self) -> Iterator[MarkDraft]:
        for record in self.listed("mentions"):
            mark = self.mark(record["id"], f"{record['layer']}.{record['label']}", record["fragments"])
            yield self.mention(record, mark)
        for record in self.listed("attributions"):
            yield from self.claim(record)
        for record in self.listed("measure_refs"):
            mark = self.mark(record["id"], CITATION, record["fragments"])
            yield MarkDraft(mark, {key: record.get(key) for key in CITATION_WORDS}, note=record.get("note"))

    def mark(self, pk: str, target: str, fragments: list[Object]) -> Mark:
        return Mark(pk, self.book.mark(target), [(part["start"], part["end"]) for part in fragments])

    def mention(self, record: Object, mark: Mark) -> MarkDraft:
        attributes = dict(record.get("attributes") or {})
        draft = MarkDraft(mark, attributes, note=attributes.pop("note", None))
        if entity := attributes.pop("entity", None):
            draft.entities.append(("entity", entity))
        for tie in FIGURE_TIES:
            if isinstance(attributes.get(tie), dict):
                attributes[tie] = self.pointing(draft, tie, dict(attributes[tie]))
        return draft

    def pointing(self, draft: MarkDraft, tie: str, value: Object) -> Object:
        """What a figure counts, or is a part of: ties to marks; an entity without words is told instead."""
        ends = [value.pop(end, None) for end in ("figure", "mention")]
        draft.ties += [(tie, end) for end in ends if end]
        if entity := value.pop("entity", None):
            draft.entities.append((tie, entity))
        return value

    def claim(self, record: Object) -> Iterator[MarkDraft]:
        draft = MarkDraft(self.mark(record["id"], CLAIM, record["content"]), {key: record.get(key) for key in CLAIM_WORDS})
        draft.note = record.get("note")
        draft.ties = [
            (tie, record[name]) for tie, name in (("source", "source_mention"), ("parent", "parent")) if record.get(name)
        ]
        if record.get("source_entity"):
            draft.entities.append(("entity", record["source_entity"]))
        if record.get("cue"):
            cue = self.mark(f"{record['id']}-cue", CUE, record["cue"])
            draft.ties.append(("cue", cue.id))
            yield MarkDraft(cue)
        self.lose_read(record)
        yield draft

    def lose_read(self, record: Object) -> None:
        """A value that was read looks in the file like one that a person chose."""
        for code in record.get("read") or {}:
            self.lose("the note that a value was read from the text", f"{record['id']} {code}")

    def attach(self, draft: MarkDraft, mark: Mark) -> None:
        for name, entity in draft.entities:
            draft.values[name] = {**(draft.values.get(name) or {}), **self.entity_values(entity)}
        mark.attributes = self.attributes(draft.values, mark.id)
        self.annotate(draft.note, mark.id, mark.attributes)
        for tie, target in draft.ties:
            self.tie(tie, mark.id, target)

    def entity_values(self, pk: str) -> Object:
        """An entity as attributes; what else is known of it is said once in a document."""
        entity = self.entities.get(pk, {})
        described: Object = {"": pk, "type": entity.get("type"), "name": entity.get("name")}
        if pk not in self.described:
            described |= {key: entity.get(key) for key in ENTITY if entity.get(key) not in UNSAID}
            if kinds := entity.get("name_kinds"):
                self.lose("kinds of other names", pk, len(kinds))
        if ATTRIBUTES in self.holds:
            self.described.add(pk)
        return described

    def attributes(self, values: Object, owner: str) -> Object:
        if ATTRIBUTES in self.holds:
            return {self.book.attribute(name): value for name, value in dotted(values)}
        lost = [name for name in values if list(dotted({name: values[name]}))]
        if lost:
            self.lose("values of attributes", f"{owner} ({', '.join(lost)})", len(lost))
        return {}

    def annotate(self, note: str | None, target: str, attributes: Object, name: str = "note") -> None:
        if not note:
            return
        if NOTES in self.holds:
            self.flat.notes.append(FlatNote(note, target))
        elif ATTRIBUTES in self.holds:
            attributes[self.book.attribute(name)] = note
        else:
            self.lose("notes", target)

    def tie(self, tie: str, source: str, target: str) -> None:
        if TIES not in self.holds:
            self.lose("relations between marks", f"{source} {tie} {target}")
        elif target not in self.kept:
            self.lose("relations to marks that are not in the file", f"{source} {tie} {target}")
        else:
            self.flat.ties.append(Tie(self.book.tie(tie), source, target))

    # Events

    def events(self) -> None:
        for record in self.listed("events"):
            if not self.triggers[record["id"]]:
                self.lose("events without a trigger in the file", record["id"])
                continue
            self.lose_read(record)
            if FRAMES in self.holds:
                self.frame(record)
            else:
                self.spread(record)

    def frame(self, record: Object) -> None:
        pk = record["id"]
        frame = Frame(
            pk, self.book.event(record["type"]), list(self.triggers[pk]), attributes=self.attributes(self.states(record), pk)
        )
        self.annotate(record.get("note"), pk, frame.attributes)
        for role, filler, _ in self.fillers(record):
            frame.arguments.append((self.book.role(role), filler))
        self.flat.frames.append(frame)

    def spread(self, record: Object) -> None:
        """An event where there are no frames: at its first trigger; the others only say whose they are."""
        pk = record["id"]
        first, *others = (self.kept[trigger] for trigger in self.triggers[pk])
        first.attributes |= self.attributes({"event": {"": pk, **self.states(record)}}, pk)
        for mark in others:
            mark.attributes |= self.attributes({"event": pk}, mark.id)
        self.annotate(record.get("note"), first.id, first.attributes, "event.note")
        for role, _, mark_id in self.fillers(record):
            self.flat.ties.append(Tie(self.book.tie(ROLE + role), first.id, mark_id))

    def states(self, record: Object) -> Object:
        values = {key: record.get(key) for key in STATES} | (record.get("attributes") or {})
        values["time"] = record.get("time") or None
        implicit = [
            {"role": entry["role"], **entity_in_list(self.entity_values(entry["entity"]))}
            for entry in record.get("arguments") or []
            if entry.get("entity")
        ]
        return values | ({"implicit": implicit} if implicit else {})

    def fillers(self, record: Object) -> Iterator[tuple[str, str, str]]:
        """(role, id of the filler, id of its mark), of those that the file holds."""
        for entry in record.get("arguments") or []:
            filler = next((str(entry[kind]) for kind in FILLERS if entry.get(kind)), None)
            if filler is None:
                continue
            owner = f"{record['id']} {entry['role']} {filler}"
            mark_id = self.end(filler)
            if not {FRAMES, TIES} & self.holds:
                self.lose("roles of events", owner)
            elif mark_id is None:
                self.lose("roles whose filler is not in the file", owner)
            else:
                yield entry["role"], filler, mark_id

    def end(self, pk: str) -> str | None:
        """The mark that stands for an object: itself, or the first trigger of an event."""
        if pk in self.triggers:
            return next(iter(self.triggers[pk]), None)
        return pk if pk in self.kept else None

    # Links, notes, and what has no place among marks

    def links(self) -> None:
        for record in self.listed("relations"):
            ends = [self.end(record[end]) for end in ("source", "target")]
            owner = f"{record['source']} {record['type']} {record['target']}"
            if TIES not in self.holds:
                self.lose("relations between marks", owner)
            elif None in ends:
                self.lose("relations to marks that are not in the file", owner)
            else:
                framed = FRAMES in self.holds and record["source"] in self.triggers
                source, target = (record["source"], record["target"]) if framed else map(str, ends)
                self.flat.ties.append(Tie(self.book.tie(record["type"]), source, target))

    def rest(self) -> None:
        notes = [text for text in self.listed("adjudication_notes") if text]
        if NOTES in self.holds:
            self.flat.notes += [FlatNote(text) for text in notes]
        else:
            for index in range(len(notes)):
                self.lose("notes", f"note {index + 1}")
        for pk in (pk for pk in self.entities if pk not in (*self.described, self.outlet)):
            self.lose("entities without a mark in the file", pk)
        for record in self.listed("entity_relations"):
            self.lose("relations between entities", f"{record['source']} {record['type']} {record['target']}")


def entity_in_list(described: Object) -> Object:
    """An entity inside a list of objects, where its id has a name of its own."""
    return {"entity": described.pop(""), **{key: value for key, value in described.items() if value is not None}}
