"""A manager without staff status makes a corpus, invites a colleague, and gives articles an outlet and an annotator: never in the admin."""

from playwright.sync_api import expect

from corpus.models import Article, Corpus
from tests import factories


def test_a_manager_manages_on_pages_and_by_keyboard(page, new_page, sign_in, transactional_db):
    factories.scheme()
    mina = factories.user("mina")
    factories.membership(factories.corpus("reports"), mina, "manager")
    sign_in(page, mina)
    page.goto("/")
    page.get_by_role("link", name="New corpus").click()
    page.get_by_label("Name", exact=True).fill("Panel 2027")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Panel 2027")).to_be_visible()
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)

    page.get_by_role("link", name="Members").click()
    page.get_by_label("For", exact=True).fill("Jun, desk 3")
    page.get_by_role("button", name="Create invitation link").press("Enter")
    link = page.locator("#secret").inner_text()
    colleague = new_page()
    colleague.goto(link)
    colleague.get_by_label("User name").fill("jun")
    colleague.get_by_label("Password", exact=True).fill("correct horse battery")
    colleague.get_by_label("Password confirmation").fill("correct horse battery")
    colleague.get_by_role("button", name="Create account and join").press("Enter")
    expect(colleague.get_by_text("You are now a member of “Panel 2027” as annotator.")).to_be_visible()

    corpus = Corpus.objects.get(slug="panel-2027")
    for number in range(3):
        factories.document(f"Report {number}\n\nWorkers were sent home.", corpus=corpus)
    page.goto("/corpora/panel-2027/?sort=title")
    ticks = page.locator("input[name=article]")
    ticks.first.focus()
    for key in ("Space", "j", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Edit metadata of selected").press("Enter")
    page.get_by_label("Outlet").fill("Daily NK")
    page.get_by_role("button", name="Preview").press("Enter")
    page.get_by_role("button", name="Edit 2 articles").press("Enter")
    expect(page.get_by_role("heading", name="2 articles edited")).to_be_visible()
    assert Article.objects.filter(corpus=corpus, outlet__name="Daily NK").count() == 2

    page.goto("/corpora/panel-2027/")
    page.get_by_label("Select all articles of this page").check()
    page.get_by_role("button", name="Assign selected").press("Enter")
    page.get_by_label("Assign to").select_option(label="jun (annotator)")
    page.get_by_role("button", name="Preview").press("Enter")
    page.get_by_role("button", name="Assign 3 articles").press("Enter")
    expect(page.get_by_text("3 articles assigned to jun.")).to_be_visible()
    colleague.goto("/queue/")
    expect(colleague.get_by_role("link", name="Report 0", exact=True)).to_be_visible()
