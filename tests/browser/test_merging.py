"""A merge that ends while somebody is at its page: nothing is loaded anew, and the keyboard stays where it was."""

import pytest
from playwright.sync_api import expect

from annotations.write import merge_entities
from annotations.write.merge_slices import carry_out
from registry.models import Entity
from tests import factories, marks


@pytest.fixture
def merge(transactional_db, monkeypatch):
    """Of three marks; one moves at once."""
    monkeypatch.setattr(merge_entities, "AT_ONCE", 1)
    corpus = factories.corpus("reports")
    factories.scheme()
    factories.adopt(corpus)
    person = factories.user("rev")
    factories.membership(corpus, person, "reviewer")
    gone, kept = (Entity.objects.create(corpus=corpus, type="COMPANY", name=name) for name in ("The firm", "Firm Ltd."))
    reading = factories.assignment(factories.document("One, two and three firms.", corpus=corpus), person, revision=1)
    for words in ("One", "two", "three"):
        marks.span(reading, words, "COMPANY", entity=gone)
    return merge_entities.merge(gone, kept, person)


def test_the_end_comes_under_the_keyboard(page, sign_in, merge):
    sign_in(page, merge.user)
    page.goto(merge.get_absolute_url())
    expect(page.get_by_text("1 of 3 moved.")).to_be_visible()
    page.wait_for_load_state()
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Undo").focus()
    carry_out(merge.pk)
    expect(page.get_by_text("Merged: 3 marks moved.")).to_be_visible()
    expect(page.get_by_role("link", name="Go to “Firm Ltd.”")).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert page.evaluate("window.stays"), "not loaded anew"
