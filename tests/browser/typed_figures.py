"""Figures entered with keys: their words, values, and what they refer to."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.typed_actors import without_words
from tests.browser.typist import Typist

POINT = "Select in"
# Numbers that a comparator has; any other has the lower one.
SIDES = {"between": ("low", "high"), "lt": ("high",), "le": ("high",)}
BOXES = ("approximate", "vague")
TEXTS = ("unit", "currency", "per_currency", "per_period", "statistic", "use", "currency_basis", "credibility", "note")
# A period as its field shows it.
PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year"}


class Figures:
    def __init__(self, typist: Typist, gold: dict[str, Any]) -> None:
        self.typist = typist
        self.marks = {mark["id"]: mark for mark in gold["mentions"]}
        self.entities = {entity["id"]: entity for entity in gold["entities"]}
        self.links = gold["relations"]

    def enter(self, mark: dict[str, Any]) -> None:
        self.typist.mark(mark)
        expect(self.typist.card.locator(".reading")).not_to_have_text("Reading…")
        self.values(mark["attributes"])
        self.references(mark)
        self.link(mark)

    def values(self, wanted: dict[str, Any]) -> None:
        """What was read from the words stays; what is otherwise in the file is typed."""
        typist = self.typist
        if not typist.card.locator("details[open]").count():
            typist.to_button("more")
            typist.press("Enter")
        numbers = {side: number(wanted[side]) for side in SIDES.get(wanted["comparator"], ("low",))}
        texts = {code: line(code, wanted[code]) for code in TEXTS if code in typist.fields()}
        typist.put({"comparator": wanted["comparator"], **numbers, **texts, **{code: wanted[code] for code in BOXES}})

    # What it refers to

    def references(self, mark: dict[str, Any]) -> None:
        for code in ("counted", "of_whole"):
            given = mark["attributes"][code]
            if given:
                self.refer(code, given)
        per = mark["attributes"]["per_count"]
        # The figure that N comes from brings those along whom it counts.
        for key in filter(None, [per["figure"], per["mention"]] if per else []):
            if self.marks[key]["quote"] not in self.held("per_count"):
                self.refer("per_count", {"mention": key})
        if per:
            self.typist.put({"per_count": number(per["n"])})

    def held(self, code: str) -> list[str]:
        return self.typist.card.locator(f"[data-ref='{code}'] .chip > :first-child").all_inner_texts()

    def refer(self, code: str, to: dict[str, str]) -> None:
        typist = self.typist
        before = len(self.held(code))
        typist.to_button(code)
        typist.press("Enter")
        if "entity" in to:
            without_words(typist, self.entities[to["entity"]])
        else:
            point(typist, self.marks[to["mention"]])
        expect(typist.card.locator(f"[data-ref='{code}'] .chip")).not_to_have_count(before)

    def link(self, mark: dict[str, Any]) -> None:
        for link in self.links:
            if link["source"] == mark["id"]:
                self.refer(link["type"], {"mention": link["target"]})


def point(typist: Typist, mark: dict[str, Any]) -> None:
    """At a mark in the text, from the menu of a row."""
    typist.take(POINT)
    expect(typist.page.locator("#armed")).to_be_visible()
    typist.go(mark["fragments"][0]["start"])
    typist.press("Enter")
    expect(typist.page.locator("#armed")).to_be_hidden()


def number(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def line(code: str, value: Any) -> str:
    return PERIODS[value] if code == "per_period" and value else value or ""


def type_figures(typist: Typist, gold: dict[str, Any]) -> None:
    figures = Figures(typist, gold)
    for mark in gold["mentions"]:
        if mark["layer"] == "FIGURE":
            figures.enter(mark)
