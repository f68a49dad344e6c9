"""Notes on the article as a whole, written beside the marks and kept as they are."""

from playwright.sync_api import expect

from tests.browser.desk import Desk


def notes(desk):
    return [note["text"] for note in desk.stored()["notes"]]


def opened(desk):
    desk.page.get_by_role("tab", name="Notes").click()
    return desk.page.locator("#notes")


def test_a_note_is_written_kept_and_read_again(desk):
    pane = opened(desk)
    pane.get_by_role("button", name="Add a note").click()
    desk.page.keyboard.type("The year is inferred from the resolution.")
    desk.page.keyboard.press("Tab")
    desk.saved()
    assert notes(desk) == ["The year is inferred from the resolution."]
    desk.open()
    expect(opened(desk).get_by_label("Note").first).to_have_value("The year is inferred from the resolution.")
    expect(desk.page.locator("[data-count=notes]")).to_have_text("1")


def test_what_is_typed_is_kept_without_leaving_the_field(desk):
    opened(desk).get_by_role("button", name="Add a note").click()
    with desk.page.expect_response("**/changes/"):
        desk.page.keyboard.type("Half a sen")
    desk.saved()
    assert notes(desk) == ["Half a sen"]
    desk.page.keyboard.type("tence.")
    desk.page.keyboard.press("Tab")
    desk.saved()
    assert notes(desk) == ["Half a sentence."]


def test_a_space_after_which_one_pauses_stays_in_the_card(desk):
    desk.mark("earn", "Money changes hands")
    desk.saved()
    note = desk.card.locator("textarea[name=note]")
    note.focus()
    with desk.page.expect_response("**/changes/"):
        desk.page.keyboard.type("Half a ")
    desk.saved()
    desk.look()
    expect(note).to_have_value("Half a ")
    desk.page.keyboard.type("sentence.")
    desk.page.keyboard.press("Tab")
    desk.look()
    desk.saved()
    assert [event["note"] for event in desk.stored()["events"]] == ["Half a sentence."]


def test_a_note_that_was_kept_is_not_written_over_what_another_window_made_of_it(desk):
    desk.mark("earn", "Money changes hands")
    desk.saved()
    note = desk.card.locator("textarea[name=note]")
    note.focus()
    with desk.page.expect_response("**/changes/"):
        desk.page.keyboard.type("First. ")
    desk.saved()
    other = Desk(desk.page.context.new_page(), desk.assignment).open()
    other.click("earn")
    theirs = other.card.locator("textarea[name=note]")
    expect(theirs).to_have_value("First.")
    theirs.fill("Second.")
    theirs.press("Tab")
    # The window in which the cursor stays shows it, and leaves it so.
    expect(note).to_have_value("Second.")
    expect(note).to_be_focused()
    desk.page.keyboard.press("Tab")
    expect(note).not_to_be_focused()
    desk.look()
    desk.mark("300", "People count")
    desk.saved()
    assert [event["note"] for event in desk.stored()["events"]] == ["Second."]


def test_what_is_typed_since_is_kept_over_what_another_window_wrote(desk, allowed_console):
    allowed_console += ["status of 409"]
    desk.mark("earn", "Money changes hands")
    desk.saved()
    note = desk.card.locator("textarea[name=note]")
    note.focus()
    with desk.page.expect_response("**/changes/"):
        desk.page.keyboard.type("First.")
    desk.saved()
    held = []
    desk.page.route("**/changes/?since=*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    other = Desk(desk.page.context.new_page(), desk.assignment).open()
    other.click("earn")
    with desk.page.expect_request("**/changes/?since=*"):
        other.card.locator("textarea[name=note]").fill("Second.")
        other.card.locator("textarea[name=note]").press("Tab")
        other.saved()
    with desk.page.expect_response("**/changes/"):
        desk.page.keyboard.type(" And more.")
        desk.page.keyboard.press("Tab")
    desk.page.unroute("**/changes/?since=*")  # which lets go of what is held
    # Both were written: a person chooses.
    expect(desk.state).to_have_attribute("data-state", "conflict")
    assert [event["note"] for event in desk.stored()["events"]] == ["Second."]


def test_notes_are_written_by_keys_one_after_the_other(desk):
    pane = opened(desk)
    add = pane.get_by_role("button", name="Add a note")
    add.press("Enter")
    desk.page.keyboard.type("First.")
    desk.page.keyboard.press("Tab")
    # Its saving leaves the keyboard where it is, and every note once.
    desk.saved()
    expect(pane.get_by_role("button", name="Remove")).to_be_focused()
    desk.page.keyboard.press("Tab")
    expect(add).to_be_focused()
    for key in ("Enter", *"Second.", "Tab"):
        desk.page.keyboard.press(key)
    desk.saved()
    assert pane.get_by_label("Note").evaluate_all("found => found.map(({ value }) => value)") == ["First.", "Second."]
    assert notes(desk) == ["First.", "Second."]
    # A note that the keyboard is beside follows what undo makes of it.
    pane.get_by_label("Note").first.fill("First of all.")
    desk.page.keyboard.press("Tab")
    desk.saved()
    desk.page.keyboard.press("Control+z")
    expect(pane.get_by_label("Note").first).to_have_value("First.")


def test_a_removed_note_comes_back_with_undo(desk):
    pane = opened(desk)
    pane.get_by_role("button", name="Add a note").click()
    desk.page.keyboard.type("Keep me.")
    desk.page.keyboard.press("Tab")
    pane.get_by_role("button", name="Remove").press("Enter")
    desk.saved()
    assert notes(desk) == []
    desk.page.keyboard.press("Control+z")
    expect(pane.get_by_label("Note").first).to_have_value("Keep me.")
    desk.saved()
    assert notes(desk) == ["Keep me."]


def test_an_emptied_field_does_not_take_the_note_away(desk):
    pane = opened(desk)
    pane.get_by_role("button", name="Add a note").click()
    desk.page.keyboard.type("Keep me.")
    desk.page.keyboard.press("Tab")
    desk.saved()
    pane.get_by_label("Note").first.fill("")
    desk.page.keyboard.press("Tab")  # what is left is kept at once, if at all
    desk.saved()
    assert notes(desk) == ["Keep me."]
