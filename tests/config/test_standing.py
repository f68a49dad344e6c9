"""Rows that tests leave to each other fall when the next test wants others, or with the database of the run."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.models import Corpus
from tests import factories
from tests.fixtures import standing
from tests.fixtures.standing import Standing, pytest_runtest_teardown

HERE = Path(__file__).parent


@pytest.fixture
def corpus(monkeypatch, django_db_setup, django_db_blocker):
    monkeypatch.setattr(Standing, "every", [])
    with django_db_blocker.unblock():
        yield Standing("corpus", HERE, factories.corpus)


def example(*fixtures, path=__file__, **mark):
    return SimpleNamespace(fixturenames=fixtures, path=Path(path), get_closest_marker=lambda name: SimpleNamespace(kwargs=mark))


def test_nothing_of_it_stays(corpus, request):
    corpus.rise()
    assert Corpus.objects.exists()
    pytest_runtest_teardown(request.node, example("corpus"))
    assert Corpus.objects.exists()
    pytest_runtest_teardown(request.node, example("other"))
    assert not Corpus.objects.exists()
    assert not corpus.stands


def test_who_commits_or_lies_elsewhere_makes_rows_of_their_own(corpus):
    assert standing.of(example("corpus", "db")) is corpus
    assert standing.of(example("corpus", "transactional_db")) is None
    assert standing.of(example("corpus", transaction=True)) is None
    assert standing.of(example("corpus", path="/elsewhere/test.py")) is None
    assert standing.of(None) is None


def test_behind_the_last_test_of_all_the_database_is_not_asked(corpus, monkeypatch):
    corpus.stands = True
    monkeypatch.setattr(Standing, "fall", lambda self: pytest.fail("there is no database"))
    pytest_runtest_teardown(item=None, nextitem=None)
    assert not corpus.stands
