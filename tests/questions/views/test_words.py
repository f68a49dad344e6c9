"""The page of the concordance: a form, lines with what is left and right, their number, and what is refused."""

import html

import pytest

from corpus.models import Document
from corpus.passages.index import index_all
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, gold, seeded):
    index_all()
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
    assert "Employment, unrealised" in page or "unrealised" in page


def test_a_form_goes_on_to_the_address_of_its_question(get):
    answer, _ = get("filters=1&q=++workers+&on=label:GROUP,+&case=&with=&near=paragraph&sample=&seed=0&order=right&whose=best")
    assert answer.redirect_chain[0][0].endswith("?q=workers&on=label:GROUP&order=right")


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("case=1", 400, "or on is needed"),
        ("q=*", 400, "needs a letter beside it"),
        ("on=label:NOWHERE", 400, "has no “NOWHERE”"),
        ("on=entity:01a22232-024c-7e18-81da-da5abdedeac4", 404, "is not there, or you may not see it"),
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
