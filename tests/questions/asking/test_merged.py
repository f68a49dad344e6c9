"""An entity that was merged away is asked for as the one that stayed."""

import pytest

from annotations.write.merge_entities import merge, undo
from questions.asking.asker import NotThere
from registry.models import Entity
from tests import factories
from tests.questions.ledgers.asking import ask, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def dandong(seeded):
    return Entity.objects.get(corpus=seeded, key="E-DDG")


def rows(corpus, place):
    return [row["id"] for row in ask(corpus, "events", place=str(place)).rows]


def test_an_address_of_one_that_is_gone_leads_to_the_one_that_stayed(seeded, dandong):
    take_up()
    before, reviewer = rows(seeded, dandong.pk), factories.user("reviewer")
    other, last = (Entity.objects.create(corpus=seeded, type="TERRITORY", name=name) for name in ("Dandong City", "Tantung"))
    first = dandong.pk
    merge(dandong, other, reviewer)
    row = merge(Entity.objects.get(pk=other.pk), last, reviewer)
    take_up()
    assert before
    assert rows(seeded, first) == rows(seeded, other.pk) == rows(seeded, last.pk) == before
    undo(row, reviewer)
    take_up()
    assert rows(seeded, first) == before
    assert rows(seeded, last.pk) == []


def test_of_another_corpus_it_is_not_there(seeded, dandong):
    foreign = factories.corpus("foreign")
    factories.scheme()
    with pytest.raises(NotThere):
        rows(foreign, dandong.pk)
