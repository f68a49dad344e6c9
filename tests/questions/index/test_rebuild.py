"""The index is made anew by several connections, each with other assignments."""

import threading
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from questions.index import keep
from questions.index.compare import disagreements
from questions.models import Entry, IndexedAssignment, Stale
from tests import factories, marks

READINGS = 7
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def readings(monkeypatch):
    monkeypatch.setattr(keep, "AT_ONCE", 1)
    made = [factories.assignment(factories.document("Some went home."), factories.user()) for _ in range(READINGS)]
    for reading in made:
        marks.event(reading, "went")
    return made


def sessions():
    """Connections of the program to the database of the tests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def test_two_jobs_make_what_one_makes(readings, monkeypatch):
    threads, once = set(), keep.make_anew
    before = sessions()
    monkeypatch.setattr(keep, "make_anew", lambda ids: threads.add(threading.current_thread()) or once(ids))
    assert list(keep.rebuild(jobs=2)) == [1] * READINGS
    assert len(threads) == 2
    assert threading.current_thread() not in threads
    assert Entry.objects.count() == IndexedAssignment.objects.count() == READINGS
    assert list(disagreements()) == []
    assert not Stale.objects.exists()
    assert sessions() == before


def test_an_error_of_one_ends_all_of_it(readings, monkeypatch):
    once = keep.make_anew
    spoilt = sorted(reading.pk for reading in readings)[2]

    def make_anew(ids):
        if ids == (spoilt,):
            raise ValueError("spoilt")
        return once(ids)

    monkeypatch.setattr(keep, "make_anew", make_anew)
    monkeypatch.setattr(keep, "assignments", lambda corpus: sorted(reading.pk for reading in readings))
    with pytest.raises(ValueError, match="spoilt"):
        list(keep.rebuild(jobs=1))
    assert IndexedAssignment.objects.count() == 2
    with pytest.raises(ValueError, match="spoilt"):
        list(keep.rebuild(jobs=2))
    monkeypatch.setattr(keep, "make_anew", once)
    assert sum(keep.rebuild(jobs=2)) == READINGS
    assert list(disagreements()) == []


def test_a_second_command_is_refused_while_the_first_is_under_way(readings):
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True) as other:
        other.execute(f"SELECT pg_advisory_lock({keep.REBUILD})")
        with pytest.raises(CommandError, match="wait for the end of the other"):
            call_command("index", stdout=StringIO())
        assert not Entry.objects.exists()
    out = StringIO()
    call_command("index", stdout=out)
    assert f"{READINGS} assignments indexed" in out.getvalue()
