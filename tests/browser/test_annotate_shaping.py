"""Marks get other ends by their grips, and the same words elsewhere are marked in one act; what the buttons say of it."""

import pytest
from playwright.sync_api import expect

from tests import marks
from tests.browser.barriers import violations

TEXT = (
    "Kim spoke first\n\nThe plant manager met Kim at the old plant near the port. Later KIM left, and Kimchi was served.\n\n"
    "They earn 45,000 RMB in cash per month."
)


@pytest.fixture
def desk(desk_on):
    return desk_on(TEXT)


def findings(desk):
    found = violations(desk.page)
    return [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found]


def grip(desk, edge, nth=0):
    """Middle of a grip."""
    box = desk.page.locator(f".grip[data-edge={edge}]").nth(nth).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(desk, edge, to, nth=0, end="last"):
    """A grip to the first or last character of some words."""
    mouse = desk.page.mouse
    x, y = grip(desk, edge, nth)
    mouse.move(x, y)
    mouse.down()
    start, stop = desk.ends(to)
    mouse.move(*(stop if end == "last" else start), steps=3)
    mouse.up()


# How often something asks to draw in 30 frames, beyond the count's own. What answers draw comes to an end.
FRAMES_ASKED_FOR = """
async () => {
  const own = window.requestAnimationFrame;
  let asked = 0;
  window.requestAnimationFrame = (draw) => (asked += 1, own.call(window, draw));
  for (let frame = 0; frame < 30; frame += 1) await new Promise((next) => own.call(window, next));
  window.requestAnimationFrame = own;
  return asked;
}
"""


def test_the_ends_of_a_mark_are_dragged(desk):
    undo = desk.page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("aria-disabled", "true")
    expect(undo).to_have_attribute("title", "Nothing to undo (Ctrl+Z)")
    desk.mark("plant", "Facility / site", nth=1)
    expect(desk.page.locator(".grip")).to_have_count(2)
    desk.saved()
    assert 0 in (desk.page.evaluate(FRAMES_ASKED_FOR) for _ in range(20)), "a page where nothing happens draws nothing"
    assert desk.page.evaluate("CSS.highlights.get('focus').priority > CSS.highlights.get('caret').priority")
    drag(desk, "end", "near the")
    assert desk.lit("focus") == ["plant near the"]
    drag(desk, "start", "old", end="first")
    assert desk.lit("focus") == ["old plant near the"]
    drag(desk, "end", "old plant")
    assert desk.lit("focus") == ["old plant"]
    expect(undo).to_have_attribute("title", "Undo: Change “old plant” (Ctrl+Z)")
    desk.page.keyboard.down("Alt")
    drag(desk, "end", "old pla")
    desk.page.keyboard.up("Alt")
    assert desk.lit("focus") == ["old pla"]
    desk.press("Alt+}", "Alt+}", "Alt+{")
    assert desk.lit("focus") == ["old plan"]
    desk.press("Control+z", "Control+z", "Control+z")
    desk.saved()
    assert desk.marks() == [("old pla", "FACILITY")]
    expect(desk.page.get_by_role("button", name="Redo")).to_have_attribute("aria-disabled", "false")
    # Escape leaves the mark as it was.
    mouse = desk.page.mouse
    mouse.move(*grip(desk, "end"))
    mouse.down()
    mouse.move(*desk.ends("the port")[1], steps=3)
    assert desk.lit("focus") == ["old plant near the port"]
    desk.press("Escape")
    mouse.up()
    assert desk.lit("focus") == ["old pla"]
    desk.press("Escape", "Escape")
    expect(desk.page.locator(".grip")).to_have_count(0)


def test_each_fragment_has_two_ends_and_what_meets_is_one(desk):
    desk.mark("45,000 RMB", "Money")
    desk.select("month")
    desk.option("Add to").click()
    expect(desk.page.locator(".grip")).to_have_count(4)
    drag(desk, "start", "per", nth=1, end="first")
    assert desk.lit("focus") == ["45,000 RMB", "per month"]
    drag(desk, "end", "in", nth=0)
    assert desk.lit("focus") == ["45,000 RMB in", "per month"]
    drag(desk, "start", "cash", nth=1, end="first")
    assert desk.lit("focus") == ["45,000 RMB in cash per month"]
    desk.saved()
    assert desk.marks() == [("45,000 RMB in cash per month", "MONEY")]
    desk.press("Control+z")
    expect(desk.page.locator(".grip")).to_have_count(4)


def test_all_other_occurrences_are_marked_in_one_act(desk):
    corpus = desk.assignment.document.corpus
    entity = marks.entity(corpus, "Kim Il", type="PERSON")
    desk.mark("Kim", "Person")
    desk.saved()
    # A proposal comes from the corpus and is shown before its key does something.
    expect(desk.card.locator(".proposal .name")).to_have_text("Kim Il")
    desk.press("1")
    expect(desk.card.locator(".entity-name")).to_have_text("Kim Il")
    desk.press("m")
    dialog = desk.page.get_by_role("dialog", name="Other occurrences of")
    expect(dialog).to_contain_text("2 more · all linked to Kim Il")
    boxes = dialog.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    assert dialog.locator("mark").all_inner_texts() == ["Kim", "KIM"]
    expect(boxes.first).to_be_focused()
    assert findings(desk) == []
    desk.press("ArrowDown", " ")
    expect(dialog.get_by_role("button", name="Annotate 2")).to_be_visible()
    desk.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.page.locator("#text")).to_be_focused()
    desk.saved()
    assert [item["attributes"]["entity"] for item in desk.stored()["mentions"]] == [str(entity.id)] * 3
    assert desk.marks() == [("KIM", "PERSON"), ("Kim", "PERSON"), ("Kim", "PERSON")]
    desk.card.get_by_role("button", name="All other occurrences").click()
    expect(dialog).to_contain_text("No other occurrences to annotate · 2 already marked")
    desk.press("Escape", "Control+z")
    desk.saved()
    assert desk.marks() == [("Kim", "PERSON")]


def test_two_keys_in_the_menu_do_not_cut_a_name_short(desk):
    desk.select("port")
    desk.page.keyboard.type("employer")
    expect(desk.options).to_have_count(1)
    desk.press("Enter")
    assert desk.badges() == ["COM"]
    desk.select("45,000 RMB")
    desk.page.keyboard.type("em")
    desk.press("Enter")
    assert sorted(desk.badges()) == ["COM", "PAY"]
    desk.select("cash")
    desk.page.keyboard.type("e m")
    expect(desk.page.locator("#menu")).to_be_hidden()
    desk.select("month")
    desk.page.keyboard.type("fd")
    expect(desk.page.locator("#menu")).to_be_hidden()
    desk.saved()
    assert desk.marks() == [("45,000 RMB", "PAY"), ("cash", "PAY"), ("month", "DURATION"), ("port", "COMPANY")]


def test_the_keys_are_given_to_people_who_do_not_see_the_page(desk):
    text, spoken = desk.page.locator("#text"), desk.page.locator("#spoken")
    expect(text).to_have_attribute("role", "group")
    button = desk.page.get_by_role("button", name="Keyboard annotation")
    button.focus()
    expect(button).to_be_in_viewport()
    desk.press("Enter")
    expect(text).to_have_attribute("role", "application")
    assert findings(desk) == []
    expect(text).to_be_focused()
    desk.press("ArrowRight", "Shift+ArrowRight")
    expect(spoken).to_have_text("spoke first")
    desk.press("a", "g")
    expect(spoken).to_have_text("Actor, Group of people, spoke first.")
    desk.press("Shift+Tab", "Enter")
    expect(text).to_have_attribute("role", "group")
