"""The tables of an earlier state: for one connection, for one answer, and in nobody's way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.documents.build import document
from annotations.models import Assignment, Span
from questions.address.question import read
from questions.ledgers.answered import answered_then
from questions.past import stand
from questions.past.cut import present
from questions.past.stand import as_it_was
from tests.questions.writers import Writers, in_a_thread


@pytest.fixture
def writers(transactional_db):
    return Writers()


def temporary():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'")
        return cursor.fetchone()[0]


def marks(reading):
    """By the ORM, and as a statement reads them that was prepared before."""
    return Span.objects.filter(assignment=reading).count(), len(document(reading)["mentions"])


def test_inside_there_is_what_there_was_and_afterwards_what_there_is(writers):
    reading = writers.readings[0]
    cut = present()
    writers.write(reading)
    reading = Assignment.objects.get(pk=reading.pk)
    assert marks(reading) == (1, 1)
    with as_it_was(writers.corpus, writers.user, cut):
        assert marks(reading) == (0, 0)
        assert temporary() > 10
    assert marks(reading) == (1, 1)
    assert temporary() == 0


def test_an_error_inside_leaves_nothing_behind(writers):
    cut = present()
    writers.write(writers.readings[0])
    with pytest.raises(KeyError), as_it_was(writers.corpus, writers.user, cut):
        raise KeyError
    assert temporary() == 0
    assert Span.objects.count() == 1


def test_others_write_meanwhile(writers):
    first, second = writers.readings
    cut = present()
    writers.write(first)
    with as_it_was(writers.corpus, writers.user, cut):
        thread = in_a_thread(lambda: writers.write(second))
        thread.join(60)
        assert not thread.is_alive(), "a writer waits for an answer"
        assert Span.objects.count() == 0
    assert Span.objects.count() == 2


def test_as_many_queries_for_two_readings_as_for_one(writers):
    cut, numbers = present(), []
    for reading in writers.readings:
        writers.write(reading)
        with CaptureQueriesContext(connection) as queries:
            answered_then(read("events", []), writers.corpus, writers.user, 5, cut)
        numbers.append(len(queries))
    assert numbers[1] <= numbers[0]


def test_every_table_of_an_assignment_that_entries_read_is_put_back():
    """What is made of the marks of an assignment comes from these tables; others are of articles, of the register and of the scheme."""
    read_by_entries = set(stand.SHADOWED) | {"annotations_label", "annotations_role"}
    assert {word for word in stand.ENTRIES.replace("(", " ").split() if word.startswith("annotations_")} == read_by_entries - {
        "annotations_link"
    }
