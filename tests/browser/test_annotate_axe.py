"""The page with marks on it, in light and dark, with each of its parts open, has no finding of axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.desk import Desk, assignment_on


@pytest.fixture(params=["light", "dark"])
def marked(request, new_page, sign_in, transactional_db):
    made = assignment_on()
    page = new_page(color_scheme=request.param)
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    for words, label in [("North Korean workers", "Group of people"), ("300", "People count"), ("return", "Return home")]:
        desk.mark(words, label)
    desk.saved()
    return desk


def findings(desk):
    found = Axe().run(desk.page).response["violations"]
    return [(item["id"], item["impact"], [node["target"] for node in item["nodes"]][:3]) for item in found]


def test_an_event_in_focus_has_no_finding(marked):
    assert findings(marked) == []


def test_a_figure_in_focus_and_the_list_of_marks_have_no_finding(marked):
    marked.click("300")
    marked.page.get_by_role("tab", name="Marks").click()
    assert findings(marked) == []


def test_the_open_menu_has_no_finding(marked):
    marked.select("Daily NK")
    assert findings(marked) == []


def test_the_help_has_no_finding(marked):
    marked.page.get_by_role("button", name="Help").click()
    assert findings(marked) == []
