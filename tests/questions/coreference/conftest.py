"""Events of one type, each in an article of its own."""

import pytest

from questions.index import keep
from tests import factories, marks


def take_up():
    while keep.take_up():
        pass


@pytest.fixture
def corpus(db):
    return factories.corpus()


@pytest.fixture
def boss(corpus):
    who = factories.user("boss")
    factories.membership(corpus, who, "reviewer")
    return who


@pytest.fixture
def event_of(corpus, boss):
    """Makes an event in an article of its own."""

    def made(title="An article", code="REPATRIATE", **fields):
        document = factories.document("Some went home.", of=factories.article(corpus, title))
        return marks.event(factories.assignment(document, boss, "adjudication"), "went", code, **fields)

    return made


@pytest.fixture
def events(event_of):
    """Five, by their ids in order."""
    made = sorted((event_of(f"Article {number}") for number in range(5)), key=lambda event: event.pk)
    take_up()
    return made
