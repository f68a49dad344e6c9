"""Which words a hand takes, where the keyboard is after the mouse, what goes back first, what the panel shows beside a mark."""

import re

import pytest
from playwright.sync_api import expect

from annotations.assign import open_for
from annotations.imports.load import load
from tests import factories
from tests.browser.desk import Desk
from tests.fixtures.browser import CODE_PAUSE

GOLD = factories.DOMAIN / "gold_seed.json"
SEED = factories.DOMAIN / "gold_seed.txt"
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


def test_korean_nouns_are_taken_without_their_particle(desk_on):
    desk = desk_on("중국 훈춘의 공장에서 노동자 150여 명이 회의 뒤 귀국했다.")
    for words, taken in [("훈춘의", "훈춘"), ("공장에서", "공장"), ("150여 명이", "150여 명"), ("회의", "회의")]:
        desk.drag(words)
        assert desk.caret() == taken
        desk.press("Escape")
    desk.drag("훈춘의", alt=True)
    assert desk.caret() == "훈춘의"
    desk.press("Escape", "Control+Home", "ArrowRight")
    assert desk.caret() == "훈춘"


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
    desk.page.wait_for_timeout(CODE_PAUSE + 100)
    expect(desk.page.locator("#menu")).to_be_visible()
    desk.press("Escape")
    assert len(desk.marks()) == 3


def test_a_claim_and_a_citation_are_made_by_their_key_after_the_mouse(desk):
    """Nothing is lost by the next selection, however soon it comes."""
    desk.select("170 were forced to return to the North")
    desk.press("q")
    expect(desk.card.locator("header strong")).to_have_text("Claim")
    desk.select("Contracts")
    desk.press("u")
    desk.drag("300")
    desk.press("f", "p")
    desk.saved()
    stored = desk.stored()
    assert [len(stored[kind]) for kind in ("attributions", "measure_refs", "mentions")] == [1, 1, 1]
    # A second letter that makes a word of it filters, as ever.
    desk.select("extended")
    desk.page.keyboard.type("qua")
    expect(desk.options.first).to_contain_text("Physical quantity")


def test_after_the_mouse_the_keys_are_those_of_the_text(desk):
    """A freshly opened page hears them too; a button that was reached by keyboard keeps it."""
    page, text = desk.page, desk.page.locator("#text")
    desk.press("?")
    expect(page.locator("#help")).to_be_visible()
    desk.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    desk.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert desk.caret() == "home"
    desk.mark("300", "People count")
    desk.mark("return", "Return home")
    tools = page.locator(".tools")
    tools.get_by_role("button", name="Undo").click()
    expect(text).to_be_focused()
    tools.get_by_role("button", name="Redo").click()
    desk.press("Escape", "Escape", "j")
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


def test_a_key_right_after_help_is_heard(desk):
    """The browser leaves the keyboard in a closed dialog until the next frame, where nobody had it before."""
    desk.press("?")
    expect(desk.page.locator("#help")).to_be_visible()
    left_in = desk.page.evaluate("""() => {
        const help = document.querySelector("#help");
        help.close();
        const target = document.activeElement;
        target.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
        return help.contains(target);
    }""")
    assert left_in
    assert desk.caret() == "Workers"


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
    expect(desk.page.locator("#answer")).to_contain_text("Shortened to the end of the paragraph")
    desk.press("Escape", "Escape")
    desk.go_to("NK")
    desk.press("Shift+ArrowRight")
    assert desk.caret() == "NK"
    expect(desk.page.locator("#answer")).to_contain_text("Shortened to the end of the paragraph")


def test_undo_takes_a_refused_mark_back_first(desk, allowed_console):
    allowed_console.append("status of 422")
    desk.mark("300", "People count")
    desk.saved()
    refusal = {
        "code": "invalid",
        "title": "Invalid",
        "errors": [{"code": "SPAN-06", "detail": "it crosses the end of a sentence"}],
    }
    desk.page.route("**/changes/", lambda route: route.fulfill(status=422, json=refusal), times=1)
    desk.mark("170", "People count")
    expect(desk.page.locator(".problem")).to_be_visible()
    desk.press("Control+z")
    expect(desk.page.locator(".problem")).to_have_count(0)
    expect(desk.page.locator("#answer")).to_contain_text("Undone: Annotate “170”")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]


