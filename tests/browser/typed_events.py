"""Events entered with keys: first their words and values, then, when all are there, who and what fills their roles."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.looks import DRAWN
from tests.browser.typed_actors import without_words
from tests.browser.typed_figures import POINT, point
from tests.browser.typist import Typist

VALUES = ("status", "polarity", "certainty")
# What is offered for a role, and the digit that takes it.
OFFERED = """field => [...document.querySelectorAll(`#card .offer[data-field^="${field}"]`)].map((offer) => [
  offer.querySelector('span[dir]').textContent,
  offer.querySelector('kbd')?.textContent,
])"""


class Events:
    def __init__(self, typist: Typist, gold: dict[str, Any]) -> None:
        self.typist = typist
        self.marks = {mark["id"]: mark for mark in gold["mentions"]}
        self.citations = {citation["id"]: citation for citation in gold["measure_refs"]}
        self.entities = {entity["id"]: entity for entity in gold["entities"]}
        self.events = {event["id"]: event for event in gold["events"]}
        self.links = gold["relations"]

    # Words and values

    def make(self, event: dict[str, Any]) -> None:
        typist = self.typist
        first, *others = (self.marks[trigger] for trigger in event["triggers"])
        typist.mark(first)
        for trigger in others:
            self.further(trigger)
        own = {code: shown(value) for code, value in event["attributes"].items()}
        # What the words say is read by the server, anew with each trigger; only what it reads otherwise, or not at all, is chosen.
        expect(typist.page.locator("#save-state")).to_have_attribute("data-state", "saved")
        typist.page.evaluate(DRAWN)
        # So is how what was not carried out is meant, which the file leaves open.
        own |= {code: "" for code in ("unrealised_as",) if code in typist.fields() and code not in own}
        typist.put({**own, **{code: event[code] for code in VALUES}, "note": event["note"] or ""})
        if event["time"]:
            self.time(event["time"])

    def further(self, trigger: dict[str, Any]) -> None:
        """One more place that tells of the event in focus."""
        [piece] = trigger["fragments"]
        self.open("triggers")
        self.typist.take(POINT)
        self.typist.select(piece["start"], piece["end"])
        self.typist.press("Enter")
        expect(self.typist.page.locator("#armed")).to_be_hidden()

    def open(self, row: str) -> None:
        self.typist.to_button(row)
        self.typist.press("Enter")
        expect(self.typist.menu).to_be_visible()

    def time(self, time: dict[str, Any]) -> None:
        typist = self.typist
        if time["text"]:
            typist.to_button("time-words")
            typist.press("Enter")
            typist.select(time["start"], time["end"])
            typist.press("Enter")
            expect(typist.card.locator("[data-field=time-text]")).to_have_text(time["text"])
        typist.put({"edtf": time["edtf"] or ""})
        expect(typist.card.locator("[name=basis]")).to_be_visible()
        typist.put({"part_of_day": time["part_of_day"] or "", "time_note": time.get("note") or "", "basis": time["basis"]})

    # Roles and links

    def fill(self, event: dict[str, Any]) -> None:
        trigger = self.marks[event["triggers"][0]]
        links = [link for link in self.links if link["source"] == event["id"]]
        if event["arguments"] or links:
            self.typist.attend(trigger["fragments"])
        for argument in [argument for argument in event["arguments"] if not self.by_digit(event, argument)]:
            self.open(f"role-{argument['role']}")
            if "entity" in argument:
                without_words(self.typist, self.entities[argument["entity"]])
            else:
                point(self.typist, self.target(argument))
        for link in links:
            self.open(f"link-{link['type']}")
            point(self.typist, self.target({"event": link["target"]}))

    def by_digit(self, event: dict[str, Any], argument: dict[str, Any]) -> bool:
        """What the card offers for the role is taken by its digit, where the words can mean nothing else there."""
        if not argument.keys() & {"mention", "measure_ref"}:
            return False
        target = self.target(argument)
        words = "".join(part["quote"] for part in target["fragments"])
        around = {self.marks[trigger]["segment"] for trigger in event["triggers"]}
        alike = [
            other
            for other in (*self.marks.values(), *self.citations.values())
            if other["segment"] in around and other["fragments"][0]["quote"] == words
        ]
        self.typist.page.evaluate(DRAWN)  # taking the filler before moved the digits
        offered = dict(self.typist.page.evaluate(OFFERED, f"role-{argument['role']}-offer"))
        if alike != [target] or not offered.get(f"{words}?"):
            return False
        fillers = self.typist.card.locator(f"[data-field^='role-{argument['role']}-away-']")
        before = fillers.count()
        self.typist.to_text()
        self.typist.press(offered[f"{words}?"])
        expect(fillers).to_have_count(before + 1)
        return True

    def target(self, argument: dict[str, Any]) -> dict[str, Any]:
        """An event is pointed at by its first words."""
        if "event" in argument:
            return self.marks[self.events[argument["event"]]["triggers"][0]]
        return self.marks.get(argument.get("mention", "")) or self.citations[argument["measure_ref"]]


def shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value


def type_events(typist: Typist, gold: dict[str, Any]) -> None:
    events = Events(typist, gold)
    for event in gold["events"]:
        events.make(event)
    for event in gold["events"]:
        events.fill(event)
