"""What only one reader marked in a paragraph goes in by one key, and keys wait while a decision is saved."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import AdjudicationDecision, Assignment
from annotations.write.adjudicate import start
from tests import factories, readings
from tests.browser.test_pages_access import faults_as_it_is


@pytest.fixture
def begun(transactional_db, page, sign_in):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    document = factories.document(readings.TWO_PARAGRAPHS, corpus=corpus)
    readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.marks_little], document)
    row = start(document, people["chief"])[0]
    sign_in(page, people["chief"])
    page.goto(row.get_absolute_url())
    left(page, 7)
    return row


def left(page, count):
    said = f"{count} of 7 differences undecided" if count else "All 7 differences decided"
    expect(page.locator(".heading")).to_contain_text(said, timeout=10_000)


def decided():
    rows = AdjudicationDecision.objects.exclude(outcome="auto").order_by("position")
    return [(row.outcome, row.kind) for row in rows]


def letter_of(row):
    return row.inputs.get(assignment__annotator__username="ann").letter


def test_seven_differences_of_one_reader_take_two_presses(page, begun):
    assert faults_as_it_is(page) == []
    page.keyboard.press("j")
    words = f"Accept all that only {letter_of(begun)} marked in this paragraph (6)"
    expect(page.locator(".difference").first.get_by_role("button", name=words)).to_be_visible()
    presses = 0
    for count in (1, 0):
        page.keyboard.press("p")
        presses += 1
        left(page, count)
    assert presses == 2
    assert [outcome for outcome, _ in decided()] == ["accepted"] * 7
    expect(page.get_by_text("Accepted: 1 difference that only", exact=False)).to_be_visible()

    page.keyboard.press("u")
    left(page, 1)
    expect(page.locator(".difference").first).to_be_focused()
    expect(page.get_by_role("button", name="Undo last 6 decisions")).to_be_visible()
    page.keyboard.press("u")
    left(page, 7)
    expect(page.get_by_text("Undone: 6 decisions.")).to_be_visible()
    assert Assignment.objects.get(pk=begun.gold_id).events.count() == 0


class Held:
    """Decisions that the server gets when the test lets them go."""

    def __init__(self, page):
        self.page, self.routes = page, []
        page.route("**/decide/", self.hold)

    def hold(self, route):
        self.routes.append(route)

    def wait(self):
        for _ in range(1_000):
            if self.routes:
                break
            self.page.wait_for_timeout(10)
        return self.routes.pop(0)


def test_keys_pressed_while_a_decision_is_saved_act_after_it_in_their_order(page, begun):
    names = [card.get_attribute("id") for card in page.locator(".difference").all()]
    kinds = [name.split("-")[1] for name in names]
    key = str(1 + ord(letter_of(begun)) - ord("A"))
    held = Held(page)
    for pressed in ("j", key, "x", "j", "r", "3", "Escape", key, "u", "K", "x"):
        page.keyboard.press(pressed)
    assert decided() == []
    for _ in range(5):
        held.wait().continue_()
    left(page, 4)
    assert decided() == [
        ("accepted", kinds[0]),
        ("dropped", kinds[1]),
        ("accepted", kinds[3]),
        ("undone", kinds[3]),
        ("dropped", kinds[2]),
    ]
    assert AdjudicationDecision.objects.get(outcome="accepted", kind=kinds[3], position__gt=0, undoes=None).reason == "slip"
    expect(page.locator(f'[id="{names[3]}"]')).to_be_focused()


@pytest.mark.parametrize("answer", ["none", "refused"])
def test_an_error_stops_the_keys_that_wait_and_names_the_difference(page, begun, answer, allowed_console):
    held = Held(page)
    for pressed in ("j", "x", "x", "j", "x"):
        page.keyboard.press(pressed)
    held.wait().continue_()
    route = held.wait()
    first = page.locator(".difference").first
    kind = first.locator("h2").inner_text().split()[0]
    if answer == "none":
        allowed_console.append("ERR_FAILED")
        route.abort()
    else:
        gold = Assignment.objects.get(pk=begun.gold_id)
        factories.submitted(gold)
        route.continue_()
    told = page.locator(".messages .error")
    expect(told).to_have_text(re.compile(rf"Not saved: {kind} “.+”\. The 2 keys pressed after it did nothing\.$"))
    expect(first).to_be_focused()
    assert [outcome for outcome, _ in decided()] == ["dropped"]
    assert faults_as_it_is(page) == []
    if answer == "none":
        page.unroute("**/decide/")
        page.keyboard.press("x")
        left(page, 5)
        expect(told).to_have_count(0)


def test_the_switch_of_the_keys_stays_beside_them(page, begun):
    page.keyboard.press("j")
    page.keyboard.press("x")
    left(page, 6)
    page.get_by_label("Single-key shortcuts").uncheck()
    page.locator(".difference").first.focus()
    page.keyboard.press("x")
    left(page, 6)
