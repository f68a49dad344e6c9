"""The world that tests leave to each other falls with its rows, or with the database of the run."""

import pytest

from corpus.models import Corpus
from tests.api import conftest


@pytest.fixture
def standing(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield conftest.Standing()


def test_nothing_of_it_stays(standing):
    standing.build()
    assert Corpus.objects.exists()
    standing.fall()
    assert not Corpus.objects.exists()


def test_behind_the_last_test_of_all_the_database_is_not_asked(monkeypatch):
    last = conftest.Standing()
    last.world = object()
    monkeypatch.setattr(conftest, "standing", last)
    monkeypatch.setattr(conftest.Standing, "fall", lambda self: pytest.fail("there is no database"))
    conftest.pytest_runtest_teardown(item=None, nextitem=None)
    assert last.world is None
