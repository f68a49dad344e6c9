"""The sentence of a row, by keys: two lines, and whole on a press; with and without script, on a screen and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.asking import rows

EVENTS = "/corpora/seeded/ask/events/?status=any&polarity=any"
LINES = "nodes => nodes.map((node) => Math.round(node.clientHeight / parseFloat(getComputedStyle(node).lineHeight)))"


@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize("ledger", ["events", "figures", "sources", "network", "causes", "law", "disputes"])
def test_two_lines_at_most(asking, ledger, width):
    asking.set_viewport_size({"width": width, "height": 900})
    asking.goto(f"/corpora/seeded/ask/{ledger}/")
    assert set(asking.locator(".quotation:has(mark)").evaluate_all(LINES)) <= {1, 2}


def test_the_whole_sentence_by_keys(asking):
    page = asking
    page.goto(EVENTS)
    row = rows(page).filter(has=page.locator(".quotation mark", has_text="170")).first
    expect(row.locator(".quotation mark")).to_have_text(["170", "return"])
    whole = row.locator(".whole-sentence q")
    expect(whole).to_be_hidden()
    row.locator(".quotation").focus()
    page.keyboard.press("Tab")
    expect(row.locator(".whole-sentence summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(whole).to_be_visible()
    expect(whole).to_contain_text("But due to the recently adopted UNSC resolution")
    page.keyboard.press("Enter")
    expect(whole).to_be_hidden()


def test_a_sentence_that_only_a_phone_cuts_is_opened_there(new_page, sign_in, reviewer):
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    sign_in(page, reviewer)
    page.goto(EVENTS)
    narrow = page.locator(".whole-sentence.narrow").first
    expect(narrow).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 900})
    narrow.locator("summary").press("Enter")
    expect(narrow.locator("q")).to_be_visible()


def test_source_outlet_and_date_stand_together_below_the_sentence(asking):
    asking.goto(EVENTS)
    row = rows(asking).filter(has=asking.locator(".quotation mark", has_text="170")).first
    line = row.locator(".entry > .small").first
    expect(line).to_have_text(re.compile(r"^Unnamed Manager .*Daily NK.*between 2017-09-04 and 2017-09-30.*paragraph \d"))
    assert line.bounding_box()["y"] >= row.locator(".quotation").first.bounding_box()["y"] + 20
