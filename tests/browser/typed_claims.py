"""Claims, citations and notes entered with keys."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.typist import Typist

MANNER = ("mode", "modality", "evidence", "reliability", "credibility")


def type_citations(typist: Typist, gold: dict[str, Any]) -> None:
    for citation in gold["measure_refs"]:
        [words] = citation["fragments"]
        typist.to_text()
        typist.select(words["start"], words["end"])
        typist.press("u")
        # The card of the citation before it has the same fields.
        expect(typist.card.locator("header q")).to_have_text(words["quote"])
        expect(typist.card.locator(".citation-card")).to_be_visible()
        typist.put({code: citation[code] or "" for code in ("paragraph", "paragraph_basis", "note")})


class Claims:
    def __init__(self, typist: Typist, gold: dict[str, Any]) -> None:
        self.typist = typist
        self.marks = {mark["id"]: mark for mark in gold["mentions"]}
        self.entities = {entity["id"]: entity for entity in gold["entities"]}

    def enter(self, claim: dict[str, Any]) -> None:
        [content] = claim["content"]
        self.typist.to_text()
        self.typist.select(content["start"], content["end"])
        self.typist.press("q")
        expect(self.typist.card.locator("header q")).to_have_text(content["quote"])
        self.cue(claim)
        self.source(claim)
        self.typist.put({code: claim[code] or "" for code in MANNER})
        self.typist.put({"note": claim.get("note") or ""})

    def cue(self, claim: dict[str, Any]) -> None:
        """The reporting words are found beside the content; others are taken away, missing ones selected."""
        typist = self.typist
        wanted = {words["start"]: words for words in claim["cue"]}
        chips = typist.card.locator(".chip")
        for wrong in self.found() - wanted.keys():
            count = chips.count()
            typist.to_button(f"cue-{wrong}")
            typist.press("Enter")
            expect(chips).to_have_count(count - 1)
        for start in wanted.keys() - self.found():
            count = chips.count()
            typist.to_button("cue")
            typist.press("Enter")
            typist.select(start, wanted[start]["end"])
            typist.press("Enter")
            expect(chips).to_have_count(count + 1)

    def found(self) -> set[int]:
        places = "found => found.map(({ dataset }) => Number(dataset.field.split('-').at(-1)))"
        return set(self.typist.card.locator(".chip [data-field^='cue-words-']").evaluate_all(places))

    def source(self, claim: dict[str, Any]) -> None:
        typist = self.typist
        mark, entity = claim["source_mention"], claim["source_entity"]
        told = typist.card.locator("[data-field='source-words']")
        if mark and not (told.is_visible() and told.inner_text() == self.marks[mark]["quote"]):
            typist.to_button("source_mention")
            typist.press("Enter")
            typist.go(self.marks[mark]["start"])
            typist.press("Enter")
            expect(typist.page.locator("#armed")).to_be_hidden()
        elif entity and not mark and self.entities[entity]["name"] not in typist.card.locator(".pointer").first.inner_text():
            typist.to_button("source_entity")
            typist.press("Enter")
            typist.find(self.entities[entity]["name"])
        typist.put({"source_basis": claim["source_basis"]})


def type_claims(typist: Typist, gold: dict[str, Any]) -> None:
    claims = Claims(typist, gold)
    for claim in gold["attributions"]:
        claims.enter(claim)


def type_notes(typist: Typist, gold: dict[str, Any]) -> None:
    """On the tab for notes, one after the other."""
    typist.to_text()
    typist.to("#panel [role=tab][aria-selected=true]")
    # From tab to tab; the one for notes is the last but for that of a practice article.
    for _ in range(6):
        if not typist.within("#tab-notes"):
            typist.press("ArrowRight")
    for at, note in enumerate(gold["adjudication_notes"]):
        typist.to("#notes [data-add]")
        typist.press("Enter")
        expect(typist.page.locator("#notes textarea")).to_have_count(at + 1)
        typist.type(note)
        typist.press("Tab")
