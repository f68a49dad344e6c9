"""Nothing is lost silently: offline, errors, conflicts, refusals, closed tabs."""

import json
import threading

import pytest
from playwright.sync_api import expect

from annotations.documents import build
from annotations.write.apply import apply_changes
from tests.browser.desk import Desk
from tests.drills.faults import WATCH

HOLDS_ITS_TAB = """() => new Promise((done) => {
  const look = async () => ((await navigator.locks.query()).held.some(({ name }) => name.startsWith('attest-tab')) ? done() : setTimeout(look, 20));
  look();
})"""
CHANGES = "**/api/v1/assignments/*/changes/"
# The page waits so long before it tries again by itself: what is saved sooner, the button has saved.
LATER = {"Retry-After": "3600"}


@pytest.fixture(autouse=True)
def expected_complaints(allowed_console):
    """A browser writes each answer of 4xx or 5xx, and each lost one, to its console."""
    allowed_console += [r"status of (401|403|409|422|500|503|507)", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]


def note_of(desk):
    return desk.stored()["mentions"][0]["attributes"]["note"]


def write_note(desk, words):
    desk.card.get_by_text("More fields").click()
    desk.card.get_by_label("Note").fill(words)
    desk.press("Enter")


def test_what_is_marked_offline_is_kept_and_sent_later(desk):
    desk.page.context.set_offline(True)
    desk.mark("300", "People count")
    expect(desk.state).to_have_attribute("data-state", "offline")
    expect(desk.state).to_contain_text("1 change kept in this browser")
    desk.mark("170", "People count")
    assert desk.marks() == []
    desk.page.context.set_offline(False)
    desk.saved()
    assert desk.marks() == [("170", "PEOPLE"), ("300", "PEOPLE")]


def test_the_marks_need_not_be_there_before_the_browser_is_asked_what_it_keeps(desk, monkeypatch):
    asked = threading.Event()

    def late(assignment, page_data=build.page_data):
        assert asked.wait(60)
        return page_data(assignment)

    monkeypatch.setattr(build, "page_data", late)
    desk.page.goto(desk.assignment.get_absolute_url(), wait_until="commit")
    desk.page.evaluate(HOLDS_ITS_TAB)
    asked.set()
    desk.page.wait_for_selector("#annotator[data-ready=yes]")


def test_a_line_that_is_lost_while_the_page_loads_is_waited_for(desk):
    """Marks can be made without the parts that load last; these come when the line is back."""
    page = desk.page
    page.add_init_script("window.line = false; Object.defineProperty(navigator, 'onLine', { get: () => window.line })")
    page.route("**/deferred.js", lambda route: route.abort("internetdisconnected"))
    desk.open(until="ready")
    desk.mark("300", "People count")
    expect(page.locator("#annotator")).not_to_have_attribute("data-whole", "yes")
    page.unroute("**/deferred.js")
    page.evaluate("window.line = true; dispatchEvent(new Event('online'))")
    expect(page.locator("#annotator")).to_have_attribute("data-whole", "yes")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]


def test_a_page_that_says_it_is_whole_has_its_labels(desk):
    """However long the browser has no time for them."""
    page = desk.page
    page.add_init_script("window.requestIdleCallback = (work) => { window.work = [...(window.work ?? []), work]; }")
    work = "const now = window.work ?? []; window.work = []; now.forEach((done) => done()); return now.length;"
    desk.open(until="ready")
    page.wait_for_function(f"() => {{ {work} }}")
    expect(page.get_by_role("tablist")).to_be_visible()
    page.wait_for_function("() => window.work?.length")
    expect(page.locator("#annotator")).not_to_have_attribute("data-whole", "yes")
    page.wait_for_function(f"() => {{ {work} }}")
    expect(page.locator("#annotator")).to_have_attribute("data-whole", "yes")
    assert page.locator("#palette button.label").count() > 0


def test_submit_that_is_pressed_while_the_page_loads_is_heard(desk):
    held = []
    desk.page.route("**/deferred.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    desk.open(until="ready")
    desk.page.get_by_role("button", name="Submit").click()
    desk.page.unroute("**/deferred.js")  # which lets go of what is held
    desk.page.wait_for_url("**/?submitted")
    desk.assignment.refresh_from_db()
    assert desk.assignment.status == "submitted"


def test_after_a_server_error_it_says_not_saved_and_tries_again(desk):
    desk.page.route(CHANGES, lambda route: route.fulfill(status=500, body="{}", content_type="application/json", headers=LATER))
    desk.mark("300", "People count")
    expect(desk.state).to_contain_text("Not saved")
    assert desk.marks() == []
    desk.page.unroute(CHANGES)
    desk.page.get_by_role("button", name="Retry").click()
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]


