"""Two readings adjudicated with the keyboard alone, from the button that begins to the submitted gold."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations.models import Adjudication, AdjudicationDecision, Assignment, Plan
from tests import factories, readings
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults_as_it_is


@pytest.fixture
def cast(transactional_db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    pair = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences])
    return people | {"pair": pair}


def tab_to(page, name):
    """Go on with Tab until the button of that name has the focus."""
    return Keyboard(page).go(page.get_by_role("button", name=name, exact=True))


def left(page, count):
    """So many cards, nothing that is being saved, and the script that reads the keys."""
    expect(page.locator("#work > li")).to_have_count(count)
    expect(page.locator(".page[inert]")).to_have_count(0)
    page.wait_for_load_state("load")


def test_from_the_readings_to_the_gold_by_keys_alone(page, sign_in, cast):
    sign_in(page, cast["chief"])
    page.goto(f"/articles/{cast['pair'][0].document.article_id}/adjudicate/")
    tab_to(page, "Begin adjudication")
    page.keyboard.press("Enter")
    page.wait_for_url("**/adjudicate/*-*/**")
    left(page, 5)
    names = [card.get_attribute("id") for card in page.locator(".difference").all()]
    for theme, width in (("light", 1280), ("light", 360), ("dark", 360)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], (theme, width)
    page.set_viewport_size({"width": 1280, "height": 844})

    adjudication = Adjudication.objects.get()
    key = str(1 + adjudication.inputs.get(assignment=cast["pair"][0]).position)
    for pressed in ("j", "j", "k"):
        page.keyboard.press(pressed)
    expect(page.locator(f'[id="{names[0]}"]')).to_be_focused()
    page.keyboard.press("Enter")  # the readings are even: nothing
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    page.keyboard.press(key)
    left(page, 4)
    expect(page.locator(f'[id="{names[1]}"]')).to_be_focused()
    page.keyboard.press("x")
    left(page, 3)
    page.keyboard.press("u")
    left(page, 4)
    for count in (3, 2, 1):
        page.keyboard.press("j")
        page.keyboard.press(key)
        left(page, count)
    page.keyboard.press("j")
    page.keyboard.press(key)
    expect(page.get_by_text("1 agreed item to check.", exact=False)).to_be_visible()
    left(page, 1)
    for theme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], (theme, width)
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="No undecided differences here")).to_be_visible()
    tab_to(page, "Submit the gold")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The gold is submitted.", exact=True).first).to_be_visible()

    assert Assignment.objects.get(pk=adjudication.gold_id).status == "submitted"
    rows = AdjudicationDecision.objects.exclude(outcome="auto").order_by("position")
    outcomes = [row.outcome for row in rows]
    assert outcomes == ["accepted", "dropped", "undone", *["accepted"] * 4, "looked"]
    assert rows[0].reason == "slip"


def test_undecided_cards_are_reached_past_decided_ones(page, sign_in, cast):
    sign_in(page, cast["chief"])
    page.goto(f"/articles/{cast['pair'][0].document.article_id}/adjudicate/")
    page.get_by_role("button", name="Begin adjudication").click()
    page.wait_for_url("**/adjudicate/*-*/**")
    page.goto(f"{page.url}?show=all")
    names = [card.get_attribute("id") for card in page.locator(".difference").all()]
    for pressed in ("j", "j", "x"):
        page.keyboard.press(pressed)
    expect(page.locator(".difference[data-decided]")).to_have_count(1)
    expect(page.locator(f'[id="{names[2]}"]')).to_be_focused()
    page.keyboard.press("K")
    page.keyboard.press("k")
    expect(page.locator(f'[id="{names[0]}"]')).to_be_focused()
    page.keyboard.press("J")
    expect(page.locator(f'[id="{names[2]}"]')).to_be_focused()


def test_from_a_card_to_its_words_in_the_text_and_back(page, sign_in, cast):
    sign_in(page, cast["chief"])
    page.goto(f"/articles/{cast['pair'][0].document.article_id}/adjudicate/")
    tab_to(page, "Begin adjudication")
    page.keyboard.press("Enter")
    page.wait_for_url("**/adjudicate/*-*/**")
    left(page, 5)
    card = page.locator(".difference", has=page.locator("mark", has_text="45,000 RMB per month"))
    for _ in range(5):
        page.keyboard.press("j")
        if card.evaluate("element => element === document.activeElement"):
            break
    words = page.locator("#text [data-card]", has_text="45,000 RMB per month")
    expect(words).to_have_attribute("aria-current", "true")
    expect(words).to_be_in_viewport()
    page.keyboard.press("t")
    expect(words).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_later_reading_is_included_on_the_page(page, sign_in, cast):
    document = cast["pair"][0].document
    plan = Plan.objects.create(
        corpus=document.corpus,
        name="Three",
        readings=3,
        share=100,
        created_by=cast["chief"],
        state="running",
        started=timezone.now(),
    )
    plan.articles.create(document=document, needed=3, chance=1, position=0)
    sign_in(page, cast["chief"])
    page.goto(f"/articles/{document.article_id}/adjudicate/")
    assert faults_as_it_is(page) == []
    page.get_by_label("Reason").fill("The third reader has left. " + "Unbroken" * 30)
    page.get_by_role("button", name="Begin adjudication").click()
    page.wait_for_url("**/adjudicate/*-*/**")
    left(page, 5)
    readings.readings(document.corpus, [factories.user("cid")], [readings.no_edit], document)
    page.reload()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], width
    page.get_by_role("button", name="Include", exact=True).click()
    expect(page.get_by_text("Included: 1 reading.")).to_be_visible()
    left(page, 5)
    assert Adjudication.objects.get().inputs.count() == 3
