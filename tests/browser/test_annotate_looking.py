"""What can be seen of marks: lanes, badges, highlights, names, the list, the checks."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def nested(desk):
    """*North* inside *North Korean workers*, with a trigger and its filler."""
    desk.mark("North Korean workers", "Group of people")
    desk.mark("return", "Return home")
    desk.saved()
    return desk


def test_a_click_picks_the_shortest_mark_and_again_the_next(nested):
    nested.mark("workers", "Work and contracts")
    nested.saved()
    nested.press("Escape")
    nested.click("workers here")
    assert nested.lit("focus") == ["workers"]
    nested.click("workers here")
    assert nested.lit("focus") == ["North Korean workers"]
    nested.click("workers here")
    assert nested.lit("focus") == ["workers"]


def test_overlapping_marks_lie_on_lanes_below_each_other(nested):
    nested.mark("workers", "Work and contracts")
    expect(nested.page.locator(".lane0-event0, .lane0-event1, .lane0-event2, .lane0-event3").first).to_have_text("workers")
    outer = nested.page.locator("[class*=lane1-actor]")
    assert outer.all_inner_texts() == ["North Korean ", "workers"]


def test_four_marks_on_the_same_words_stay_legible_and_more_are_told(desk):
    stack = [
        ("Korean", "Territory / place"),
        ("North Korean", "State or party organ"),
        ("North Korean workers", "Group of people"),
        ("300 North Korean workers", "People count"),
        ("300 North Korean workers here", "Work and contracts"),
    ]
    for words, label in stack:
        desk.mark(words, label)
    desk.press("Escape", "Escape")
    more = desk.page.locator(".seg[data-more]")
    expect(more).to_have_count(1)
    expect(more).to_have_attribute("data-more", "+1")
    deepest = desk.page.locator(".seg", has_text="Korean").first
    lanes = deepest.evaluate(
        "({ classList }) => [...classList].filter((name) => /^lane\\d-/.test(name)).map((name) => name.replace(/\\d$/, ''))"
    )
    assert lanes == ["lane0-actor", "lane1-actor", "lane2-actor", "lane3-figure"]
    # Every line of the stack is its own row below the words, and none reaches the badges of the next line.
    rows = re.compile(r"^calc\(100% - 12px\), calc\(100% - 8px\), calc\(100% - 4px\), 100%")
    expect(deepest).to_have_css("background-position-y", rows)  # asked again: what was just saved is drawn anew
    desk.mark("manager", "Person")
    desk.page.set_viewport_size({"width": 420, "height": 900})
    assert desk.covered() == []
    # Five clicks on the same place go outwards, and a sixth begins again.
    seen = []
    desk.press("Escape", "Escape")
    for _ in range(6):
        desk.click("Korean")
        seen += desk.lit("focus")[0:1]
    assert seen == [*(words for words, _ in stack), "Korean"]


def test_a_badge_never_changes_where_lines_break(desk):
    height = "document.querySelector('#text').getBoundingClientRect().height"
    before = desk.page.evaluate(height)
    desk.mark("300", "People count")
    desk.mark("here", "Territory / place")
    assert desk.page.evaluate(height) == before


def test_both_parts_of_a_discontinuous_mark_light_up_together(desk):
    desk.mark("45,000 RMB", "Money")
    desk.select("month")
    desk.option("Add to").click()
    desk.press("Escape")
    desk.page.mouse.move(5, 5)
    (x, y), _ = desk.ends("month")
    desk.page.mouse.move(x + 10, y)
    desk.page.mouse.move(x + 11, y)
    desk.wait_for_lit("hover", ["45,000 RMB", "month"])


def test_marks_have_names_for_screen_readers(nested):
    name = "Actor, Group of people, North Korean workers"
    kinds = nested.page.locator(".seg[role=mark]").evaluate_all("(all) => all.map((node) => node.ariaRoleDescription)")
    assert kinds == ["Group of people", "Return home"]
    nested.page.get_by_role("tab", name="Marks").click()
    expect(nested.page.get_by_role("button", name=name)).to_be_visible()


def test_moving_to_a_mark_speaks_its_name(nested):
    nested.press("Escape", "Control+Home", "j")
    expect(nested.page.locator("#spoken")).to_contain_text("Actor, Group of people, North Korean workers")


def test_j_and_k_go_from_mark_to_mark(nested):
    nested.press("Escape", "Escape")
    nested.press("j")
    assert nested.lit("focus") == ["North Korean workers"]
    nested.press("j")
    assert nested.lit("focus") == ["return"]
    nested.press("k")
    assert nested.lit("focus") == ["North Korean workers"]


def test_the_list_of_marks_filters_and_jumps(nested):
    nested.page.locator("#text").focus()
    nested.press("/")
    nested.page.keyboard.type("return home")
    rows = nested.page.locator("#marks .row")
    expect(rows).to_have_count(1)
    rows.first.click()
    nested.wait_for_lit("focus", ["return"])


@pytest.mark.parametrize(("tab", "keys"), [("Marks", "fp"), ("Claims", "q")])
def test_a_list_that_is_drawn_anew_leaves_the_keyboard_at_its_row(desk, tab, keys):
    for words in ("300", "170"):
        desk.go_to(words)
        desk.press("Shift+ArrowRight", *keys, "Escape", "Escape")
    desk.page.get_by_role("tab", name=tab).click()
    rows = desk.page.locator(f"#{tab.lower()} .row")
    expect(rows).to_have_count(2)
    rows.first.focus()
    desk.press("Control+z")
    expect(rows).to_have_count(1)
    expect(rows).to_be_focused()
    desk.press("Control+z")
    expect(rows).to_have_count(0)
    expect(desk.page.locator("#text")).to_be_focused()


def test_the_marks_here_are_listed_for_the_keyboard(nested):
    nested.mark("workers", "Work and contracts")
    nested.press("o")
    expect(nested.options).to_have_count(2)
    nested.press("ArrowDown", "Enter")
    assert nested.lit("focus") == ["North Korean workers"]


def test_a_label_tells_what_it_is_without_leaving_the_page(desk):
    desk.page.get_by_role("button", name="Facility / site").hover()
    expect(desk.page.locator("#about-label")).to_contain_text("A built site")


def test_the_help_lists_keys_and_switches_single_keys_off(desk):
    desk.page.locator("#text").focus()
    desk.press("?")
    dialog = desk.page.get_by_role("dialog", name="Help")
    expect(dialog).to_contain_text("Undo")
    dialog.get_by_role("checkbox").uncheck()
    desk.press("Escape")
    desk.go_to("300")
    desk.press("f", "p")
    desk.open()
    assert desk.marks() == []
    desk.go_to("300")
    desk.press("f", "p")
    assert desk.badges() == []


def test_tab_leaves_the_text(desk):
    desk.page.locator("#text").focus()
    desk.press("Tab")
    expect(desk.page.locator("#text")).not_to_be_focused()


def test_an_empty_page_says_what_to_do_first(desk):
    desk.page.get_by_role("tab", name="Marks").click()
    expect(desk.page.locator("#marks")).to_contain_text("No marks yet. Double-click a word")


def test_a_link_opens_the_page_at_the_mark(nested):
    mark = next(item for item in nested.stored()["mentions"] if item["quote"] == "return")
    nested.page.goto(f"{nested.assignment.get_absolute_url()}#mark={mark['id']}")
    nested.page.reload()
    nested.page.wait_for_selector("#annotator[data-ready=yes]")
    nested.wait_for_lit("focus", ["return"])


def test_checks_of_the_server_are_listed_and_jump(nested, allowed_console):
    allowed_console.append("status of 422")
    nested.page.get_by_role("button", name="Submit").click()
    check = nested.page.locator("#checks .row", has_text="ACT-01").first
    expect(check).to_be_visible()
    check.click()
    nested.wait_for_lit("focus", ["North Korean workers"])


def test_a_tab_that_is_pressed_while_its_count_changes_hears_the_click(desk):
    held = []  # the answer of the checks to the second mark
    desk.mark("300", "People count")
    count = desk.page.locator("#tab-checks .count[data-level=error]")
    expect(count).to_contain_text("!1")
    desk.page.route("**/checks/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    desk.mark("170", "People count")
    count.hover()
    desk.page.mouse.down()
    desk.page.unroute("**/checks/")  # which lets go of what is held
    expect(count).to_contain_text("!2")
    desk.page.mouse.up()
    expect(desk.page.locator("#tab-checks")).to_have_attribute("aria-selected", "true")
    expect(desk.page.locator("#text")).to_be_focused()


def test_the_page_brings_the_marks_along_and_asks_for_the_scheme_once(desk):
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.open()
    assert not [url for url in asked if "/api/v1/assignments/" in url and not url.endswith(("/checks/", "/suggestions/"))]
    assert len([url for url in asked if "/schemes/" in url]) == 1


def test_an_answer_can_be_read_until_the_next_move(desk):
    answer, whose = desk.page.locator("#answer"), desk.page.locator(".toolbar .whose")
    expect(whose).to_be_visible()
    desk.go_to("300")
    desk.press("o")
    expect(answer).to_be_visible()
    expect(answer).to_have_text("No mark here.")
    expect(whose).to_be_hidden()
    desk.press("ArrowRight")
    expect(answer).to_be_hidden()
    expect(whose).to_be_visible()
