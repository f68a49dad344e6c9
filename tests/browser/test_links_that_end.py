"""A colleague opens an invitation: no request of the page says from which address, and its form is taken."""

from playwright.sync_api import expect

from corpus.edits.links import invite
from tests import factories


def test_no_request_tells_the_address_and_the_form_is_taken(page, live_server, transactional_db):
    manager, corpus = factories.user("mina"), factories.corpus("reports", name="Reports")
    factories.membership(corpus, manager, "manager")
    _, secret = invite(corpus, manager, "annotator", 7)
    referers = []
    page.on("request", lambda request: referers.append(request.all_headers().get("referer", "")))
    page.goto(f"{live_server.url}/invitations/{secret}/")
    page.get_by_label("User name").fill("jun")
    for field in page.locator("input[type=password]").all():
        field.fill("correct horse battery")
    page.locator("main form button").first.press("Enter")
    page.wait_for_url("**/corpora/reports/")
    expect(page.get_by_text("You are now a member of “Reports”")).to_be_visible()
    assert any(referers)
    assert not [referer for referer in referers if secret in referer]
