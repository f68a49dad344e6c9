"""The page of an entity: what is known of it, and every mention in its sentence."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Entity, EntityIdentifier, EntityName, Relation
from tests import factories
from tests.registry.pages.marking import mark

TEXT = "Title\n\nWorkers left for the North. Nobody in the North knew. The end."


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def reviewer(corpus, client):
    person = factories.user("reviewer")
    factories.membership(corpus, person, "reviewer")
    client.force_login(person)
    return person


@pytest.fixture
def north(corpus):
    entity = Entity.objects.create(corpus=corpus, name="North Korea", type="TERRITORY", countries=["KP"])
    EntityName.objects.create(entity=entity, position=0, name="DPRK")
    EntityIdentifier.objects.create(entity=entity, scheme="wikidata", value="Q423")
    return entity


@pytest.fixture
def read(client, reviewer):
    return lambda entity, query="": client.get(f"/entities/{entity.pk}/{query}").content.decode()


def quotes(text):
    return [re.sub(r"</?mark>", "*", found) for found in re.findall(r"<q [^>]*>(.*?)</q>", text)]


def test_it_tells_what_is_known(read, north, corpus):
    city = Entity.objects.create(corpus=corpus, name="Nampo", type="TERRITORY")
    Relation.objects.create(corpus=corpus, source=city, type="located_in", target=north, basis="inferred")
    text = read(north)
    for fact in ("North Korea", "DPRK", "KP", "Q423", "Territory"):
        assert fact in text
    assert re.search(r"Nampo</a> located in this <span[^>]*>\(inferred\)", text)


def test_each_mention_stands_in_its_sentence_and_leads_to_its_place(read, north, corpus, reviewer):
    work = factories.assignment(factories.document(TEXT, corpus=corpus), reviewer)
    spans = [mark(work, "North", nth, entity=north) for nth in (0, 1)]
    text = read(north)
    assert quotes(text) == ["Workers left for the *North*.", "Nobody in the *North* knew."]
    for span in spans:
        assert f'href="/annotate/{work.pk}/#mark={span.pk}"' in text


def test_the_same_words_marked_by_several_show_once_as_the_gold(read, north, corpus, reviewer):
    document = factories.document(TEXT, corpus=corpus)
    gold = factories.assignment(document, reviewer, role="adjudication")
    for work in (factories.assignment(document, reviewer), gold):
        mark(work, "North", entity=north)
    text = read(north)
    assert len(quotes(text)) == 1
    assert f"/annotate/{gold.pk}/" in text


def test_marks_that_one_may_not_see_are_not_there(client, north, corpus, reviewer):
    mark(factories.assignment(factories.document(TEXT, corpus=corpus), reviewer), "North", entity=north)
    annotator = factories.user("annotator")
    factories.membership(corpus, annotator, "annotator")
    client.force_login(annotator)
    text = client.get(f"/entities/{north.pk}/").content.decode()
    assert quotes(text) == []
    assert "No mentions yet" in text


def test_an_entity_of_another_corpus_is_not_there(client, north):
    client.force_login(factories.user("stranger"))
    assert client.get(f"/entities/{north.pk}/").status_code == 404


def test_a_long_sentence_far_into_a_long_text_is_cut_right(read, north, corpus, reviewer):
    text = "x" * 3000 + ". 💩 It was the North that knew. " + "y" * 3000
    mark(factories.assignment(factories.document(text, corpus=corpus), reviewer), "North", entity=north)
    assert quotes(read(north)) == ["💩 It was the *North* that knew."]


def test_many_mentions_come_in_pages_and_in_a_constant_number_of_queries(client, read, north, corpus, reviewer):
    def add(numbers):
        for number in numbers:
            document = factories.document(f"The North, number {number}.", corpus=corpus)
            mark(factories.assignment(document, reviewer), "North", entity=north)

    def count():
        with CaptureQueriesContext(connection) as queries:
            read(north)
        return len(queries)

    add([0])
    read(north)
    few = count()
    add(range(1, 60))
    assert count() == few
    assert (len(quotes(read(north))), len(quotes(read(north, "?page=2")))) == (50, 10)
