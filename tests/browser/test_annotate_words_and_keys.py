"""Which words a hand takes, where the keyboard is after the mouse, what goes back first, what the panel shows beside a mark."""

import re

from playwright.sync_api import expect

TEXT = "Officials met\n\nThe U.S. and China's workers told Foo Co. and others.\n\nThey went home."


def test_double_clicks_take_abbreviations_whole_and_no_possessive(desk_on):
    desk = desk_on(TEXT)
    hits = [("U", 0, "U.S."), (".", 0, "U.S."), ("S", 0, "U.S."), (".", 1, "U.S."), ("China", 0, "China"), ("'s", 0, "China")]
    for words, nth, taken in [*hits, ("Co", 0, "Co."), (".", 2, "Co."), (".", 3, "others")]:
        desk.double_click(words, nth)
        assert desk.caret() == taken, (words, nth)
        desk.press("Escape")
    desk.drag("China's", alt=True)
    assert desk.caret() == "China's"
    desk.press("Escape")
    # The caret walks over the same words.
    desk.press("Control+Home")
    desk.go_to("U.S.")
    desk.press("ArrowRight", "ArrowRight")
    assert desk.caret() == "China"


def test_two_keys_choose_in_the_menu_and_a_third_letter_filters(desk):
    desk.select("manager")
    desk.press("a", "c")
    expect(desk.card.locator("header .tag")).to_have_text("COM")
    # The next words are selected before the code of the last ones was taken: nothing is lost.
    desk.select("return")
    desk.press("e", "m")
    desk.drag("300")
    desk.press("f", "p")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE"), ("manager", "COMPANY"), ("return", "PAY")]
    desk.select("extended")
    desk.page.keyboard.type("empl")
    expect(desk.options.first).to_contain_text(re.compile("employ", re.IGNORECASE))
    desk.press("Escape")
    desk.select("extended")
    desk.page.keyboard.type("/em")
    desk.page.wait_for_timeout(400)
    expect(desk.page.locator("#menu")).to_be_visible()
    desk.press("Escape")
    assert len(desk.marks()) == 3


def test_after_the_mouse_the_keys_are_those_of_the_text(desk):
    """A freshly opened page hears them too; a button that was reached by keyboard keeps it."""
    page, text = desk.page, desk.page.locator("#text")
    page.wait_for_selector("#annotator[data-whole=yes]")
    desk.press("?")
    expect(page.locator("#help")).to_be_visible()
    desk.press("Escape")
    desk.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert desk.caret() == "home"
    desk.mark("300", "People count")
    desk.mark("return", "Return home")
    tools = page.locator(".tools")
    tools.get_by_role("button", name="Undo").click()
    expect(text).to_be_focused()
    tools.get_by_role("button", name="Redo").click()
    desk.press("Escape", "Escape", "n")
    assert desk.lit("focus") == ["300"]
    for name in ("Marks", "Checks", "Labels"):
        page.get_by_role("tab", name=name).click()
        expect(text).to_be_focused()
    tools.get_by_role("button", name="Help").click()
    desk.press("Escape")
    expect(text).to_be_focused()
    tools.get_by_role("button", name="Undo").focus()
    desk.press("Enter")
    expect(tools.get_by_role("button", name="Undo")).to_be_focused()


def test_a_selection_ends_with_its_paragraph(desk):
    start, _ = desk.ends("Daily NK")
    _, end = desk.ends("They")
    start, _ = desk.ends("Daily NK")
    mouse = desk.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(*end, steps=4)
    mouse.up()
    assert desk.caret() == "Daily NK."
    expect(desk.page.locator("#answer")).to_contain_text("Cut at the end of the paragraph")
    desk.press("Escape", "Escape")
    desk.go_to("NK")
    desk.press("Shift+ArrowRight")
    assert desk.caret() == "NK"
    expect(desk.page.locator("#answer")).to_contain_text("Cut at the end of the paragraph")


def test_undo_takes_a_refused_mark_back_first(desk, allowed_console):
    allowed_console.append("status of 422")
    desk.mark("300", "People count")
    desk.saved()
    refusal = {"code": "invalid", "title": "Invalid", "errors": [{"code": "SPAN-06", "detail": "over the end of a sentence"}]}
    desk.page.route("**/changes/", lambda route: route.fulfill(status=422, json=refusal), times=1)
    desk.mark("170", "People count")
    expect(desk.page.locator(".problem")).to_be_visible()
    desk.press("Control+z")
    expect(desk.page.locator(".problem")).to_have_count(0)
    expect(desk.page.locator("#answer")).to_contain_text("Undone: Mark “170”")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]
