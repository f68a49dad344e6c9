"""Positions in ledgers as JavaScript counts them, where a client asks for that."""

import pytest
from rest_framework.test import APIClient

from tests import factories, marks
from tests.questions.ledgers.asking import fill, superuser, take_up

pytestmark = pytest.mark.django_db
TITLE = "🏭 closed"
TEXT = "🏭 Factory closed: 170 workers left on 𝟒 September, for the 🏭 closed."


@pytest.fixture
def corpus(db):
    """Two characters outside the basic plane before whatever is marked, in text and title."""
    document = factories.document(TEXT, of=factories.article(factories.corpus(), TITLE))
    reading = factories.assignment(document, factories.user(), "adjudication")
    event = marks.event(reading, "left", status="happened")
    fill(event, count=marks.figure(reading, "170", low=170, high=170, comparator="eq", use="reported").span)
    fill(marks.event(reading, "closed", status="happened"), cause=event)
    factories.adopt(document.corpus)
    take_up()
    return document.corpus


@pytest.fixture
def get():
    client = APIClient()
    client.force_authenticate(superuser())
    return client.get


def quoted(value):
    """Everything that has words and says where they stand."""
    if isinstance(value, dict):
        if "fragments" in value:
            yield value["quote"], [tuple(each) for each in value["fragments"]]
        if "hit" in value:
            yield value["hit"], [(value["start"], value["end"])]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from quoted(each)


def in_units(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize(
    "asked", ["events/?limit=200", "figures/?limit=1", "causes/?limit=1", "sources/?limit=1", "words/?q=closed"]
)
def test_words_stand_where_a_row_says(get, corpus, asked):
    address = f"/api/v1/corpora/{corpus.slug}/ask/{asked}"
    places = list(quoted(get(f"{address}&offsets=utf16").json()["results"]))
    assert places
    for words, fragments in places:
        assert words in {" … ".join(in_units(text, *each) for each in fragments) for text in (TEXT, TITLE)}
    as_stored = list(quoted(get(address).json()["results"]))
    assert [words for words, _ in as_stored] == [words for words, _ in places]
    assert as_stored != places


def test_the_next_page_counts_alike(get, corpus):
    answer = get(f"/api/v1/corpora/{corpus.slug}/ask/events/?limit=1&offsets=utf16").json()
    assert "offsets=utf16" in answer["next"]
    places = list(quoted(get(answer["next"]).json()["results"]))
    assert {words for words, _ in places} & {"left", "closed"}
    assert all(
        words in {" … ".join(in_units(text, *each) for each in fragments) for text in (TEXT, TITLE)}
        for words, fragments in places
    )


def test_another_unit_is_refused(get, corpus):
    answer = get(f"/api/v1/corpora/{corpus.slug}/ask/events/?offsets=bytes")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "offsets"
