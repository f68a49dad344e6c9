"""The world that tests leave to each other falls whatever became of the transaction around it."""

import pytest
from django.db import connection, transaction

from corpus.models import Corpus
from tests.api.conftest import Standing


@pytest.fixture
def standing(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield Standing()


def test_nothing_of_it_stays(standing):
    standing.build()
    assert Corpus.objects.exists()
    standing.fall()
    assert not Corpus.objects.exists()


def test_nothing_of_it_stays_where_its_transaction_has_ended(standing):
    standing.build()
    connection.in_atomic_block = False
    standing.fall()
    assert not Corpus.objects.exists()


def test_a_test_inside_does_not_end_its_transaction_where_autocommit_was_off(standing):
    connection.set_autocommit(False)
    standing.build()
    with transaction.atomic():
        pass
    assert connection.in_atomic_block
    standing.fall()
    assert connection.get_autocommit()
