"""A manager without staff status plans who reads what; an annotator takes the next article and skips it; the manager sees why."""

from playwright.sync_api import expect

from annotations.models import PlanArticle
from tests import factories


def test_a_plan_from_the_list_to_a_skipped_article(page, new_page, sign_in, transactional_db):
    corpus = factories.corpus("reports")
    factories.scheme()
    factories.adopt(corpus)
    mina, jun = factories.user("mina"), factories.user("jun", password="correct horse battery")
    factories.membership(corpus, mina, "manager")
    factories.membership(corpus, jun, "annotator")
    for number in range(10):
        factories.document(f"Report {number}\n\nWorkers were sent home.", corpus=corpus)
    sign_in(page, mina)
    page.goto("/corpora/reports/")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Overlap")
    page.get_by_label("Readings", exact=True).fill("2")
    page.get_by_label("Read more than once, in %").fill("20")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.get_by_text("10, of these 2 read twice")).to_be_visible()
    page.get_by_role("button", name="Start").press("Enter")
    expect(page.get_by_text("0 of 12 taken")).to_be_visible()
    assert sorted(PlanArticle.objects.values_list("needed", flat=True)) == [1] * 8 + [2] * 2

    reader = new_page()
    sign_in(reader, jun)
    reader.goto("/queue/")
    reader.get_by_role("button", name="Take the next article").press("Enter")
    expect(reader.get_by_role("heading", name="Report 0")).to_be_visible()
    reader.get_by_role("link", name="Skip…").press("Enter")
    reader.get_by_label("Other", exact=True).check()
    reader.get_by_label("Note").fill("A poem.")
    reader.get_by_role("button", name="Skip article").press("Enter")
    expect(reader.get_by_text("“Report 0” skipped.")).to_be_visible()
    expect(reader.get_by_role("button", name="Take up again")).to_be_visible()

    page.reload()
    expect(page.get_by_role("cell", name="A poem.")).to_be_visible()
    expect(page.get_by_text("0 of 12 taken")).to_be_visible()
