"""A manager without staff status gives articles an outlet and an annotator, ticked by keys: never in the admin."""

from playwright.sync_api import expect

from corpus.models import Article
from tests import factories


def test_articles_are_ticked_edited_and_assigned(page, new_page, sign_in, transactional_db):
    corpus, mina, jun = factories.corpus("panel-2027"), factories.user("mina"), factories.user("jun")
    factories.scheme()
    factories.adopt(corpus)
    factories.membership(corpus, mina, "manager")
    factories.membership(corpus, jun, "annotator")
    for number in range(3):
        factories.document(f"Report {number}\n\nWorkers were sent home.", corpus=corpus)
    sign_in(page, mina)
    page.goto("/corpora/panel-2027/?sort=title")
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)
    ticks = page.locator("input[name=article]")
    ticks.first.focus()
    for key in ("Space", "j", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Edit metadata of selected").press("Enter")
    expect(page.get_by_role("heading", name="Edit metadata: 2 articles")).to_be_visible()
    page.get_by_label("Outlet").fill("Daily NK")
    page.get_by_role("button", name="Preview").press("Enter")
    page.get_by_role("button", name="Edit 2 articles").press("Enter")
    expect(page.get_by_role("heading", name="2 articles edited")).to_be_visible()
    assert Article.objects.filter(corpus=corpus, outlet__name="Daily NK").count() == 2

    page.goto("/corpora/panel-2027/")
    page.get_by_label("Select all articles of this page").check()
    page.get_by_role("button", name="Assign selected").press("Enter")
    expect(page.get_by_role("heading", name="Assign: 3 articles")).to_be_visible()
    page.get_by_label("Assign to").select_option(label="jun (annotator)")
    page.get_by_role("button", name="Assign 3 articles").press("Enter")
    expect(page.get_by_text("3 articles assigned to jun.")).to_be_visible()
    colleague = new_page()
    sign_in(colleague, jun)
    colleague.goto("/queue/")
    expect(colleague.get_by_role("link", name="Report 0", exact=True)).to_be_visible()
