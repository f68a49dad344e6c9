"""The page of the concordance: a form, lines with what is left and right, their number, and what is refused."""

import html
import re

import pytest

from corpus.models import Document
from corpus.passages.index import index_all
from questions.concordance import walk
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, gold, seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client.force_login(person)

    def get(query="", status=200):
        answer = client.get(f"/corpora/{seeded.slug}/ask/words/?{query}", follow=True)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer, html.unescape(answer.content.decode())

    return get


def test_without_a_question_there_is_a_form(get):
    _, page = get()
    assert "Enter words, or what marks are." in page
    assert 'role="alert"' not in page
    assert 'name="q"' in page


def test_lines_with_the_marks_under_them(get, gold):
    answer, page = get("q=terminat*")
    assert [row["start"] for row in answer.context["rows"]] == [892, 1101, 1880, 3273]
    assert "4 lines · 1 article<" in page
    assert page.count(f'href="/annotate/{gold.pk}/#mark=') == 8
    assert "not carried out" in page


def test_a_form_goes_on_to_the_address_of_its_question(get):
    answer, _ = get("filters=1&q=++workers+&on=label:GROUP,+&case=&with=&near=paragraph&sample=&seed=0&order=right&whose=best")
    assert answer.redirect_chain[0][0].endswith("?q=workers&on=label:GROUP&order=right")


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("case=1", 400, "or on is needed"),
        ("q=*", 400, "needs a letter beside it"),
        ("on=label:NOWHERE", 400, "has no “NOWHERE”"),
        ("on=entity:01a22232-024c-7e18-81da-da5abdedeac4", 404, "does not exist, or you do not have access to it"),
    ],
)
def test_what_cannot_be_asked_is_said_above_the_form(get, query, status, message):
    _, page = get(query, status)
    assert message in page
    assert 'name="q"' in page


def test_no_line(get):
    _, page = get("q=nowhere&whose=gold")
    assert "0 lines · 0 articles" in page
    assert "Clear all filters" in page


def test_hostile_words_are_words(get, seeded):
    text = "<script>alert(1)</script> workers <b>terminated"
    factories.document(text, corpus=seeded)
    index_all()
    answer, _ = get("q=workers&order=right")
    raw = answer.content.decode()
    assert "<script>alert(1)" not in raw
    assert "&lt;script&gt;alert(1)" in raw
    assert Document.objects.count() == 2


def test_a_next_page(get):
    answer, page = get("q=the|of|workers|in|to")
    assert len(answer.context["rows"]) == 50
    assert 'rel="next"' in page


class TestNothingFits:
    def test_what_to_take_away_and_how_many_lines_that_brings(self, get):
        answer, page = get("q=terminat*&on=label:PEOPLE&whose=gold")
        removals = answer.context["removals"]
        assert [(each["rows"].number, each["rows"].words) for each in removals] == [(6, "6 lines"), (4, "4 lines")]
        assert "Without “<bdi>marked: People count</bdi>”: 4 lines" in page
        for each in removals:
            assert len(get(each["address"].partition("?")[2])[0].context["rows"]) == each["rows"].number

    def test_of_many_lines_it_says_more_than(self, get, monkeypatch):
        monkeypatch.setattr(walk, "MOST_SURE", 0)
        answer, page = get("q=workers&published_to=1900-01-01")
        assert [each["rows"].words for each in answer.context["removals"]] == ["more than 10 lines"]
        assert re.search("Without “<bdi>published [^<]+</bdi>”: more than 10 lines</a>", page)

    def test_what_cannot_be_sorted_is_not_offered(self, get, monkeypatch):
        monkeypatch.setattr(walk, "MOST_SORTED", 2)
        answer, page = get("q=workers&published_to=1900-01-01&order=left")
        assert (answer.context["removals"], "Clear all filters" in page) == ([], True)

    def test_the_nearest_words_lead_to_the_same_question_with_these(self, get):
        answer, page = get("q=Wrokers+..3+contarct&published_to=2030-01-01")
        others = {each["word"]: [other["word"] for other in each["others"]] for each in answer.context["nearest"]}
        assert (others["wrokers"][0], others["contarct"][0]) == ("workers", "contract")
        assert all(len(words) <= 5 for words in others.values())
        assert "No text with “<bdi>wrokers</bdi>”. Nearest words: <a href=" in page
        address = answer.context["nearest"][0]["others"][0]["address"]
        assert address.endswith("/ask/words/?q=workers+..3+contarct&published_to=2030-01-01")
        assert get(address.partition("?")[2])[0].context["nearest"][0]["word"] == "contarct"

    def test_a_word_that_some_text_has_is_not_called_absent(self, get):
        answer, _ = get("q=workers&published_to=1900-01-01")
        assert answer.context["nearest"] == []
        assert "Nearest words" not in get("q=工厂")[1]
        assert "Nearest words" not in get("on=label:PEOPLE,status:happened")[1]

    def test_hostile_words_of_the_corpus_are_escaped(self, get):
        answer, _ = get("q=%3Cscript%3Ealret")
        raw = answer.content.decode()
        assert "<script>al" not in raw
