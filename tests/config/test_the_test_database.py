"""The tests' own database: fresh at each run, and emptied after a test although the log refuses it."""

import gc
import json
import os

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from annotations.models import Label
from annotations.schemes.stored import compiled, data_of, essence
from registry.models import Measure
from tests import factories, schemes
from tests.fixtures import database, emptying
from tests.fixtures.emptying import KEPT, Garbage, empty_database, end_test_that_commits, set_aside_what_stays

GUARDED = "annotations_change"


def test_each_run_has_a_database_of_its_own(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].endswith(f"_run_{os.getpid()}")


def test_programs_that_a_test_starts_use_it_too(db):
    assert f"_run_{os.getpid()}?" in os.environ["DATABASE_URL"]


def test_the_server_waits_for_a_test_that_computes(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1h",)


def test_the_log_refuses_to_be_emptied(transactional_db):
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(f"TRUNCATE {GUARDED} CASCADE")


def guards(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass", [table])
        return dict(cursor.fetchall())


def filled_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        each = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(each))
        return {name for (name,) in cursor.fetchall()}


def write_something():
    """Into tables that refuse to lose rows, and into the queue, which Django does not know."""
    factories.assignment(factories.document("Some words"), factories.user())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', 't') RETURNING id")
        periodic = "INSERT INTO procrastinate_periodic_defers (job_id, task_name, defer_timestamp) VALUES (%s, 't', 1)"
        cursor.execute(periodic, cursor.fetchone())


def test_the_clean_up_after_a_test_empties_all_tables_and_leaves_their_guards(transactional_db):
    write_something()
    before = {table: guards(table) for table in filled_tables()}
    assert {"corpus_evidencelog", "corpus_document"} <= {table for table in before if before[table]}
    empty_database()
    assert filled_tables() == set(KEPT)
    assert {table: guards(table) for table in before} == before
    assert {state for table in before for state in guards(table).values()} == {"O"}


def test_many_rows_are_truncated_without_a_trace_of_them_on_the_disk(transactional_db, monkeypatch):
    write_something()
    empty_database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('corpus_article')")
        assert cursor.fetchone() != (0,)
        write_something()
        before = guards("corpus_evidencelog")
        monkeypatch.setattr(emptying, "LARGE", 0)
        empty_database()
        cursor.execute("SELECT pg_relation_size('corpus_article')")
        assert cursor.fetchone() == (0,)
    assert filled_tables() == set(KEPT)
    assert guards("corpus_evidencelog") == before


def test_what_outlives_a_module_is_set_aside_where_one_of_its_tests_committed(transactional_db, monkeypatch):
    monkeypatch.setattr(Garbage, "sought", False)
    before = gc.get_freeze_count()
    set_aside_what_stays()
    assert gc.get_freeze_count() == before
    stays = [[] for _ in range(10_000)]
    end_test_that_commits()
    set_aside_what_stays()
    assert gc.get_freeze_count() >= before + len(stays)
    assert not Garbage.sought


def test_a_scheme_is_the_same_whether_loaded_or_written_from_its_rows(db):
    with transaction.atomic():
        schemes.ROWS.clear()
        loaded = data_of(factories.scheme())
        transaction.set_rollback(True)
    assert len(schemes.ROWS) == len(schemes.TABLES)
    written = factories.scheme()
    assert data_of(written) == loaded
    assert essence(loaded) == essence(json.loads(schemes.FILE.read_text("utf-8")))


def test_a_scheme_is_compiled_once_and_anew_when_it_was_edited(db):
    first = factories.scheme()
    assert compiled(first) is schemes.Written.compiled
    with transaction.atomic():
        Label.objects.filter(layer__scheme=first).update(name="Renamed")
        first.save(update_fields=["loaded"])
        assert "Renamed" in str(compiled(first).data["layers"])
        first.delete()
        Measure.objects.all().delete()
        assert compiled(factories.scheme()) is schemes.Written.compiled
        assert "Renamed" not in str(schemes.Written.compiled.data["layers"])


SOURCES = ["requirements/base.txt", "corpus/migrations/0001_initial.py", "annotations/models/span.py", "domain/scheme.json"]


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


def test_a_database_is_dropped_with_whoever_is_in_it(db):
    name = f"test_in_use_{os.getpid()}"
    with database.administration() as admin:
        admin.execute(f"CREATE DATABASE {name}")
        someone = psycopg.connect(**{**admin.info.get_parameters(), "dbname": name})
        try:
            database.drop(admin, name)
            assert database.databases(admin, name) == []
        finally:
            someone.close()
