"""What a time means, asked while it is typed: days of an EDTF, and a proposal from words."""

from datetime import date

import pytest

from annotations.text.edtf import bounds
from corpus.models import Article


@pytest.fixture
def ask(own, annotator):
    def of(**query):
        response = annotator.get(f"/api/v1/assignments/{own.assignment.pk}/times/", query)
        assert response.status_code == 200
        return response.json()

    return of


@pytest.fixture
def published(own):
    def on(first, last):
        Article.objects.filter(pk=own.article.pk).update(published_earliest=first, published_latest=last)

    return on


@pytest.mark.parametrize("edtf", ["2017?-09-04", "2017-09", "2017-08-05/2017-09-30", "201X", "2017-09-04/.."])
def test_an_edtf_has_the_days_that_the_write_would_store(ask, edtf):
    first, last = bounds(edtf)
    found = ask(edtf=edtf)
    assert (found["earliest"], found["latest"], found["problem"]) == (str(first), last and str(last), "")


@pytest.mark.parametrize("edtf", ["4 September", "2017-13", "2017-09-30/2017-09-04", "soon", "\x00", "x" * 5000])
def test_what_is_no_edtf_says_what_is_wrong(ask, edtf):
    found = ask(edtf=edtf)
    assert (found["earliest"], found["latest"]) == (None, None)
    assert "EDTF" in found["problem"] or "ends before it starts" in found["problem"]


def test_words_are_read_against_the_publication_date(ask, published):
    published(date(2017, 9, 4), date(2017, 9, 30))
    assert ask(words="in the morning of September 4")["proposal"] == {
        "edtf": "2017?-09-04",
        "basis": "inferred",
        "part_of_day": "MO",
    }
    published(date(2017, 9, 14), date(2017, 9, 14))
    assert ask(words="yesterday")["proposal"] == {"edtf": "2017-09-13", "basis": "resolved", "part_of_day": None}


def test_the_words_before_tell_whether_a_day_lies_ahead(ask, published):
    published(date(2024, 5, 15), date(2024, 5, 15))
    assert ask(words="May 20")["proposal"] is None
    assert ask(words="May 20", before="The port will close on")["proposal"]["edtf"] == "2024-05-20"
    assert ask(words="Friday", before="x" * 5000 + ". The port closed on")["proposal"]["edtf"] == "2024-05-10"


def test_words_without_a_date_are_open(ask):
    assert ask(words="recently")["proposal"] == {"edtf": None, "basis": "open", "part_of_day": None}


@pytest.mark.parametrize("words", ["", "   ", "workers", "September 4"])
def test_where_nothing_can_be_said_nothing_is_proposed(ask, words):
    assert ask(words=words)["proposal"] is None


def test_asking_nothing_is_answered_with_nothing(ask):
    assert ask() == {"earliest": None, "latest": None, "problem": "", "proposal": None}


def test_a_basis_that_is_proposed_is_one_of_the_scheme(ask, published, own):
    (time,) = own.assignment.scheme.attributes.filter(code="time")
    (choices,) = [field["choices"] for field in time.extra["fields"] if field["code"] == "basis"]
    published(date(2017, 9, 14), date(2017, 9, 14))
    proposed = {ask(words=words)["proposal"]["basis"] for words in ("yesterday", "soon", "May 2017")}
    published(date(2017, 9, 4), date(2017, 9, 30))
    proposed.add(ask(words="September 4")["proposal"]["basis"])
    assert proposed == {"resolved", "open", "stated", "inferred"}
    assert proposed <= {choice["code"] for choice in choices}
