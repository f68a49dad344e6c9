"""From the card of a mark to a thread about it, and back: the guideline and the thread stand on the card."""

import re

import pytest
from playwright.sync_api import expect

from annotations.discussion.threads import open_thread
from annotations.guidelines.versions import create
from annotations.models import Assignment, Span


def test_a_mark_leads_to_its_guideline_and_its_thread(transactional_db, desk_on):
    desk = desk_on("Coal\n\nDaesong bought coal.")
    assignment = Assignment.objects.get()
    corpus, person = assignment.document.corpus, assignment.annotator
    corpus.memberships.filter(user=person).update(role="reviewer")
    create(corpus, "ACTOR.COMPANY", person, title="Companies", body="Whole names.")
    desk.open()
    desk.mark("Daesong", "Company / employer")
    expect(desk.card.get_by_role("link", name="Companies")).to_have_attribute("href", re.compile(r"^/guidelines/\d+/$"))
    discuss = desk.card.get_by_role("link", name="Discuss")
    desk.saved()
    with desk.page.context.expect_page() as tab:
        discuss.press("Enter")
    page = tab.value
    expect(page.locator("q")).to_have_text("Daesong")
    page.get_by_label("Text").fill("Is it a company?")
    page.get_by_role("button", name="Open thread").press("Enter")
    expect(page.locator(".posts")).to_contain_text("Is it a company?")
    page.close()
    open_thread(assignment, Span.objects.get().pk, "And since when?", person)
    desk.open()
    desk.click("Daesong")
    expect(desk.card.get_by_role("link", name="Discussion (open)")).to_have_attribute("href", re.compile("^/threads/"))


@pytest.mark.parametrize(("role", "name"), [("link", "Discuss"), ("link", "History"), ("button", "Delete")])
def test_an_answer_that_draws_the_card_anew_leaves_the_keyboard_where_it_is(transactional_db, desk_on, role, name):
    desk = desk_on("Coal\n\nDaesong bought coal.")
    held = []
    desk.page.route("**/changes/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    desk.mark("Daesong", "Company / employer")
    drawn = desk.card.get_by_role(role, name=name)
    drawn.focus()
    before = drawn.element_handle()
    desk.page.unroute("**/changes/")  # which lets go of what is held
    desk.page.wait_for_function("before => !before.isConnected", arg=before)
    expect(drawn).to_be_focused()
