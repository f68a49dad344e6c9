"""A person clicks, types and tabs through the pages."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations.models import Assignment
from annotations.write.apply import apply_changes
from corpus.passages.index import index_all
from tests import factories
from tests.api.world import TEXT, seven_kinds

PASSWORD = "correct horse battery"


@pytest.fixture
def annotator(transactional_db):
    person = factories.user("annotator", password=PASSWORD)
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    factories.membership(corpus, person, "annotator")
    for title in ("First", "Second"):
        factories.document(f"{title}\n\nText of it.", of=factories.article(corpus, title))
    index_all()
    return person


def focused(page):
    """The words of what has the focus, and whether one can see that it has."""
    return page.evaluate(
        """() => {
          const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
          const name = document.activeElement.innerText || document.activeElement.name || document.activeElement.type || '';
          return [name.trim().split('\\n')[0], outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2];
        }"""
    )


def tab_to(page, words, limit=40):
    """Press Tab until what has the focus begins with these words; every stop on the way is visible."""
    page.wait_for_load_state()  # in a page that is half there, Tab leads nowhere
    for _ in range(limit):
        page.keyboard.press("Tab")
        name, visible = focused(page)
        assert visible, f"one cannot see that {name!r} has the focus"
        if name.startswith(words):
            return
    raise AssertionError(f"Tab never reaches {words!r}")


def test_from_the_log_in_to_an_open_article_with_the_keyboard_alone(page, annotator):
    page.goto("/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("annotator")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Corpora")).to_be_visible()
    tab_to(page, "Reports")
    page.keyboard.press("Enter")
    page.wait_for_url("**/corpora/reports/")
    tab_to(page, "Annotate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annotate/**")
    assert Assignment.objects.get().annotator == annotator


def test_the_first_tab_offers_the_way_past_the_bar(page, sign_in, annotator):
    sign_in(page, annotator)
    page.goto("/corpora/reports/")
    page.keyboard.press("Tab")
    assert focused(page)[0] == "Skip to the content"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page)[0] == "q"


def test_the_menu_of_the_account_opens_and_closes_by_key(page, sign_in, annotator):
    sign_in(page, annotator)
    page.goto("/")
    tab_to(page, "Account of")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="API tokens")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="API tokens")).to_be_hidden()
    assert focused(page)[0].startswith("Account of")


def test_a_click_elsewhere_closes_it(page, sign_in, annotator):
    sign_in(page, annotator)
    page.goto("/")
    page.locator(".account > summary").click()
    page.get_by_role("heading", name="Corpora").click()
    expect(page.get_by_role("link", name="API tokens")).to_be_hidden()


def test_a_chosen_theme_stays_and_holds_in_the_admin_too(page, sign_in, annotator):
    annotator.is_staff = annotator.is_superuser = True
    annotator.save()
    sign_in(page, annotator)
    page.goto("/")
    page.locator(".account > summary").click()
    page.get_by_label("Theme").select_option("dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.goto("/queue/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    page.goto("/admin/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_logging_out_and_the_way_back(page, annotator):
    page.goto("/queue/")
    page.get_by_label("User name").fill("annotator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^[^?]+/queue/$"))
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_new_token_can_be_copied(new_page, sign_in, annotator):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, annotator)
    page.goto("/tokens/")
    page.get_by_label("Name").fill("nightly mirror")
    page.get_by_role("button", name="Create token").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#secret").inner_text()


def test_filters_stay_in_the_address_and_in_the_form(page, sign_in, annotator):
    sign_in(page, annotator)
    page.goto("/corpora/reports/")
    page.get_by_label("Search titles and texts").fill("second")
    page.get_by_text("More filters").click()
    page.get_by_label("Progress", exact=True).select_option("new")
    page.get_by_role("button", name="Show articles").click()
    expect(page.locator("tbody .title")).to_have_text(["Second"])
    page.reload()
    expect(page.get_by_label("Search titles and texts", exact=True)).to_have_value("second")
    expect(page.get_by_label("Progress", exact=True)).to_have_value("new")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("tbody .title")).to_have_count(2)


def test_pasting_an_article_looks_first(page, sign_in, annotator):
    annotator.memberships.update(role="manager")
    sign_in(page, annotator)
    page.goto("/corpora/reports/")
    page.get_by_role("link", name="Add articles").first.click()
    page.get_by_label("Text", exact=True).fill(
        "Factory closed\n\nThe factory in Dandong closed because the visas of\nits workers had ended."
    )
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("2 segments · 1 line join")).to_be_visible()
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_role("heading", name="Factory closed", level=1)).to_be_visible()
    expect(page.get_by_text("the visas of its workers had ended.")).to_be_visible()


def test_lines_of_a_report_are_chosen_and_ordered_with_the_keyboard_alone(page, sign_in, annotator):
    submit_everything(annotator)
    sign_in(page, annotator)
    page.goto("/corpora/reports/evidence/lines/")
    boxes = page.get_by_role("checkbox")
    boxes.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    second = page.locator("label", has=page.locator(".said")).nth(1).inner_text().split("\n")[0]
    tab_to(page, "Add selected lines")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 lines selected")).to_be_visible()
    tab_to(page, "↑")
    page.keyboard.press("Enter")
    expect(page.locator(".report .said").first).to_have_text(second)
    expect(page.get_by_role("button", name="Move line 1 down")).to_be_focused()
    with page.expect_download() as given:
        page.get_by_role("link", name="Evidence table (Markdown)").click()
    text = given.value.path().read_text("utf-8")
    assert "Made on " in text
    [first, other] = [line for line in text.splitlines() if line.startswith(("**1.**", "**2.**"))]
    assert (first, second in other) == (f"**1.** {second}", False)


def submit_everything(annotator):
    """Lines for a report start from what is submitted."""
    document = factories.document(TEXT.format(canary="x"), corpus=annotator.memberships.get().corpus)
    made = factories.assignment(document, annotator)
    apply_changes(made, annotator, 0, seven_kinds(document.text, "x")[1])
    Assignment.objects.filter(pk=made.pk).update(status="submitted", submitted=timezone.now())
