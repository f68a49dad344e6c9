"""Events that are made for a test: a document with one of them, out of a line of text.

A filler is the name of something, "~" before the description of something unnamed, "#" before a number of people (or, with a
currency, of money), "^" before an event of the file by its name, "§" before a measure of the register.
"""

from __future__ import annotations

import json

from annotations.derived.document_view import DocumentView
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from config.environment import ROOT

SCHEME = json.loads((ROOT / "domain/scheme.json").read_text("utf-8"))
VIEW = SchemeView(SCHEME)
TYPES = {"agent": "STATE_BODY"}
CLAIM = {"id": "Q1", "source_entity": "S", "source_basis": "stated", "modality": "asserted", "evidence": "unspecified"}


class Made:
    """Collects what an event needs, and the text that its marks stand in."""

    def __init__(self, scheme=VIEW):
        self.scheme = scheme
        self.text = ""
        self.entities = [{"id": "S", "type": "PERSON", "name": "Kim Chol", "anonymous": False}]
        self.mentions, self.events, self.citations = [], [], []

    def words(self, quote):
        start = len(self.text) + 1
        self.text += f" {quote}"
        return [{"start": start, "end": start + len(quote), "quote": quote}]

    def filler(self, role, given):
        kind, rest = given[:1], given[1:]
        if kind == "#":
            return {"role": role, "mention": self.figure(rest)}
        if kind == "^":
            return {"role": role, "event": rest}
        if kind == "§":
            self.citations.append({"id": f"R{len(self.citations)}", "fragments": self.words(rest), "measure": rest})
            return {"role": role, "measure_ref": self.citations[-1]["id"]}
        return {"role": role, "entity": self.entity(given)}

    def entity(self, given):
        unnamed, name = given.startswith("~"), given.lstrip("~")
        kind, _, name = name.rpartition("@")
        known = next((entity for entity in self.entities if entity["name"] == name), None)
        if known is None:
            known = {
                "id": f"E{len(self.entities)}",
                "type": kind or ("GROUP" if unnamed else "TERRITORY"),
                "name": name,
                "anonymous": unnamed,
            }
            self.entities.append(known)
            self.text += f" {name[:1].lower()}{name[1:]}"
        return known["id"]

    def figure(self, given):
        number, _, unit = given.partition(" ")
        money = unit.isupper()
        attributes = {"low": float(number), "high": float(number), "comparator": "eq"}
        attributes |= {"currency": unit, "currency_basis": "stated"} if money else {"unit": unit} if unit else {}
        label = "MONEY" if money else "SHARE" if unit == "%" else "QUANTITY" if unit else "PEOPLE"
        mention = {"id": f"F{len(self.mentions)}", "layer": "FIGURE", "label": label, "fragments": self.words(given)}
        self.mentions.append(mention | {"attributes": attributes, "attribution": "Q1"})
        return mention["id"]

    def event(self, pk, kind, state, attributes, fillers, time=None):
        trigger = {"id": f"T{len(self.mentions)}", "layer": "EVENT", "label": kind, "fragments": self.words("happening")}
        self.mentions.append(trigger | {"event": pk, "attribution": "Q1"})
        arguments = [self.filler(role, given) for role, given in fillers]
        made = {"id": pk, "type": kind, "attributes": attributes, "arguments": arguments, "triggers": [trigger["id"]],
                "attributions": ["Q1"], "time": time}  # fmt: skip
        self.events.append(made | dict(zip(("status", "polarity", "certainty"), state, strict=True)))
        return self.events[-1]

    def view(self, claim=CLAIM, **document):
        native = {
            "document": {"title": "A title"} | document, "segments": [], "mentions": self.mentions, "events": self.events,
            "entities": self.entities, "attributions": [claim], "measure_refs": self.citations, "relations": [],
            "entity_relations": [], "default_attribution": {"id": "Q0", "source_entity": None, "modality": "asserted"},
        }  # fmt: skip
        return DocumentView(Annotated(native, self.text, self.scheme))
