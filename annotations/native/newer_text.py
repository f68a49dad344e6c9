"""A native document of one text made one of a newer text: what its marks say, where their words still stand. Pure.

Nothing is carried that a person would have to look at again, and all of that is listed: marks whose words have changed, and what hung on
them (arguments, links, the source of a claim), words that a value was read from, and so the value too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from annotations.native.view import Object
from annotations.text.fragments import quote_of, quoted
from annotations.text.reanchor import Bounds, MarkPosition, Reanchoring

Kind = Literal["span", "event", "claim", "citation", "link"]
POINTERS = ("mention", "figure", "event", "measure_ref")  # at objects of the same document; an entity stays


@dataclass(frozen=True)
class OpenItem:
    """What a person has to look at. `outcome`: orphan (nothing of it was carried), changed (its words differ), or lost (a part of it
    was left out, `part` says which)."""

    kind: Kind
    object_id: str
    quote: str
    outcome: Literal["orphan", "changed", "lost"]
    part: str = ""
    candidate: Bounds | None = None


@dataclass
class NewerText:
    """`body`: the document for the newer text. `counts`: objects by outcome (carried, moved, changed, orphan)."""

    body: Object
    open_items: list[OpenItem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def for_newer_text(document: Object, old: str, new: str, figure_layers: Collection[str]) -> NewerText:
    """Makes `document` that of the newer text, in place. `figure_layers`: codes of the layers whose marks are figures."""
    return Carrying(document, old, new, figure_layers).result


class Carrying:
    def __init__(self, document: Object, old: str, new: str, figure_layers: Collection[str]) -> None:
        self.old, self.new, self.figure_layers = old, new, figure_layers
        self.texts = Reanchoring(old, new)
        self.quotes = quotes_of(document)
        self.result = NewerText(document)
        document["mentions"] = [mark for mark in document["mentions"] if self.mark(mark)]
        document["measure_refs"] = [
            citation for citation in document["measure_refs"] if self.quotation("citation", citation, "fragments")
        ]
        document["attributions"] = [claim for claim in document["attributions"] if self.quotation("claim", claim, "content")]
        triggered = {mark["event"] for mark in document["mentions"] if mark.get("event")}
        document["events"] = [event for event in document["events"] if self.event(event, triggered)]
        self.kept = {record["id"] for name in ("mentions", "measure_refs", "attributions", "events") for record in document[name]}
        for mark in document["mentions"]:
            self.point_mark(mark)
        for event in document["events"]:
            self.point_event(event)
        for claim in document["attributions"]:
            self.point_claim(claim)
        document["relations"] = [link for link in document["relations"] if self.link(link)]

    # What has words of its own

    def mark(self, mark: Object) -> bool:
        return self.put("span", mark, "fragments", closely=mark["layer"] in self.figure_layers)

    def quotation(self, kind: Kind, record: Object, name: str) -> bool:
        return self.put(kind, record, name, partly=True)

    def put(self, kind: Kind, record: Object, name: str, *, closely: bool = False, partly: bool = False) -> bool:
        """Whether it was carried; then its fragments are those of the newer text."""
        bounds = [(part["start"], part["end"]) for part in record[name]]
        position = self.texts.anchor(bounds, closely=closely, partly=partly)
        self.result.counts[position.outcome] += 1
        if position.outcome in ("orphan", "changed"):
            self.list_words(kind, record, name, position)
        record[name] = quoted(self.new, position.fragments)
        return bool(position.fragments)

    def list_words(self, kind: Kind, record: Object, name: str, position: MarkPosition) -> None:
        outcome: Any = position.outcome
        item = OpenItem(kind, record["id"], quote_of(record[name]), outcome, candidate=position.candidate)
        self.result.open_items.append(item)

    def event(self, event: Object, triggered: Collection[str]) -> bool:
        """An event stays while one trigger does."""
        if event["id"] in triggered:
            return True
        self.result.counts["event without trigger"] += 1
        self.result.open_items.append(OpenItem("event", event["id"], self.quotes[event["id"]], "orphan"))
        return False

    # What points at others

    def lose(self, kind: Kind, record: Object, part: str) -> None:
        self.result.open_items.append(OpenItem(kind, record["id"], self.quotes[record["id"]], "lost", part))

    def is_lost(self, pointing: Mapping[str, Any]) -> bool:
        return any(pointing.get(pointer) not in (None, *self.kept) for pointer in POINTERS)

    def point_mark(self, mark: Object) -> None:
        attributes = mark.get("attributes") or {}
        for code in [code for code, value in attributes.items() if isinstance(value, dict) and self.is_lost(value)]:
            del attributes[code]
            self.lose("span", mark, code)

    def point_event(self, event: Object) -> None:
        for argument in [argument for argument in event["arguments"] if self.is_lost(argument)]:
            event["arguments"].remove(argument)
            self.lose("event", event, argument["role"])
        if time := event.get("time"):
            self.point_time(event, time)
        self.point_read(event, "event")

    def point_time(self, event: Object, time: Object) -> None:
        if time.get("start") is None:
            return
        position = self.texts.anchor([(time["start"], time["end"])])
        if position.fragments:
            [(time["start"], time["end"])] = position.fragments
            time["text"] = self.new[time["start"] : time["end"]]
        else:
            event["time"] = None
            self.lose("event", event, "time")

    def point_claim(self, claim: Object) -> None:
        cue = [self.texts.anchor([(part["start"], part["end"])]) for part in claim.get("cue") or []]
        claim["cue"] = quoted(self.new, [position.fragments[0] for position in cue if position.fragments])
        if len(claim["cue"]) < len(cue):
            self.lose("claim", claim, "cue")
        for pointer in ("source_mention", "parent"):
            if claim.get(pointer) not in (None, *self.kept):
                claim[pointer] = None
                self.lose("claim", claim, pointer)
        self.point_read(claim, "claim")

    def point_read(self, record: Object, kind: Kind) -> None:
        """A value that was read from words and that nobody has confirmed goes with its words."""
        for code, places in list((record.get("read") or {}).items()):
            position = self.texts.anchor([(start, end) for start, end in places])
            if position.fragments:
                record["read"][code] = [list(bounds) for bounds in position.fragments]
                continue
            del record["read"][code]
            owner = record if code in record else record.get("attributes") or {}
            owner.pop(code, None)
            self.lose(kind, record, code)

    def link(self, link: Object) -> bool:
        if {link["source"], link["target"]} <= self.kept:
            return True
        name = f"{link['source']}-{link['type']}-{link['target']}"
        quote = f"{self.quotes[link['source']]}, {self.quotes[link['target']]}"
        self.result.open_items.append(OpenItem("link", name, quote, "lost", link["type"]))
        return False


def quotes_of(document: Object) -> dict[str, str]:
    """The words of each object, of an event those of its triggers."""
    quotes = {mark["id"]: quote_of(mark["fragments"]) for mark in document["mentions"]}
    triggers: dict[str, list[str]] = {event["id"]: [] for event in document["events"]}
    for mark in document["mentions"]:
        if mark.get("event") in triggers:
            triggers[mark["event"]].append(quotes[mark["id"]])
    quotes |= {event: ", ".join(words) for event, words in triggers.items()}
    quotes |= {claim["id"]: quote_of(claim["content"]) for claim in document["attributions"]}
    return quotes
