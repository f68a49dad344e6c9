"""An annotator skips an article and takes it up again; a reviewer returns what is submitted."""

import pytest

from annotations.models import Assignment, Transition
from tests import factories
from tests.annotations.pages.conftest import submitted


@pytest.fixture
def reading(corpus, people):
    return factories.assignment(factories.document("Workers", corpus=corpus), people.annotator)


def address(reading, act):
    return f"/annotate/{reading.pk}/{act}/"


def test_skipping_takes_a_reason_and_says_it_to_managers(as_, page, reading):
    answer = as_("annotator").post(address(reading, "skip"), {"reason": "too-long", "note": "a book"})
    assert (answer.status_code, answer.url) == (302, "/queue/")
    assert Assignment.objects.get().status == "skipped"
    assert Transition.objects.values_list("kind", "reason", "note", "user__username").get() == (
        ("skipped", "too-long", "a book", "annotator")
    )
    assert "too long: a book" in page("manager", "/corpora/reports/")
    assert "too long: a book" in page("annotator", "/queue/")


@pytest.mark.parametrize("body", [{}, {"reason": "boredom"}, {"reason": "other"}], ids=["none", "unknown", "other without note"])
def test_without_a_reason_nothing_is_skipped(as_, reading, body):
    assert as_("annotator").post(address(reading, "skip"), body).status_code == 200
    assert Assignment.objects.get().status == "open"


def test_what_is_submitted_is_not_skipped(as_, corpus, people):
    done = submitted(factories.document("Done", corpus=corpus), people.annotator)
    answer = as_("annotator").post(address(done, "skip"), {"reason": "copy"})
    assert answer.status_code == 409
    assert "Reopen it to skip it." in answer.content.decode()


def test_nobody_skips_the_reading_of_another(as_, reading):
    statuses = [
        as_(who).post(address(reading, "skip"), {"reason": "copy"}).status_code for who in ("manager", "viewer", "stranger")
    ]
    assert statuses == [403, 404, 404]
    assert as_("manager").post(address(reading, "take-up")).status_code == 403


def test_the_annotator_takes_it_up_again(as_, page, reading):
    client = as_("annotator")
    client.post(address(reading, "skip"), {"reason": "language"})
    assert "Take up again" in page("annotator", "/queue/")
    assert "Take up again" in page("annotator", reading.get_absolute_url())
    assert client.post(address(reading, "take-up")).url == reading.get_absolute_url()
    assert list(Transition.objects.order_by("at").values_list("kind", flat=True)) == ["skipped", "reopened"]


def test_the_article_is_new_again(as_, page, reading):
    as_("annotator").post(address(reading, "skip"), {"reason": "language"})
    manager = as_("manager")
    assert [row.progress for row in manager.get("/corpora/reports/").context["page"]] == ["new"]
    assert {line.name: line.open for line in manager.get("/corpora/reports/progress/").context["people"]}["annotator"] == 0


def test_a_reviewer_returns_with_a_reason(as_, page, corpus, people):
    done = submitted(factories.document("Done", corpus=corpus), people.annotator)
    assert "Return…" in page("reviewer", done.get_absolute_url())
    reviewer = as_("reviewer")
    assert reviewer.post(address(done, "return"), {"revision": 0}).status_code == 200
    assert reviewer.post(address(done, "return"), {"revision": 7, "note": "Too early"}).status_code == 409
    assert Assignment.objects.get().status == "submitted"
    assert reviewer.post(address(done, "return"), {"revision": 0, "note": "No actors yet."}).status_code == 302
    assert Transition.objects.values_list("kind", "note", "user__username").get() == ("returned", "No actors yet.", "reviewer")
    assert "Return…" not in page("reviewer", done.get_absolute_url())


def test_who_may_not_return(as_, page, corpus, people):
    done = submitted(factories.document("Done", corpus=corpus), people.reviewer)
    body = {"revision": 0, "note": "No."}
    statuses = [as_(who).post(address(done, "return"), body).status_code for who in ("annotator", "reviewer", "stranger")]
    assert statuses == [404, 403, 404]
    assert "Return…" not in page("reviewer", done.get_absolute_url())


def test_a_skipped_one_is_returned_too(as_, page, reading):
    as_("annotator").post(address(reading, "skip"), {"reason": "off-topic"})
    assert "Return…" in page("reviewer", reading.get_absolute_url())
    as_("reviewer").post(address(reading, "return"), {"revision": 0, "note": "It is on topic."})
    assert Assignment.objects.get().status == "open"