@pytest.fixture
def practising(new_page, sign_in, transactional_db) -> Desk:
    """One who marks the practice article of the gold, on a laptop."""
    corpus, who, chief = factories.corpus(), factories.user("annotator"), factories.user("chief")
    factories.adopt(corpus)
    factories.membership(corpus, who, "annotator")
    factories.membership(corpus, chief, "manager")
    text = factories.document(SEED.read_text("utf-8"), of=factories.article(corpus, "Workers return", practice=True))
    load(corpus, GOLD.read_bytes(), name=GOLD.name, annotator=chief, user=chief, role="adjudication")
    page = new_page(viewport={"width": 1280, "height": 850})
    sign_in(page, who)
    return Desk(page, open_for(who, text)[0]).open()


# Rows of the list that is open which can be seen whole, and labels of the palette that are cut.
SEEN = """(enough) => {
  const list = document.querySelector('#panel [role=tabpanel]:not([hidden])').getBoundingClientRect();
  const rows = [...document.querySelectorAll('#panel [role=tabpanel]:not([hidden]) .row')].map((row) => row.getBoundingClientRect());
  return rows.filter(({ top, bottom, height }) => height && top >= list.top && bottom <= Math.min(list.bottom, innerHeight)).length >= enough;
}"""
CUT = "() => [...document.querySelectorAll('#palette .name')].filter((n) => n.scrollWidth > n.clientWidth).map((n) => n.textContent)"


def test_the_card_and_the_lists_are_both_seen(practising):
    desk, page = practising, practising.page
    assert page.evaluate(CUT) == []
    for words, keys in (("Dandong", "at"), ("sewing factory", "af"), ("China", "at"), ("UNSC", "ai"), ("repatriated", "er")):
        desk.select(words)
        desk.press(*keys)
    desk.saved()
    for width in (1280, 1360):
        page.set_viewport_size({"width": width, "height": 850})
        page.get_by_role("tab", name="Marks").click()
        expect(desk.card).to_be_visible()
        page.wait_for_function(SEEN, arg=4)
    page.get_by_role("button", name="Compare with gold").click()
    expect(page.locator("#gold li").first).to_be_visible()
    desk.press("=")
    expect(page.locator("#text")).to_be_focused()
    page.wait_for_function(SEEN, arg=2)
    # How a mark is heard while the text is read, and that nothing of it is text.
    for kind in ("Territory / place: Dandong", "Return home"):
        expect(page.locator(f"#text .seg[role=mark][aria-roledescription='{kind}']").first).to_be_attached()


def test_marked_once_linked_once_and_undone_once(desk):
    page = desk.page
    desk.select("North")
    desk.press("a", "t")
    desk.press("0")
    form = page.locator("form.entity-form")
    form.get_by_label("Preferred name").fill("The North")
    desk.look()  # the form hears of clicks elsewhere once the key that opened it is over
    # A click elsewhere does not throw away what was typed.
    page.mouse.click(300, 560)
    expect(form).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Not saved")
    form.get_by_label("Preferred name").fill("North")
    form.get_by_role("button", name="Create").click()
    expect(desk.card).to_contain_text("North")
    # The checks follow without another act.
    expect(page.locator("#submit")).to_have_text("Submit")
    kinds = page.locator("#text .seg[role=mark]")
    expect(kinds.first).to_have_attribute("aria-roledescription", "Territory / place: North")
    # The same words under the same label come into focus.
    desk.press("Escape", "Escape")
    desk.select("North")
    desk.press("a", "t")
    expect(page.locator("#answer")).to_contain_text("Already marked")
    assert desk.lit("focus") == ["North"]
    # A mark that is linked by itself goes back with its link.
    desk.select("North", nth=1)
    desk.press("a", "t")
    expect(page.locator("#answer")).to_contain_text("Linked to North (only match)")
    desk.press("Control+z")
    desk.saved()
    assert desk.marks() == [("North", "TERRITORY")]


def test_after_submitting_enter_opens_the_next_article(practising):
    desk, page = practising, practising.page
    other = factories.document("Another one.", of=factories.article(desk.assignment.document.article.corpus, "Another"))
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".tools").get_by_role("button", name="Next article")).to_be_focused()
    desk.press("Enter")
    expect(page.locator(".toolbar h1")).to_have_text(other.article.title)
    page.wait_for_selector("#annotator[data-whole=yes]")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("link", name="Queue is empty")).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
