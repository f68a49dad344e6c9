"""A person who enters what a text says, by keys alone; the texts stand in `tests/fixtures/by_hand`.

A mark is given by its words and label, for an actor also by the name of its entity, and, where the words stand in the text
more than once, by longer words that hold them.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests import factories
from tests.browser.desk import Desk
from tests.browser.looks import DRAWN
from tests.browser.typed_events import OFFERED
from tests.browser.typed_figures import point
from tests.browser.typist import Typist

SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
FIXTURES = Path(__file__).parents[1] / "fixtures" / "by_hand"
# What a person answers where nothing was read and the text does not say otherwise.
SAID = {"polarity": "positive", "certainty": "certain"}
# What the card offers for the source of a claim: words, and the digit that takes them.
SOURCES = """() => [...document.querySelectorAll('#card [data-field^="source-offer"]')].map((offer) => [
  offer.querySelector('[dir]').textContent.replace(/\\?$/, ''), offer.querySelector('kbd')?.textContent])"""


class Story:
    """One text and what it says."""

    def __init__(self, name: str) -> None:
        told = tomllib.loads((FIXTURES / f"{name}.toml").read_text("utf-8"))
        self.name, self.rows = name, told["rows"]
        self.statements, self.figures_in_api = sorted(told.get("statements", [])), told.get("figures_in_api", [])
        self.text: str = told["text"].strip()
        self.about = {code: told[code] for code in ("title", "language", "published", "outlet")}
        self.actors, self.figures, self.citations = (told[code] for code in ("actors", "figures", "citations"))
        self.claims, self.events = told["claims"], told["events"]
        self.limits = told.get("limits", [])

    def place(self, words: str, within: str = "") -> dict[str, Any]:
        start = self.text.index(words, self.text.index(within or words))
        return {"start": start, "end": start + len(words), "quote": words}

    def mark(self, layer: str, words: str, label: str, within: str = "") -> dict[str, Any]:
        return {"layer": layer, "label": label, "quote": words, "fragments": [self.place(words, within)]}

    def target(self, words: str) -> dict[str, Any]:
        """What fills a role: an actor, figure or citation that is marked under these words."""
        within = next((actor[3] for actor in self.actors if actor[0] == words and len(actor) > 3), "")
        return {"fragments": [self.place(words, within)]}


class Hand:
    """One person at one assignment of the text."""

    def __init__(self, page: Any, assignment: Any, story: Story) -> None:
        self.page, self.story = page, story
        self.desk = Desk(page, assignment).open()
        self.typist = Typist(page, SCHEME)
        self.card = self.typist.card
        self.made: set[str] = set()

    def enter(self, leave_out: list[str] | None = None) -> None:
        """All that the text says; a reader may overlook a figure."""
        self.overlooked = leave_out and leave_out[0]
        for actor in self.story.actors:
            self.actor(*actor)
        for words, label, *counted in (figure for figure in self.story.figures if figure[0] != self.overlooked):
            self.typist.mark(self.story.mark("FIGURE", words, label))
            self.use(words)
            for whom in counted:
                self.typist.to_button("counted")
                self.typist.press("Enter")
                point(self.typist, self.story.target(whom))
        for words in self.story.citations:
            self.select(self.story.place(words))
            self.typist.press("u")
            expect(self.card.locator(".citation-card")).to_be_visible()
        for claim in self.story.claims:
            self.claim(**claim)
        for event in self.story.events:
            self.event(event)
        self.desk.saved()

    def use(self, words: str) -> None:
        """Asked only where words say another thing than a count: the key takes what is offered."""
        self.settled()
        expect(self.page.locator("#checks .hint")).to_be_hidden()
        offer = self.card.locator("[data-target=use-limit]")
        expect(offer).to_have_count(int(words in self.story.limits))
        if words in self.story.limits:
            self.typist.press(offer.locator("kbd").inner_text())
            expect(self.card.locator(".reading")).to_contain_text("limit, target or deadline")

    def select(self, place: dict[str, Any]) -> None:
        self.typist.to_text()
        self.typist.select(place["start"], place["end"])

    def actor(self, words: str, label: str, name: str = "", within: str = "") -> None:
        self.typist.mark(self.story.mark("ACTOR", words, label, within))
        self.settled()
        linked = self.card.locator(".entity-name")
        name = name or words
        if not linked.is_visible() and name in self.made:
            self.choose(name)
        elif not linked.is_visible():
            self.make(name)
        expect(linked).to_contain_text(re.compile(re.escape(name), re.IGNORECASE))
        self.made.add(name)

    def choose(self, name: str) -> None:
        """An entity of this text: by the digit of its proposal, else by its name."""
        proposed = [words.lower() for words in self.card.locator(".proposal .name").all_inner_texts()]
        if name.lower() in proposed:
            return self.typist.press(str(1 + proposed.index(name.lower())))
        self.typist.press("9")
        expect(self.typist.menu).to_be_visible()
        self.typist.type(name)
        expect(self.typist.menu.get_by_role("option").first).to_contain_text(re.compile(re.escape(name), re.IGNORECASE))
        return self.typist.press("Enter")

    def make(self, name: str) -> None:
        """A new one, by the form; what has the name already is asked about."""
        self.typist.press("0")
        form = self.page.locator(".entity-form")
        expect(form).to_be_visible()
        if self.typist.fields("form.entity-form")["name"]["value"].lower() != name.lower():
            self.typist.put({"name": name}, "form.entity-form")
        self.typist.press("Control+Enter")
        expect(form).to_have_count(0)

    def claim(self, word: str, content: str, source: str, modality: str) -> None:
        """q where the caret is; who is not read is taken by a digit."""
        self.typist.to_text()
        self.typist.press("Escape")
        self.typist.go(self.story.place(word, content)["start"])
        self.typist.press("q")
        expect(self.card.locator(".claim-card")).to_be_visible()
        expect(self.card.locator("header q")).to_have_text(content)
        self.settled()
        told = self.card.locator("[data-field='source-words']")
        if not told.is_visible():
            offered = dict(self.page.evaluate(SOURCES))
            assert source in offered, f"{source} is not among the sources offered, which are {offered}"
            self.typist.press(offered[source])
        expect(told).to_have_text(source)
        self.settled()
        if self.typist.fields().get("modality", {}).get("value") != modality:
            self.typist.put({"modality": modality})

    def event(self, event: dict[str, Any]) -> None:
        mark = self.story.mark("EVENT", event["words"], event["type"])
        self.typist.mark(mark)
        self.settled()
        read = self.typist.fields().get("status", {}).get("value")
        wanted = event.get("status", read)
        assert read in ("", wanted), f"the status of “{event['words']}” was read as {read}"
        self.typist.put(
            {
                "status": wanted,
                **event.get("attributes", {}),
                **{
                    code: event.get(code, SAID.get(code, "not_stated"))
                    for code in self.unanswered() - event.get("attributes", {}).keys()
                },
            }
        )
        for role, fillers in event["roles"].items():
            for words in fillers:
                if words != self.overlooked:
                    self.fill(role, words)
        if "date" in event:
            self.date(*event["date"])

    def unanswered(self) -> set[str]:
        """What neither the words say nor a person: everything that has “not stated” among its choices."""
        fields = self.typist.fields().items()
        return {code for code, field in fields if code != "status" and not field["value"] and "not_stated" in field["offered"]}

    def fill(self, role: str, words: str) -> None:
        fillers = self.card.locator(f"[data-field^='role-{role}-away-']")
        if words in self.card.locator(f"[data-row='role-{role}'] .chip").all_inner_texts():
            return
        before = fillers.count()
        offered = dict(self.page.evaluate(OFFERED, f"role-{role}-offer"))
        if digit := offered.get(f"{words}?"):
            self.typist.to_text()
            self.typist.press(digit)
        else:
            self.typist.to_button(f"role-{role}")
            self.typist.press("Enter")
            point(self.typist, self.story.target(words))
        expect(fillers).to_have_count(before + 1)
        self.page.evaluate(DRAWN)

    def date(self, words: str, edtf: str) -> None:
        """The words of the time; what is read of them, or what a person reads."""
        place = self.story.place(words)
        self.typist.to_button("time-words")
        self.typist.press("Enter")
        self.typist.select(place["start"], place["end"])
        self.typist.press("Enter")
        expect(self.card.locator("[data-field=time-text]")).to_have_text(words)
        self.settled()
        self.typist.put({"edtf": edtf})

    def settled(self) -> None:
        """What the server reads of the words has come."""
        self.desk.saved()
        self.page.evaluate(DRAWN)

    def submit(self) -> None:
        """What the text leaves open was answered on the way; nothing may stand in the way now."""
        self.desk.saved()
        self.typist.to("#submit")
        self.typist.press("Enter")
        notice = self.page.locator("#notice:not([hidden])")
        expect(self.page.locator("#submit[data-status=open]").or_(notice)).to_be_visible()
        assert not notice.is_visible(), self.page.locator("#panel").inner_text()


def assignment_of(story: Story, corpus: Any, person: Any) -> Any:
    from corpus.models import Article

    article = Article.objects.filter(corpus=corpus, title=story.about["title"]).first()
    if article is None:
        article = factories.article(
            corpus,
            story.about["title"],
            language=story.about["language"],
            outlet=factories.outlet(corpus, story.about["outlet"]),
            published_edtf=story.about["published"],
            published_earliest=story.about["published"],
            published_latest=story.about["published"],
            published_basis="stated",
        )
        factories.document(story.text, of=article)
    return factories.assignment(article.documents.get(), person)
