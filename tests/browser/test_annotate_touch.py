"""With fingers, on a small screen: words by a tap or a long press, labels and cards in sheets at the lower edge."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import violations
from tests.browser.desk import Desk, assignment_on
from tests.browser.looks import DRAWN

SMALL = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 800}}
# Where the text begins, in each frame.
WATCH = """() => {
  window.tops = new Set();
  const look = () => {
    tops.add(Math.round(document.querySelector('#text').getBoundingClientRect().top + scrollY));
    requestAnimationFrame(look);
  };
  look();
}"""
# What a long press and then the browser's own handles do.
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
  }
}"""


@pytest.fixture
def hand(new_page, sign_in, transactional_db):
    made = assignment_on()
    page = new_page(**SMALL)
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def tap(desk, words):
    """Once the text has come to rest: a sheet that comes or goes scrolls it."""
    place = None
    while place != (place := desk.ends(words)[0]):
        desk.page.evaluate(DRAWN)
    desk.page.touchscreen.tap(place[0] + 6, place[1])


def in_focus(desk, *words):
    """A tap is told as a click a moment later."""
    lit = "(words) => [...CSS.highlights.get('focus')].map(String).join() === words"
    desk.page.wait_for_function(lit, arg=",".join(words))


def finger(desk, from_, to):
    session = desk.page.context.new_cdp_session(desk.page)

    def send(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    send("touchStart", from_)
    send("touchMove", ((from_[0] + to[0]) / 2, (from_[1] + to[1]) / 2))
    send("touchMove", to)
    send("touchEnd")
    desk.page.wait_for_timeout(350)  # sooner, and the browser may take a tap for a part of this gesture: no click comes of it


def sheet(locator, page):
    """Over the whole width, down to the edge, with the text above it."""
    box = locator.bounding_box()
    size = page.viewport_size
    return (
        box["x"] == 0
        and box["width"] == size["width"]
        and box["y"] + box["height"] == size["height"]
        and box["y"] > size["height"] / 3
    )


def test_a_whole_text_is_marked_with_fingers(hand):
    page, menu = hand.page, hand.page.locator("#menu")

    # A tap goes to a word, a second one opens the labels; no keyboard of the telephone comes up.
    tap(hand, "manager")
    hand.page.wait_for_function("() => String([...CSS.highlights.get('caret')]) === 'manager'")
    expect(menu).to_be_hidden()
    tap(hand, "manager")
    expect(menu).to_be_visible()
    assert sheet(menu, page)
    expect(menu.get_by_role("combobox")).not_to_be_focused()
    assert hand.options.first.bounding_box()["height"] >= 44
    hand.option("Person").tap()
    expect(menu).to_be_hidden()
    in_focus(hand, "manager")
    expect(hand.card).to_be_visible()
    assert sheet(page.locator("#panel"), page)
    expect(page.get_by_role("tab", name="Marks")).to_be_hidden()
    found = violations(page)
    assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == []

    # A finger at the grip makes it longer.
    box = page.locator(".grip[data-edge=end]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger(hand, (x, y), (x + 60, y))
    in_focus(hand, "manager told")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("title", re.compile("Undo: Change"))
    # By the mouse: of about one tap in eighty after a drag Chromium makes no click.
    undo.click()
    in_focus(hand, "manager")
    hand.card.get_by_role("button", name="Close").click()
    expect(hand.card).to_be_hidden()

    # A long press, and the handles of the browser.
    tap(hand, "earn")
    page.wait_for_function("() => String([...CSS.highlights.get('caret')]) === 'earn'")
    page.evaluate(SELECT, "45,000")
    expect(page.locator("#menu-title")).to_have_text("“45,000”")
    page.evaluate(SELECT, "45,000 RM")
    expect(page.locator("#menu-title")).to_have_text("“45,000 RMB”")
    hand.option("Money").tap()
    expect(menu).to_be_hidden()
    assert page.evaluate("String(getSelection())") == ""
    hand.card.get_by_role("button", name="Close").tap()

    # A keyboard that is there as well opens the same list to be typed into.
    tap(hand, "earn")
    hand.press(" ")
    expect(menu.get_by_role("combobox")).to_be_focused()
    hand.press("Escape")
    expect(menu).to_be_hidden()

    # A tap picks a mark, beside it none.
    tap(hand, "manager")
    in_focus(hand, "manager")
    tap(hand, "forced")
    in_focus(hand)
    expect(hand.card).to_be_hidden()

    # The lists are sheets as well, opened and shut by their tabs.
    labels = page.locator("#labels")
    expect(labels).to_be_hidden()
    page.get_by_role("tab", name="Marks").tap()
    expect(page.locator("#marks")).to_be_visible()
    page.locator("#marks .row").first.tap()
    in_focus(hand, "manager")
    hand.card.get_by_role("button", name="Close").tap()
    page.get_by_role("tab", name="Marks").tap()
    expect(page.locator("#marks")).to_be_hidden()
    hand.saved()
    assert hand.marks() == [("45,000 RMB", "MONEY"), ("manager", "PERSON")]


@pytest.mark.parametrize("width", [320, 390])
def test_the_text_stays_where_it_is_while_a_mark_is_saved(hand, width):
    page = hand.page
    page.set_viewport_size({"width": width, "height": 800})
    hand.saved()
    page.evaluate(WATCH)
    tap(hand, "manager")
    page.wait_for_function("() => String([...CSS.highlights.get('caret')]) === 'manager'")
    tap(hand, "manager")
    hand.option("Person").tap()
    in_focus(hand, "manager")
    hand.saved()
    expect(page.locator("#submit")).to_contain_text("1 error")
    assert len(page.evaluate("[...tops]")) == 1
