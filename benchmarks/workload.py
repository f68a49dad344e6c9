"""Pre-annotated articles to import: news-like English of about 450 words, 40 marks and 10 links each; the same ones for a seed.

`Writer` makes articles with marks and links alone, `EventWriter` with entities, and with events and their arguments too.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

MARKS, LINKS, WORDS = 40, 10, 450
ACTORS = {
    "PERSON": ("Kim Min Jun", "Pak Chol", "Anna Petrov", "Daniel Okafor", "Li Wei", "Elena Novak"),
    "COMPANY": ("Korea Daesong Trading", "Golden Harbour Shipping", "Dandong Xinrong Textile", "Eastern Tide Maritime"),
    "STATE_BODY": ("Treasury Department", "customs authority", "Ministry of Commerce", "foreign ministry"),
}
FILLER = (
    "The resolution was adopted with the aim of limiting the revenue that reaches prohibited programmes.",
    "Observers said the pressure along the border had grown steadily over the past year.",
    "It was not immediately clear whether the measures would be enforced in full.",
    "Trade in the region had slowed even before the latest restrictions came into force.",
    "Local residents described a sharp fall in activity around the industrial zone.",
)
ACTED = ("seized the cargo of", "signed a contract with", "opened an inquiry into", "sent letters to", "denied any link to")
RETURNED = ("sent home", "deported", "repatriated", "sent back")
PLACES = ("Dandong", "Vladivostok", "Nampo", "Singapore", "Busan", "Dalian", "Geneva", "Port Klang", "Chongjin")


class Writer:
    """One article in the making."""

    def __init__(self, number: int, dice: random.Random) -> None:
        self.number, self.dice = number, dice
        self.pieces: list[str] = []
        self.at = 0
        self.marks: list[dict[str, Any]] = []

    def say(self, words: str) -> None:
        self.pieces.append(words)
        self.at += len(words)

    def mark(self, words: str, layer: str, label: str, attributes: dict[str, Any]) -> None:
        fragment = {"start": self.at, "end": self.at + len(words), "quote": words}
        name = f"{layer[0]}{len(self.marks) + 1:02}"
        self.marks.append({"id": name, "layer": layer, "label": label, "fragments": [fragment], "attributes": attributes})
        self.say(words)

    def actor(self) -> None:
        label = self.dice.choice(list(ACTORS))
        self.mark(self.dice.choice(ACTORS[label]), "ACTOR", label, {"mention_type": "NAM"})

    def figure(self) -> None:
        number = self.dice.randint(2, 980)
        value = {"low": number, "high": number, "comparator": "eq"}
        self.mark(f"{number}", "FIGURE", "PEOPLE", value)

    def sentence(self) -> None:
        self.say(f"In {self.dice.choice(PLACES)} the ")
        self.actor()
        self.say(f" {self.dice.choice(ACTED)} the ")
        self.actor()
        self.say(" and counted ")
        self.figure()
        self.say(" workers there. ")

    def body(self) -> dict[str, Any]:
        self.say(f"Report {self.number} from {self.dice.choice(PLACES)}\n\n")
        while len(self.marks) < MARKS - 1:
            self.sentence()
            self.say(self.dice.choice(FILLER) + ("\n\n" if self.dice.random() < 0.3 else " "))
        self.figure()
        self.say(f" were named in all. It was the report with the number {self.number}.")
        return self.whole("".join(self.pieces))

    def whole(self, text: str) -> dict[str, Any]:
        figures = [item["id"] for item in self.marks if item["layer"] == "FIGURE"]
        ends = list(pairwise(figures))[:LINKS]
        return {
            "format": "sanctions-gold/1",
            "scheme": {"code": "sanctions-core", "version": "1.1.0"},
            "text": text,
            "document": {
                "title": text.split("\n", 1)[0],
                "clean_sha256": hashlib.sha256(text.encode()).hexdigest(),
                "language": "en",
                "url": f"https://news.example/{self.number}",
            },
            "mentions": self.marks,
            "relations": [{"type": "part_of", "source": source, "target": target} for source, target in ends],
        }


class EventWriter(Writer):
    """20 actors with their entities, 10 events with a trigger and their arguments, 10 figures."""

    def __init__(self, number: int, dice: random.Random) -> None:
        super().__init__(number, dice)
        self.entities: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []

    def sentence(self) -> None:
        self.say(f"In {self.dice.choice(PLACES)} the ")
        agent = self.acting("STATE_BODY", self.dice.choice(ACTORS["STATE_BODY"]))
        event = f"EV{len(self.events) + 1:02}"
        self.say(" ")
        self.mark(self.dice.choice(RETURNED), "EVENT", "REPATRIATE", {})
        self.marks[-1]["event"] = event
        self.say(" the men around ")
        # Most names are in many articles; of each article two are its own.
        name = f"Kim Chol {self.number}" if len(self.marks) < MARKS // 10 else f"Pak Min {self.dice.randint(1, 300)}"
        people = self.acting("PERSON", name)
        roles = {"agent": agent, "people": people}
        if len(self.marks) < MARKS - 1:
            self.say(" and counted ")
            self.figure()
            roles["count"] = self.marks[-1]["id"]
            self.say(" workers")
        self.say(f" there. {self.dice.choice(FILLER)} " if self.dice.random() < 0.7 else " there. ")
        arguments = [{"role": role, "mention": mark} for role, mark in roles.items()]
        stated = {"status": "happened", "polarity": "positive", "certainty": "certain"}
        self.events.append({"id": event, "type": "REPATRIATE", **stated, "attributes": {}, "arguments": arguments, "time": None})

    def acting(self, label: str, name: str) -> str:
        """The id of a new mark."""
        entity = self.entities.setdefault(name, {"id": f"N{len(self.entities) + 1}", "type": label, "name": name})
        self.mark(name, "ACTOR", label, {"mention_type": "NAM", "entity": entity["id"]})
        return str(self.marks[-1]["id"])

    def whole(self, text: str) -> dict[str, Any]:
        return super().whole(text) | {"entities": list(self.entities.values()), "events": self.events}


def articles(count: int, seed: int = 1, first: int = 0, writer: type[Writer] = Writer) -> Iterator[dict[str, Any]]:
    dice = random.Random(seed)
    return (writer(first + number, dice).body() for number in range(count))


def lines(count: int, seed: int = 1, first: int = 0, writer: type[Writer] = Writer) -> Iterator[bytes]:
    """The same as native JSON, one a line."""
    return (json.dumps(body, ensure_ascii=False).encode() + b"\n" for body in articles(count, seed, first, writer))
