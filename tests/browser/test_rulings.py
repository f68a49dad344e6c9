"""From a decided difference to a ruling by the key g, and the ruling beside its label in the annotator."""

import pytest
from playwright.sync_api import expect

from annotations.models import Ruling
from annotations.write.adjudicate import start
from tests import factories, readings
from tests.annotations.pages.test_rulings import WORDS, other_label
from tests.browser.desk import Desk
from tests.browser.test_pages_access import faults_as_it_is


@pytest.fixture
def cast(transactional_db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    pair = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, other_label])
    fresh = factories.assignment(factories.document("They earn 300 RMB.", corpus=corpus), people["ann"])
    return people | {"begun": start(pair[0].document, people["chief"])[0], "pair": pair, "fresh": fresh}


def test_a_decision_becomes_a_ruling_by_keys(page, sign_in, cast):
    sign_in(page, cast["chief"])
    begun = cast["begun"]
    page.goto(f"{begun.get_absolute_url()}?show=all&kind=mark")
    reader = 1 + begun.inputs.get(assignment=cast["pair"][0]).position
    for key in ("j", str(reader)):
        page.keyboard.press(key)
    expect(page.locator(".difference[data-decided]")).to_have_count(1)
    page.wait_for_load_state()  # before its script, the page knows no keys
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.wait_for_url("**/ruling/**")
    expect(page.locator("blockquote mark")).to_have_text(WORDS)
    expect(page.get_by_label("Right label")).to_have_value("FIGURE.MONEY")
    for theme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], (theme, width)
    page.set_viewport_size({"width": 1280, "height": 844})
    page.get_by_label("Reason").fill("Money is no count.")
    page.get_by_role("button", name="Add ruling").press("Enter")
    expect(page.get_by_text("Ruling added to “Money”.")).to_be_visible()
    assert Ruling.objects.get().decision.outcome == "accepted"

    sign_in(page, cast["ann"])
    Desk(page, cast["fresh"]).open()
    page.locator("#palette button[data-code=PEOPLE]").focus()
    beside = page.locator("#palette .about .ruling")
    # The gold is open: the words are for nobody who may still read the text.
    expect(beside).to_have_text("Ruling: Figures: Money, not Figures: People count. Money is no count.")
    page.get_by_role("button", name="Help").click()
    expect(page.locator("#help .ruling").first).to_be_visible()
