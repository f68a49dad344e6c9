"""Who may not write sees everything and changes nothing; handing in; the text that does not fit."""

import pytest
from playwright.sync_api import expect

from corpus.models import Membership
from tests import factories
from tests.browser.desk import Desk


@pytest.fixture
def marked(desk):
    desk.mark("300", "People count")
    desk.saved()
    return desk


def test_a_reviewer_reads_another_persons_marks_and_changes_nothing(marked, new_page, sign_in):
    reviewer = factories.user("reviewer")
    factories.membership(marked.assignment.document.corpus, reviewer, Membership.Role.REVIEWER)
    page = new_page()
    sign_in(page, reviewer)
    other = Desk(page, marked.assignment).open()
    assert other.badges() == ["PPL"]
    expect(other.state).to_contain_text("Read-only")
    other.click("300")
    expect(other.card.get_by_label("Number")).to_be_disabled()
    expect(other.card.get_by_role("button", name="Delete")).to_have_count(0)
    other.press("Delete")
    other.drag("170")
    expect(page.locator("#menu")).to_be_hidden()
    other.press("f", "p")
    # What cannot be done is not offered.
    for name in ("Undo", "Redo", "All other occurrences", "Add a note", "Submit"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator(".grip")).to_have_count(0)
    other.press("m")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert other.badges() == ["PPL"]
    assert marked.marks() == [("300", "PEOPLE")]


def test_errors_of_the_scheme_block_handing_in_and_are_listed(marked, allowed_console):
    allowed_console.append("status of 422")
    marked.page.get_by_role("button", name="Submit").click()
    expect(marked.page.locator("#notice")).to_contain_text("Not submitted")
    expect(marked.page.locator("#checks .row").first).to_contain_text("FIG-02")
    marked.assignment.refresh_from_db()
    assert marked.assignment.status == "open"


def test_what_is_handed_in_is_read_only_until_it_is_opened_again(desk):
    desk.mark("return", "Return home")
    desk.saved()
    desk.page.get_by_role("button", name="Submit").click()
    desk.page.get_by_role("button", name="Reopen").wait_for()
    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    expect(desk.state).to_contain_text("Read-only")
    desk.drag("300")
    expect(desk.page.locator("#menu")).to_be_hidden()
    desk.page.get_by_role("button", name="Reopen").click()
    desk.page.get_by_role("button", name="Submit").wait_for()
    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    desk.mark("300", "People count")
    desk.saved()


def test_a_page_with_another_text_is_read_only_and_says_why(desk):
    address = desk.assignment.get_absolute_url()

    def garble(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("There used to be", "There used to me"))

    desk.page.route(f"**{address}", garble)
    desk.open()
    expect(desk.page.locator("#notice")).to_contain_text("differs from the text on the server")
    expect(desk.state).to_contain_text("Read-only")
    desk.drag("300")
    expect(desk.page.locator("#menu")).to_be_hidden()


def test_without_an_answer_the_text_can_be_read_and_the_reason_stands_there(desk, allowed_console):
    allowed_console.append("ERR_FAILED")
    desk.page.route("**/schemes/**", lambda route: route.abort())
    desk.page.reload()
    desk.page.wait_for_selector("#annotator[data-ready=failed]")
    expect(desk.page.locator("#notice")).to_contain_text("The server is not responding")
    expect(desk.page.locator("#text")).to_contain_text("There used to be 300")
