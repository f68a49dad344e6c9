"""An outlet is an entity, made with it, and counts as a source."""

import importlib

import pytest
from django.db import connection

from annotations.models import Assignment
from corpus.edits.corpora import change_outlet
from corpus.models import Outlet
from questions.models import Stale
from registry.models import Entity
from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    made = factories.corpus()
    factories.adopt(made)
    return made


def narrator(outlet):
    return Entity.objects.get(outlet=outlet)


def test_it_is_made_with_the_outlet(corpus):
    entity = narrator(factories.outlet(corpus, "Harbor Gazette"))
    assert (entity.corpus, entity.type, entity.name, entity.reference) == (corpus, "MEDIA", "Harbor Gazette", "specific")
    assert entity.same_as is None, "a person links it"


def test_the_news_outlet_of_that_name_becomes_it(corpus):
    known = marks.entity(corpus, "Harbor gazette", type="MEDIA")
    marks.entity(corpus, "Harbor Gazette", type="COMPANY")
    assert narrator(factories.outlet(corpus, "Harbor Gazette")) == known
    assert Entity.objects.count() == 2


def test_two_of_that_name_are_left_to_a_person(corpus):
    for _ in range(2):
        marks.entity(corpus, "Harbor Gazette", type="MEDIA")
    factories.outlet(corpus, "Harbor Gazette")
    assert Entity.objects.count() == 3


def test_a_new_name_is_one_of_its_entity(corpus):
    outlet = factories.outlet(corpus, "Harbor Gazete")
    boss = factories.user("boss")
    factories.membership(corpus, boss, "manager")
    change_outlet(outlet, "Harbor Gazette", "", boss)
    assert narrator(outlet).name == "Harbor Gazette"
    Entity.objects.filter(outlet=outlet).update(name="The Gazette")
    outlet.refresh_from_db()
    change_outlet(outlet, "Gazette", "", boss)
    assert narrator(outlet).name == "The Gazette", "what somebody else called it stays"


def test_it_is_a_source_of_what_the_article_says_itself(corpus):
    reading = factories.assignment(factories.document("They went, 20 of them.", corpus=corpus), factories.user(), "adjudication")
    factories.submitted(reading)
    outlet = factories.outlet(corpus, "Harbor Gazette")
    outlet.articles.add(reading.document.article)
    event = marks.event(reading, "went", status="happened")
    fill(event, count=marks.figure(reading, "20", low=20, high=20, comparator="eq").span)
    take_up()
    [row] = ask(corpus, "events").rows
    assert (row["independent"]["fewest"], row["independent"]["most"]) == (1, 1)
    assert [source["name"] for source in row["entries"][0]["sources"]] == ["Harbor Gazette"]


def test_outlets_of_before_get_theirs(corpus):
    reading: Assignment = factories.assignment(factories.document("They went.", corpus=corpus), factories.user())
    outlet = factories.outlet(corpus, "Harbor Gazette")
    outlet.articles.add(reading.document.article)
    Entity.objects.all().delete()
    take_up()
    with connection.cursor() as cursor:
        for statement in importlib.import_module("registry.migrations.0027_outlets_are_entities").OF_BEFORE:
            cursor.execute(statement)
    assert narrator(Outlet.objects.get()).name == "Harbor Gazette"
    assert set(Stale.objects.values_list("assignment", flat=True)) == {reading.pk}
