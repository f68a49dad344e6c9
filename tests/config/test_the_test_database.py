"""The tests' own database: fresh at each run, and emptied after a test although the log refuses it."""

import os

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.fixtures import database

GUARDED = "annotations_change"


def test_each_run_has_a_database_of_its_own(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].endswith(f"_run_{os.getpid()}")


def test_programs_that_a_test_starts_use_it_too(db):
    assert f"_run_{os.getpid()}?" in os.environ["DATABASE_URL"]


def test_the_log_refuses_to_be_emptied(transactional_db):
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(f"TRUNCATE {GUARDED} CASCADE")


def test_the_clean_up_after_a_test_empties_it_and_leaves_its_guard(transactional_db):
    call_command("flush", interactive=False, verbosity=0, allow_cascade=True)
    with connection.cursor() as cursor:
        assert database.tables_with_triggers(connection, [GUARDED]) == [GUARDED]
        cursor.execute("SELECT bool_and(tgenabled = 'O') FROM pg_trigger WHERE tgrelid = %s::regclass", [GUARDED])
        assert cursor.fetchone() == (True,)


def test_the_clean_up_empties_the_queue_that_django_does_not_know(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', 't')")
        call_command("flush", interactive=False, verbosity=0)
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


SOURCES = ["requirements.txt", "corpus/migrations/0001_initial.py", "annotations/models/span.py", "domain/scheme.json"]


@pytest.mark.parametrize("name", SOURCES)
def test_a_change_of_what_it_is_made_from_makes_it_anew(tmp_path, monkeypatch, name):
    monkeypatch.setattr(database, "ROOT", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("before")
    before = database.fingerprint()
    assert database.fingerprint() == before
    path.write_text("after")
    assert database.fingerprint() != before


def test_the_databases_of_runs_that_were_killed_are_dropped(db):
    prefix, nobodys = "test_left_over_", 2**22 + 1
    with database.administration() as admin:
        for process in (nobodys, os.getpid()):
            admin.execute(f"CREATE DATABASE {prefix}run_{process}")
        database.drop_left_overs(admin, prefix)
        left = database.databases(admin, prefix)
        database.drop(admin, f"{prefix}run_{os.getpid()}")
    assert left == [f"{prefix}run_{os.getpid()}"]
