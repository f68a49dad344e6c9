"""Marks are made, changed and taken away by mouse and by keys, and are there after a reload."""

import pytest
from playwright.sync_api import expect

BOTH = [("300", "PEOPLE"), ("return", "REPATRIATE")]


def test_words_then_label_by_mouse(desk):
    desk.mark("300", "People count")
    desk.mark("return", "Return home")
    desk.saved()
    assert desk.marks() == BOTH
    desk.open()
    assert sorted(desk.badges()) == ["PPL", "REP"]


def test_the_same_by_the_keyboard_alone(desk):
    desk.go_to("300")
    desk.press("f", "p")
    desk.go_to("return")
    desk.press("e", "r")
    desk.saved()
    assert desk.marks() == BOTH
    desk.open()
    assert sorted(desk.badges()) == ["PPL", "REP"]


def test_a_trigger_is_stored_with_its_event(desk):
    desk.mark("return", "Return home")
    desk.saved()
    [event] = desk.stored()["events"]
    assert (event["type"], len(event["triggers"])) == ("REPATRIATE", 1)
    for field in ("status", "polarity", "certainty"):
        # Nobody has chosen anything: what stands there was read from the words.
        assert (event[field] is None) != (field in event["read"])
        expect(desk.card.locator(f"[name={field}]")).to_have_value(event[field] or "")
    expect(desk.card).to_contain_text("Who sends")


def test_the_value_of_a_figure_is_read_by_the_server_and_corrected_in_the_panel(desk):
    desk.mark("300", "People count")
    expect(desk.card.locator(".reading")).to_have_text("300 people")
    expect(desk.card.get_by_label("Number")).to_have_value("300")
    desk.card.get_by_label("Comparator").select_option("between")
    expect(desk.card.get_by_text("A range needs both numbers")).to_contain_text("FIG-01")
    desk.card.get_by_label("From").fill("250")
    desk.card.get_by_label("To", exact=True).fill("300")
    desk.card.get_by_label("Approximate").check()
    desk.saved()
    expect(desk.card.locator(".reading")).to_have_text("250 to 300 people, approximate")
    values = desk.stored()["mentions"][0]["attributes"]
    assert (values["low"], values["high"], values["comparator"], values["approximate"]) == (250, 300, "between", True)


def test_the_attributes_of_an_event_are_changed_in_the_panel(desk):
    desk.mark("return", "Return home")
    desk.card.get_by_label("Manner").select_option("forced")
    desk.card.get_by_label("Status").select_option("expected")
    desk.saved()
    event = desk.stored()["events"][0]
    assert (event["attributes"]["manner"], event["status"]) == ("forced", "expected")


def test_a_drag_over_half_words_takes_whole_ones(desk):
    desk.select("orth Korean work")
    desk.option("Group of people").click()
    desk.saved()
    assert desk.marks() == [("North Korean workers", "GROUP")]


def test_a_double_click_takes_the_word(desk):
    desk.double_click("manager")
    desk.option("Person").click()
    desk.saved()
    assert desk.marks() == [("manager", "PERSON")]


def test_in_the_menu_two_keys_choose_at_once(desk):
    desk.select("45,000 RMB")
    desk.press("f", "m")
    desk.saved()
    assert desk.marks() == [("45,000 RMB", "MONEY")]


def test_in_the_menu_words_filter_and_enter_chooses(desk):
    desk.select("Daily NK")
    desk.page.keyboard.type("outlet")
    expect(desk.options).to_have_count(1)
    desk.press("Enter")
    desk.saved()
    assert desk.marks() == [("Daily NK", "MEDIA")]


def test_escape_closes_the_menu_and_gives_the_keyboard_back(desk):
    desk.select("Daily NK")
    desk.press("Escape")
    expect(desk.page.locator("#menu")).to_be_hidden()
    expect(desk.page.locator("#text")).to_be_focused()
    assert desk.caret() == "Daily NK"