def test_a_full_disk_is_said_and_the_act_is_kept_until_there_is_room(desk):
    full = {
        "status": 507,
        "headers": {"Retry-After": "1"},
        "content_type": "application/problem+json",
        "body": '{"code": "full"}',
    }
    desk.page.route(CHANGES, lambda route: route.fulfill(**full))
    desk.mark("300", "People count")
    expect(desk.state).to_contain_text("Not saved: the server’s disk is full, 1 change kept")
    assert desk.marks() == []
    desk.page.unroute(CHANGES)
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]


def test_an_act_whose_answer_is_lost_is_done_once(desk):
    lost = []

    def lose_the_first(route):
        if lost:
            return route.fallback()
        lost.append(route.fetch())
        return route.abort()

    desk.page.route(CHANGES, lose_the_first)
    desk.mark("300", "People count")
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]
    assert len(lost) == 1


def test_acts_outlive_a_closed_tab(desk):
    desk.page.route(CHANGES, lambda route: route.abort())
    desk.mark("300", "People count")
    expect(desk.state).to_have_attribute("data-state", "offline")
    context = desk.page.context
    desk.page.close()
    context.add_init_script(WATCH)
    desk.page = context.new_page()
    desk.open()
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]
    assert desk.badges() == ["PPL"]
    assert [state for state, _ in desk.page.evaluate("seen.states")] == ["saving", "saved"]


def test_two_browsers_at_one_mark_the_second_chooses_mine(desk, second_desk):
    other = conflict(desk, second_desk)
    problem = other.page.locator(".problem")
    expect(problem).to_contain_text("Changed by someone else")
    expect(problem).to_contain_text("from the first")
    expect(problem).to_contain_text("from the second")
    expect(other.state).to_have_attribute("data-state", "conflict")
    problem.get_by_role("button", name="Use mine").click()
    other.saved()
    assert note_of(desk) == "from the second"
    expect(problem).to_be_hidden()


def test_two_browsers_at_one_mark_the_second_keeps_theirs(desk, second_desk):
    other = conflict(desk, second_desk)
    other.page.get_by_role("button", name="Use theirs").click()
    other.saved()
    assert note_of(desk) == "from the first"


def test_a_conflict_outlives_a_reload(desk, second_desk):
    other = conflict(desk, second_desk)
    other.open()
    expect(other.page.locator(".problem")).to_contain_text("from the second")


def conflict(desk, second_desk):
    """Both change the note of one figure; the first is quicker."""
    desk.mark("300", "People count")
    desk.saved()
    other = second_desk(desk)
    other.click("300")
    write_note(desk, "from the first")
    desk.saved()
    write_note(other, "from the second")
    expect(other.page.locator(".problem")).to_be_visible()
    return other


def test_marks_of_the_other_browser_arrive_with_the_next_save(desk, second_desk):
    other = second_desk(desk)
    desk.mark("300", "People count")
    desk.saved()
    other.mark("170", "People count")
    other.saved()
    expect(other.page.locator(".seg[data-badge]")).to_have_count(2)


def refuse_once(desk, error):
    body = json.dumps({"code": "invalid", "status": 422, "title": "Invalid", "errors": [error]})
    answer = {"status": 422, "body": body, "content_type": "application/problem+json"}
    desk.page.route(CHANGES, lambda route: route.fulfill(**answer), times=1)


def refuse_one(desk):
    """A second fragment in another sentence, which SPAN-06 does not allow to be stored."""
    desk.mark("45,000 RMB", "Money")
    desk.saved()
    desk.select("Contracts")
    desk.option("Add to").click()
    return desk.page.locator(".problem")


def test_a_refused_change_is_taken_back_and_says_which_rule(desk):
    problem = refuse_one(desk)
    expect(problem).to_contain_text("SPAN-06")
    expect(problem).to_contain_text("Change “45,000 RMB … Contracts”")
    expect(desk.state).to_have_attribute("data-state", "refused")
    expect(desk.page.locator(".seg")).to_have_text(["45,000 RMB"])
    assert desk.marks() == [("45,000 RMB", "MONEY")]


