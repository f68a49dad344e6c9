"""The reference of the API in a real browser: it can be read in light, in dark and on a phone, under our policy."""

import pytest

from tests import factories
from tests.browser.barriers import violations


@pytest.fixture
def reference(page, sign_in, transactional_db):
    """Open the page as a person sees it; `complaints` of the browser fail the test."""

    def open_in(width=1280):
        sign_in(page, factories.user("reader"))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/api/v1/docs/")
        return page

    return open_in


def test_a_link_of_the_contents_leads_to_its_operations(reference):
    page = reference()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="assignments").click()
    page.locator("#assignments").wait_for()
    assert page.locator("#assignments_changes_create").count() == 1


def test_an_example_of_the_write_unfolds(reference):
    page = reference()
    example = page.get_by_text("Attributes are merged key by key").first
    example.click()
    page.get_by_text('"approximate": true').first.wait_for()


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_runs_over_the_edge(reference, width):
    page = reference(width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


# The page has twenty thousand elements of a hundred kinds. What has the same names all the way up is coloured alike, or by turns.
TWO_OF_EACH = """() => {
  const seen = new Map();
  for (const node of document.querySelectorAll('body *')) {
    let path = '';
    for (let at = node; at; at = at.parentElement) path += ` ${at.tagName}.${at.className}`;
    seen.set(path, (seen.get(path) ?? 0) + 1);
    if (seen.get(path) > 2) node.remove();
  }
}"""


def barriers(page, **rules):
    return [violation["id"] for violation in violations(page, **rules)]


def test_it_has_no_barrier_that_a_machine_can_find(reference):
    page = reference()
    assert barriers(page, rules={"color-contrast": {"enabled": False}}) == []
    page.evaluate(TWO_OF_EACH)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert barriers(page) == [], scheme
