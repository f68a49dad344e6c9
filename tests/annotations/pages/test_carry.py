"""The page that carries annotations to a newer text."""

import pytest

from annotations.assign import give_back
from annotations.bin import put
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


def test_lines_are_filtered_by_outcome(as_, corpus, older, address):
    """And stay so while one decides on them, one after the other."""
    quoted = "The ministry counted 170 workers of the firm in Dandong."
    marks.claim(older, quoted, marks.entity(corpus, "Ministry"), source_basis="carried", evidence="data")
    browser = as_("annotator")
    offered = browser.get(address)
    assert {line["code"] for line in offered.context["lines"]} == {"orphan", "changed"}
    assert [line["code"] for line in browser.get(f"{address}?outcome=changed").context["lines"]] == ["changed"]
    assert browser.post(address).status_code == 302
    page = browser.get(f"{address}?outcome=orphan")
    [line] = page.context["lines"]
    assert (page.context["waiting"], page.context["number"]) == (2, 2)
    answer = browser.post(f"/carry-items/{line['item'].pk}/", {"decision": "dismissed", "outcome": "orphan"})
    assert answer.url == f"{address}?outcome=orphan"
    assert ">A part was lost</option>" in (text := browser.get(f"{address}?outcome=lost").text)
    assert "No line with this outcome" in text
    assert len(browser.get(f"{address}?outcome=whatever").context["lines"]) == 2


def test_a_decision_is_taken_back_and_its_line_waits_again(as_, address):
    browser = as_("annotator")
    [line] = browser.post(address, follow=True).context["lines"]
    decide = f"/carry-items/{line['item'].pk}/"
    assert ">Take back<" in browser.post(decide, {"decision": "taken"}, follow=True).text
    answer = browser.post(decide, {"decision": "undone"})
    assert answer.url == f"{address}#item-{line['item'].pk}"
    page = browser.get(address)
    assert (page.context["waiting"], ">Take back<" in page.text) == (1, False)
    assert Span.objects.filter(assignment__document__version=2).count() == 1
    assert "no decision to take back" in browser.post(decide, {"decision": "undone"}, follow=True).text


def test_only_the_annotator_of_an_open_reading_is_offered_to_take_back(as_, older, address):
    browser = as_("annotator")
    [line] = browser.post(address, follow=True).context["lines"]
    browser.post(f"/carry-items/{line['item'].pk}/", {"decision": "dismissed"})
    assert ">Take back<" not in as_("manager").get(f"{address}?reading={older.pk}").text
    factories.submitted(Carry.objects.get().assignment)
    assert ">Take back<" not in browser.get(address).text


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
    assert browser.post(address).status_code == 302
    with django_assert_max_num_queries(25):
        browser.get(address)


def deleted(reading, manager):
    return put.delete(reading, manager, "Opened by mistake.")


@pytest.mark.parametrize("is_open_again", [False, True])
def test_a_reading_of_the_newer_text_in_the_bin_does_not_hinder(as_, older, address, people, is_open_again):
    newest = older.document.article.documents.get(version=2)
    deleted(factories.assignment(newest, people.annotator, revision=1), people.manager)
    if is_open_again:
        factories.assignment(newest, people.annotator)
    assert "carried to text version 2" in as_("annotator").post(address, follow=True).text


def test_what_was_carried_into_a_reading_in_the_bin_is_carried_anew(as_, address, people):
    as_("annotator").post(address)
    deleted(Carry.objects.get().assignment, people.manager)
    assert as_("annotator").get(address).context["carry"] is None
    assert "carried to text version 2" in as_("annotator").post(address, follow=True).text
    assert Carry.objects.count() == 2


def test_a_gold_is_not_carried_where_another_reviewer_has_one(as_, corpus, people):
    reading = factories.assignment(factories.document(OLD, corpus=corpus), people.reviewer, "adjudication", revision=1)
    marks.span(reading, "the firm", "COMPANY")
    newest = factories.document(NEW, of=reading.document.article)
    factories.assignment(newest, people.manager, "adjudication")
    page = as_("reviewer").post(f"/articles/{newest.article_id}/carry/")
    assert (page.status_code, "Another reviewer has a gold of the newer text" in page.text) == (409, True)
    assert not Carry.objects.exists()


def test_a_return_is_shown_though_the_reading_was_never_independent(as_, page, address, people):
    as_("annotator").post(address)
    newer = factories.submitted(Carry.objects.get().assignment)
    give_back(newer, people.reviewer, "The units are missing.")
    assert "The units are missing." in page("annotator", newer.get_absolute_url())


def test_a_manager_carries_the_reading_of_somebody_else(as_, older, address, people):
    article = f"/articles/{older.document.article_id}/"
    asked = f"{address}?reading={older.pk}"
    assert asked in as_("manager").get(article).text
    assert f"the reading of {people.annotator}" in as_("manager").get(asked).text
    assert not Carry.objects.exists()
    page = as_("manager").post(asked, follow=True)
    made = Carry.objects.get()
    assert (made.assignment.annotator, made.user) == (people.annotator, people.manager)
    assert f"Waits for {people.annotator}" in page.text
    [item] = made.items.all()
    assert as_("manager").post(f"/carry-items/{item.pk}/", {"decision": "taken"}).status_code == 404
    assert as_("annotator").get(address).context["waiting"] == 1


def test_nobody_else_carries_what_is_not_theirs(as_, older, address):
    asked = f"{address}?reading={older.pk}"
    assert [as_(role).post(asked).status_code for role in ("reviewer", "annotator", "viewer", "stranger")] == [403, 403, 403, 404]
    wrong = ("x", "00000000-0000-0000-0000-000000000000")
    assert [as_("manager").get(f"{address}?reading={each}").status_code for each in wrong] == [404, 404]
    assert not Carry.objects.exists()


def test_lines_to_check_have_keys(as_, address):
    page = as_("annotator").post(address, follow=True).text
    assert "<tr data-row" in page
    assert "data-opener" in page
    assert 'value="taken" id="item-' in page
    assert 'data-key="x"' in page
    assert page.count("<kbd>j</kbd>") == 1


def test_the_texts_stand_side_by_side_where_they_differ(as_, older, address, people):
    page = as_("annotator").get(address)
    assert "Changed paragraphs: 1 of 3" in page.text
    assert "<del>170</del>" in page.text
    assert "<ins>180</ins>" in page.text
    assert "Nobody else was there." not in page.text
    factories.document(f"{NEW}\n\nOne more paragraph.", of=older.document.article)
    later = as_("annotator").get(address).text
    assert "Changed paragraphs: 2 of 4" in later
    assert "<ins>One more paragraph.</ins>" in later
    assert 0 < later.index(">Version 1<") < later.index(">Version 3<"), "the older text is on the left"
