"""Presses that everyday acts take, by somebody who begins at the home page of the demo and reads the screen alone.

A press is one on a link, a button, a tick or a choice; what is typed is none.
"""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotations.management.commands import demo
from annotations.models import Assignment
from tests.browser.paper import letters_of
from tests.browser.test_first_ten_minutes import log_in


class Presses:
    """The mouse of a person, and how often it was pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, role: str, name: str, at: int = 0, **how: object) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).nth(at).click(**how)

    def choose(self, label: str, option: str) -> None:
        self.count += 1
        self.page.get_by_label(label).select_option(label=option)


@pytest.fixture
def manager(page, transactional_db, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    call_command(demo.Command(), no_serve=True)
    log_in(page, "manager", (tmp_path / "demo-password").read_text("utf-8").strip())
    return Presses(page)


def test_who_says_that_170_went_home(manager):
    manager.on("link", "Demo")
    manager.on("link", "Evidence")
    manager.on("link", "How many workers were sent home from a place in a period, according to whom?")
    row = manager.page.locator(".ledger tbody tr").filter(has_text="170")
    expect(row.first).to_contain_text("forced to return")
    expect(row.first).to_contain_text("Unnamed Manager of North Korean workers")
    assert manager.count <= 4


def test_a_colleague_is_invited_and_given_five_articles(manager, new_page):
    manager.on("link", "Demo")
    manager.on("link", "Setup")
    manager.on("link", "Members")
    manager.page.get_by_label("For", exact=True).fill("jun")
    manager.on("button", "Create invitation link")
    colleague = new_page()
    colleague.goto(manager.page.locator("#secret").inner_text())
    colleague.get_by_label("User name").fill("jun")
    colleague.get_by_label("Password", exact=True).fill("correct horse battery")
    colleague.get_by_label("Password confirmation").fill("correct horse battery")
    colleague.get_by_role("button", name="Create account and join").click()
    expect(colleague.get_by_text("You are now a member")).to_be_visible()
    manager.on("link", "Articles")
    ticks = manager.page.locator("input[name=article]")
    ticks.first.click()
    ticks.nth(4).click(modifiers=["Shift"])
    manager.count += 2
    manager.on("button", "Assign selected")
    manager.choose("Assign to", "jun (annotator)")
    manager.on("button", "Assign 5 articles")
    expect(manager.page.get_by_text("5 articles assigned to jun.")).to_be_visible()
    assert Assignment.objects.filter(annotator__username="jun").count() == 5
    assert manager.count <= 10


def test_the_timeline_is_printed(manager):
    manager.on("link", "Demo")
    manager.on("link", "Evidence")
    manager.on("link", "Timeline")
    expect(manager.page.locator("svg.plot").first).to_be_visible()
    assert "Return home".replace(" ", "") in letters_of(manager.page.pdf())
    assert manager.count <= 3