def test_label_then_words(desk):
    desk.page.get_by_role("button", name="People count").click()
    expect(desk.page.locator("#armed")).to_contain_text("People count")
    desk.drag("300")
    desk.drag("170")
    desk.press("Escape")
    expect(desk.page.locator("#armed")).to_be_hidden()
    desk.saved()
    assert desk.marks() == [("170", "PEOPLE"), ("300", "PEOPLE")]


def test_enter_gives_the_last_label_again(desk):
    desk.go_to("300")
    desk.press("f", "p")
    desk.go_to("170")
    desk.press("Enter")
    desk.saved()
    assert desk.marks() == [("170", "PEOPLE"), ("300", "PEOPLE")]


def test_shift_selects_several_words(desk):
    desk.go_to("North")
    desk.press("Shift+ArrowRight", "Shift+ArrowRight", "a", "g")
    desk.saved()
    assert desk.marks() == [("North Korean workers", "GROUP")]


def test_a_mark_gets_another_label_in_the_panel(desk):
    desk.mark("manager", "Person")
    desk.card.get_by_label("Label").select_option("GROUP")
    desk.saved()
    assert desk.marks() == [("manager", "GROUP")]


def test_a_mark_gets_another_label_by_two_keys(desk):
    desk.mark("manager", "Person")
    desk.press("a", "g")
    desk.saved()
    assert desk.marks() == [("manager", "GROUP")]


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_a_key_deletes_the_mark_in_focus(desk, key):
    desk.mark("300", "People count")
    desk.press(key)
    desk.saved()
    assert desk.marks() == []
    assert desk.badges() == []


def test_a_deleted_trigger_takes_its_event_along(desk):
    desk.mark("return", "Return home")
    desk.press("Delete")
    desk.saved()
    stored = desk.stored()
    assert (stored["mentions"], stored["events"]) == ([], [])


def test_undo_and_redo_of_everything(desk):
    desk.mark("300", "People count")
    desk.mark("return", "Return home")
    desk.press("Delete", "Control+z")
    desk.saved()
    assert desk.marks() == BOTH
    desk.press("Control+z", "Control+z")
    desk.saved()
    assert desk.marks() == []
    desk.press("Control+Shift+z", "Control+Shift+z")
    desk.saved()
    assert desk.marks() == BOTH
    assert len(desk.stored()["events"]) == 1


def test_a_second_fragment_makes_a_discontinuous_mark(desk):
    desk.mark("45,000 RMB", "Money")
    desk.select("month")
    desk.option("Add to").click()
    desk.saved()
    assert desk.marks() == [("45,000 RMB … month", "MONEY")]


def test_keys_move_the_ends_of_a_mark(desk):
    desk.mark("Korean", "Group of people")
    desk.press("[", "}")
    desk.saved()
    assert desk.marks() == [("North Korean workers", "GROUP")]


def test_keys_that_follow_at_once_find_the_card_that_is_still_to_come(desk):
    desk.go_to("300")
    # All in one task: no frame has been drawn between them.
    desk.page.evaluate("""() => {
      const text = document.querySelector('#text');
      for (const key of ['f', 'p', 'v']) text.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }""")
    assert desk.page.evaluate("document.querySelector('#card').contains(document.activeElement)")
    expect(desk.card.locator("q").first).to_have_text("300")


def test_a_new_mark_leaves_the_rest_of_its_paragraph_as_it_is_drawn(desk):
    held = []  # the answer, which brings the value of the first mark and draws it anew
    desk.page.route("**/changes/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    desk.mark("300", "People count")
    expect(desk.page.locator("#text .seg")).to_have_text("300")
    desk.page.evaluate("window.drawn = document.querySelector('#text .seg')")
    desk.mark("170", "People count")
    assert sorted(desk.badges()) == ["PPL", "PPL"]
    assert desk.page.evaluate("drawn.isConnected")
    desk.page.unroute("**/changes/")  # which lets go of what is held
    desk.saved()
