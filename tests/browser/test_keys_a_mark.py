"""Keys and presses a mark for complete articles, as the page gets them: words by the mouse, the rest by keys.

Who marks takes what is offered where it is right, by the keys that menu and card show, and enters the rest. `-s` prints the counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests import factories
from tests.browser.desk import Desk, assignment_on
from tests.browser.looks import DRAWN
from tests.browser.pieces import PIECES, Piece
from tests.browser.test_fx_5_keys import COUNT, findings

LAYERS = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))["layers"]
LABELS = {layer["key"] + label["key"]: label["name"] for layer in LAYERS for label in layer["labels"]}
BRINGS = ", with its entity"


class Reader:
    """Somebody who marks; what is on the page is looked at, and only keys and presses of a person act."""

    def __init__(self, desk: Desk, piece: Piece) -> None:
        self.desk, self.page, self.card = desk, desk.page, desk.card
        self.piece = piece
        self.known: set[str] = set()
        self.keys: Counter[str] = Counter()
        self.missed: list[tuple[str, str]] = []

    @contextmanager
    def spending(self, what: str) -> Iterator[None]:
        """Keys that go into one kind of act."""
        before = self.pressed()["keys"]
        yield
        self.keys[what] += self.pressed()["keys"] - before

    def pressed(self) -> dict[str, int]:
        return dict(self.page.evaluate("() => window.pressed"))

    def mark(self, words: str, nth: int, keys: str, entity: str = "") -> bool:
        """The first line of the menu by Enter where it is right, else the two keys of the label. Does the line bring the entity?"""
        with self.spending("label"):
            self.desk.select(words, nth)
            name, _, whose = self.desk.options.first.locator(".name").inner_text().partition(" · ")
            label = name.removesuffix(BRINGS)
            right = label == LABELS[keys] and (not whose or entity.lower() in whose.lower())
            if not right:
                self.missed.append(("label", words))
            self.desk.press(*(["Enter"] if right else keys))
            expect(self.page.locator("#menu")).to_be_hidden()
        expect(self.card.locator("header q")).to_have_text(words)
        self.page.evaluate(DRAWN)
        return right and (bool(whose) or name != label)

    def actor(self, words: str, nth: int, keys: str, entity: str) -> None:
        brought = self.mark(words, nth, keys, entity)
        self.desk.saved()
        linked = self.card.locator(".entity-name")
        if brought:
            expect(linked.or_(self.card.locator(".proposal").first)).to_be_visible()
            self.page.evaluate(DRAWN)
        with self.spending("entity"):
            self.entity(entity)

    def entity(self, entity: str) -> None:
        linked = self.card.locator(".entity-name")
        if entity in self.known:
            proposal = self.card.locator(".proposal").filter(has_text=entity)
            expect(linked.or_(proposal.first)).to_be_visible()
            if not linked.count():
                self.desk.press(proposal.first.locator("kbd").first.inner_text())
        elif not linked.count():
            by_enter = self.card.locator("[data-field=entity-new] kbd", has_text="Enter")
            other = self.card.locator(".proposal")
            expect(by_enter.or_(other.first)).to_be_visible()
            if by_enter.count():
                self.desk.press("Enter")
            else:
                self.desk.press("0")
                expect(self.page.locator(".entity-form")).to_be_visible()
                self.desk.press("Enter")
        expect(linked).to_contain_text(entity, ignore_case=True)
        self.known.add(entity)

    def event(self, words: str, which: int, keys: str, roles: list[tuple[str, str, int]]) -> None:
        self.mark(words, which, keys)
        self.desk.saved()
        self.checked()
        said = self.piece.values.get(words, {})
        with self.spending("all offered at once"):
            self.all_at_once(roles, said)
        with self.spending("roles"):
            for role, filler, nth in roles:
                self.fill(role, filler, nth)
        with self.spending("values"):
            self.values(said)

    def checked(self) -> None:
        """What the server reads and offers is there."""
        expect(self.page.locator("#checks .hint")).to_be_hidden()
        self.page.evaluate(DRAWN)

    def all_at_once(self, roles: list[tuple[str, str, int]], said: dict[str, str]) -> None:
        """Where all that is offered for roles and values is right."""
        if not self.card.locator("[data-field=all]").count():
            return
        right = {(f"role-{role}", words) for role, words, _ in roles}
        rows = self.card.locator("[data-row]:has(.offer)")
        for row in rows.all():
            code = row.get_attribute("data-row")
            offers = row.locator(".offer")
            if not code.startswith("role-"):
                if offers.count() == 1 and code in said and not row.locator(f"[data-target='{code}-{said[code]}']").count():
                    return
            elif any((code, offer.locator("span").last.inner_text().rstrip("?")) not in right for offer in offers.all()):
                return
        self.desk.press("Enter")
        expect(self.card.locator("[data-field=all]")).to_have_count(0)

    def fill(self, role: str, words: str, nth: int) -> None:
        self.page.evaluate(DRAWN)
        if self.card.locator(f"[data-row=role-{role}] .chip").filter(has_text=words).count():
            return
        row = self.card.locator(f"[data-row=role-{role}]")
        offer = row.locator(".offer").filter(has_text=words)
        chips = self.card.locator(f"[data-field^='role-{role}-away-']")
        if offer.count() and (key := offer.first.locator("kbd")).count():
            self.desk.press(key.inner_text())
        else:
            self.missed.append((role, words))
            self.card.locator(f"[data-field='role-{role}']").click()
            expect(self.page.locator("#menu")).to_be_visible()
            self.desk.click(words, nth)
        expect(chips).to_have_count(1)

    def values(self, said: dict[str, str]) -> None:
        """What the scheme wants and nobody has said: an offer where it is right, else from the list."""
        for field in self.card.locator("select[data-missing]").evaluate_all("all => all.map(({ name }) => name)"):
            self.page.evaluate(DRAWN)
            if not self.card.locator(f"[name={field}][data-missing]").count():
                continue
            wanted = said.get(field)
            offers = self.card.locator(f"[data-row={field}] .offer")
            right = self.card.locator(f"[data-target='{field}-{wanted}']") if wanted else offers
            if right.count():
                self.desk.press(right.first.locator("kbd").inner_text())
            elif not wanted and self.card.locator("[data-field=unstated]").count():
                self.desk.press("0")
            else:
                self.missed.append(("value", field))
                self.desk.press("v")
                control = self.card.locator(f"[name={field}]")
                expect(control).to_be_focused()
                self.choose(control, wanted or "not_stated")
            expect(self.card.locator(f"[name={field}][data-missing]")).to_have_count(0)

    def choose(self, control: Locator, value: str) -> None:
        """In a list, by the first letters of the name, the rest of the way by arrows."""
        name = control.locator(f"option[value={value}]").inner_text()
        for letter in name.split()[0]:
            if control.input_value() != value:
                self.desk.press(letter)
        options = control.locator("option").evaluate_all("all => all.map(({ value }) => value)")
        away = options.index(value) - options.index(control.input_value())
        self.desk.press(*["ArrowDown" if away > 0 else "ArrowUp"] * abs(away), "Enter")

    def claim(self, words: str, nth: int, source: str) -> None:
        self.desk.click(words, nth)
        with self.spending("claim"):
            self.desk.press("q")
        expect(self.card.locator(".claim-card")).to_be_visible()
        self.page.evaluate(DRAWN)
        told = self.card.locator("[data-field=source-words]")
        if not told.count():
            offer = self.card.locator("[data-field^='source-offer']").filter(has_text=source)
            with self.spending("who says it"):
                self.desk.press(offer.first.locator("kbd").inner_text())
        expect(told).to_have_text(source)


@pytest.fixture(params=PIECES)
def piece(request):
    return PIECES[request.param]


@pytest.fixture
def desk(page, sign_in, transactional_db, piece):
    made = assignment_on(piece.text)
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    page.evaluate(COUNT)
    return desk


def test_an_article_takes_few_keys_and_presses_a_mark(desk, piece):
    reader = Reader(desk, piece)
    for actor in piece.actors:
        reader.actor(*actor)
    for words, nth, keys in piece.figures:
        reader.mark(words, nth, keys)
    for event in piece.events:
        reader.event(*event)
    for claim in piece.claims:
        reader.claim(*claim)
    desk.saved()
    desk.idle()
    stored = desk.stored()
    assert (len(stored["mentions"]), len(stored["events"]), len(stored["attributions"])) == (
        piece.marks,
        len(piece.events),
        len(piece.claims),
    )
    pressed = reader.pressed()
    told = {"marks": piece.marks, "claims": len(piece.claims), **pressed, "by": dict(reader.keys), "not offered": reader.missed}
    told |= {f"{name} a mark": round(pressed[name] / piece.marks, 2) for name in ("keys", "presses")}
    told["errors"] = [(each["code"], each["field"]) for each in findings(desk) if each["level"] == "error"]
    print(json.dumps(told, ensure_ascii=False))
    assert told["errors"] == []
    assert told["keys a mark"] <= 2.5, told
    assert told["presses a mark"] <= 1.25, told
