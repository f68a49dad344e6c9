"""The page that carries annotations to a newer text."""

import pytest

from annotations.models import Carry, Span
from tests import factories, marks

OLD = "Workers sent home\n\nThe ministry counted 170 workers of the firm in Dandong.\n\nNobody else was there."
NEW = "Workers sent home\n\nThe ministry counted 180 workers of the firm in Dandong.\n\nNobody else was there."


@pytest.fixture
def older(corpus, people):
    reading = factories.assignment(factories.document(OLD, corpus=corpus), people.annotator, revision=1)
    marks.span(reading, "the firm", "COMPANY")
    marks.figure(reading, "170", low=170, high=170, comparator="eq")
    return reading


@pytest.fixture
def address(older):
    factories.document(NEW, of=older.document.article)
    return f"/articles/{older.document.article_id}/carry/"


def test_the_article_says_that_its_text_is_newer_than_my_annotations(as_, older, address):
    assert address in as_("annotator").get(f"/articles/{older.document.article_id}/").text
    assert address not in as_("reviewer").get(f"/articles/{older.document.article_id}/").text


def test_nothing_is_carried_before_one_has_seen_what_will_be(as_, address):
    page = as_("annotator").get(address)
    assert page.context["counts"][0] == ("Words unchanged", 1)
    [line] = page.context["lines"]
    assert (line["quote"], line["candidate"]) == ("170", "180")
    assert not Carry.objects.exists()


def test_from_the_button_to_the_last_line(as_, older, address):
    browser = as_("annotator")
    page = browser.post(address, follow=True)
    assert "carried to text version 2" in page.text
    [line] = page.context["lines"]
    assert line["takes"]
    page = browser.post(f"/carry-items/{line['item'].pk}/", {"decision": "taken"}, follow=True)
    assert page.context["waiting"] == 0
    quotes = Span.objects.filter(assignment__document__version=2).count()
    assert quotes == 2
    again = browser.post(f"/carry-items/{line['item'].pk}/", {"decision": "taken"}, follow=True)
    assert "It is done already." in again.text


def test_a_decision_that_there_is_none_of_changes_nothing(as_, address):
    browser = as_("annotator")
    [line] = browser.post(address, follow=True).context["lines"]
    page = browser.post(f"/carry-items/{line['item'].pk}/", {"decision": "whatever"}, follow=True)
    assert "Choose" in page.text
    assert page.context["waiting"] == 1


def test_without_annotations_there_is_nothing_to_carry(as_, address):
    assert "Nothing to carry" in as_("reviewer").get(address).text


def test_the_page_asks_as_much_for_many_lines_as_for_one(as_, older, address, django_assert_max_num_queries):
    for word in ("ministry", "counted", "workers", "Dandong"):
        marks.span(older, word, "COMPANY")
    browser = as_("annotator")
    browser.post(address)
    with django_assert_max_num_queries(25):
        browser.get(address)
