"""One search over a corpus: articles, entities and words, as the lists behind it find them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.passages.index import index_all
from questions.asking.time_limits import TooBroad
from questions.views import search
from registry.models import Entity
from tests import factories

ADDRESS = "/corpora/seeded/search/"


@pytest.fixture
def get(client, indexed, seeded):
    def read(query, role="reviewer"):
        person = factories.user(role)
        factories.membership(seeded, person, role)
        client.force_login(person)
        return client.get(ADDRESS, {"q": query})

    return read


def test_words_are_found_in_articles_and_texts(get):
    shown = get("terminat*").context
    assert len(shown["articles"]) == 1
    assert shown["articles"][0].snippet.hit.startswith("terminat")
    assert [row["start"] for row in shown["lines"]] == [892, 1101, 1880, 3273]
    assert shown["entities"] == []


def test_a_place_reads_as_the_text_does(get, seeded):
    factories.document("Paper Crane bought the coal, a worker said.", corpus=seeded)
    index_all()
    place = re.search("<q.*?</q>", get("coal").content.decode(), re.DOTALL)[0]
    assert re.sub("<[^>]+>", "", place) == "Paper Crane bought the coal, a worker said."


def test_an_entity_is_found_by_its_name_and_by_how_it_sounds(get, seeded):
    Entity.objects.create(corpus=seeded, name="Kim Jong Un", type="PERSON")
    assert "Kim Jong Un" in [each.name for each in get("김정은").context["entities"]]


def test_what_is_more_is_in_the_lists(get, seeded):
    for number in range(12):
        factories.document(f"Timber was sold {number}", corpus=seeded)
        Entity.objects.create(corpus=seeded, name=f"Timber {number}", type="COMPANY")
    index_all()
    text = get("timber").content.decode()
    for address in ("/corpora/seeded/", "/corpora/seeded/entities/", "/corpora/seeded/ask/words/"):
        assert f'href="{address}?q=timber"' in text


def test_what_cannot_be_searched_for_is_said_once(get):
    text = get("*").content.decode()
    assert text.count('role="alert"') == 1
    assert "Entities" in text


def test_words_that_take_too_long_are_left_to_the_person(get, monkeypatch):
    def slow(*_, **__):
        raise TooBroad("seeded")

    monkeypatch.setattr(search, "answered", slow)
    assert "take too long" in get("terminat*").content.decode()


def test_nothing_is_searched_for_without_words(get):
    assert "articles" not in get("  ").context


def test_an_outsider_finds_nothing(client, seeded):
    client.force_login(factories.user("stranger"))
    assert client.get(ADDRESS, {"q": "workers"}).status_code == 404


def test_hostile_words_are_words(get):
    assert "<script>alert" not in get("<script>alert(1)</script>").content.decode()


def test_it_asks_as_often_whatever_is_found(client, get, seeded, django_assert_num_queries):
    def more(numbers):
        for number in numbers:
            factories.document(f"Timber was sold {number}", corpus=seeded)
            Entity.objects.create(corpus=seeded, name=f"Timber {number}", type="COMPANY")
        index_all()

    more(range(2))
    get("timber")
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS, {"q": "timber"})
    more(range(2, 8))
    with django_assert_num_queries(len(few)):
        client.get(ADDRESS, {"q": "timber"})