def test_a_refused_value_stays_at_its_field_and_says_which_rule(desk):
    desk.mark("300", "People count")
    desk.saved()
    error = {"object": desk.stored()["mentions"][0]["id"], "field": "low", "code": "FIG-01", "detail": "too low"}
    refuse_once(desk, error)
    desk.card.get_by_label("Number").fill("250")
    desk.press("Enter")
    expect(desk.card.locator(".fault")).to_have_text("too low (FIG-01)")
    expect(desk.card.get_by_label("Number")).to_have_value("250")
    expect(desk.card.locator(".reading")).to_contain_text("300")
    desk.saved()


def test_a_refused_new_mark_disappears_and_can_be_marked_anew(desk):
    refuse_once(desk, {"code": "SPAN-02", "detail": "cuts a word"})
    desk.mark("300", "People count")
    problem = desk.page.locator(".problem")
    expect(problem).to_contain_text("SPAN-02 cuts a word")
    assert desk.badges() == []
    problem.get_by_role("button", name="Select words").click()
    desk.option("Item count").click()
    problem.get_by_role("button", name="Discard").click()
    desk.saved()
    assert desk.marks() == [("300", "ITEMS")]


def test_what_was_refused_outlives_a_reload_and_can_be_tried_again(desk):
    expect(refuse_one(desk)).to_be_visible()
    desk.open()
    problem = desk.page.locator(".problem")
    problem.get_by_role("button", name="Retry").click()
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text("SPAN-06")


def test_signed_out_while_marking_keeps_everything(desk, sign_in):
    desk.page.context.clear_cookies()
    desk.mark("300", "People count")
    expect(desk.state).to_contain_text("Signed out, 1 change kept in this browser")
    sign_in(desk.page, desk.assignment.annotator)
    desk.page.get_by_role("button", name="Retry").click()
    desk.saved()
    assert desk.marks() == [("300", "PEOPLE")]


def test_a_log_in_page_in_place_of_an_answer_is_not_taken_for_a_success(desk):
    desk.page.route(CHANGES, lambda route: route.fulfill(status=200, body="<html>", content_type="text/html", headers=LATER))
    desk.mark("300", "People count")
    expect(desk.state).to_have_attribute("data-state", "offline")
    desk.page.unroute(CHANGES)
    desk.page.get_by_role("button", name="Retry").click()
    desk.saved()


def test_the_page_sends_the_quote_and_the_server_compares(desk):
    bodies = []
    desk.page.on("request", lambda request: bodies.append(request.post_data) if request.method == "POST" else None)
    desk.mark("extended", "Work and contracts")
    desk.saved()
    sent = json.loads(bodies[-1])["changes"][1]["object"]["fragments"][0]
    text = desk.assignment.document.text
    assert text[sent["start"] : sent["end"]] == sent["quote"] == "extended"


def test_another_program_writes_and_the_page_hears_of_it(desk):
    desk.mark("300", "People count")
    desk.saved()
    mark = desk.stored()["mentions"][0]
    change = {"id": "0f2d2c1a-5a0e-4d7e-9a53-2b7f0f6f0a01", "op": "delete", "kind": "span", "object": {"id": mark["id"]}}
    apply_changes(desk.assignment, desk.assignment.annotator, desk.stored()["revision"], [change])
    desk.mark("170", "People count")
    desk.saved()
    expect(desk.page.locator(".seg[data-badge]")).to_have_count(1)
    assert desk.marks() == [("170", "PEOPLE")]


def test_two_tabs_of_one_person_stay_in_step(desk):
    other = Desk(desk.page.context.new_page(), desk.assignment).open()
    desk.mark("300", "People count")
    desk.saved()
    expect(other.page.locator(".seg[data-badge=PPL]")).to_have_count(1)
    other.mark("170", "People count")
    other.saved()
    expect(desk.page.locator(".seg[data-badge=PPL]")).to_have_count(2)
    desk.click("170")
    desk.press("Delete")
    desk.saved()
    expect(other.page.locator(".seg[data-badge=PPL]")).to_have_count(1)
    assert desk.marks() == [("300", "PEOPLE")]


def test_an_idle_page_hears_of_others_when_one_comes_back_to_it(desk, second_desk):
    other = second_desk(desk)
    other.mark("300", "People count")
    other.saved()
    assert desk.badges() == []
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.page.locator(".seg[data-badge=PPL]")).to_have_count(1)
