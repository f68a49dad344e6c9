"""/livez: the process answers. /readyz: pages can be served. /healthz: everything is well, or 503 with the part that is not."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from config import disk, health
from corpus.readers import sandboxed
from corpus.sandbox.layers import Layers

READERS = {"ok": True, "layers": 3, "missing": 2}


@pytest.fixture(autouse=True)
def space(monkeypatch):
    """Sets the free megabytes of the volumes; at first there are enough, and each probe really writes."""

    def free(database=None, uploads=5000):
        monkeypatch.setattr(health, "database_free_mb", lambda: database)
        monkeypatch.setattr(health, "uploads_free_mb", lambda: uploads)

    monkeypatch.setattr(disk, "KEPT_SECONDS", 0)
    monkeypatch.setattr(health, "write_probe", disk.WriteProbe())
    free()
    return free


@pytest.fixture(autouse=True)
def layers(monkeypatch):
    """What a reader on this machine says of itself."""
    held = Layers(seccomp=True, no_new_privs=True, uid=7)
    monkeypatch.setattr(sandboxed, "layers", lambda: held)
    return held


@pytest.fixture
def heartbeat(db):
    """Writes the heartbeat of a worker, `age` seconds old."""

    def write(age=0):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - timedelta(seconds=age)]
            )

    return write


@pytest.fixture
def waiting_job(db):
    """Puts a job into the queue that was deferred, and perhaps scheduled, so many seconds ago."""

    def put(age=0, scheduled=None, status="todo"):
        with connection.cursor() as cursor:
            when = None if scheduled is None else timezone.now() - timedelta(seconds=scheduled)
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at, status) VALUES ('q', 't', %s, %s) RETURNING id",
                [when, status],
            )
            job = cursor.fetchone()
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) WHERE job_id = %s", [age, *job]
            )

    return put


def look(client, address="/healthz"):
    answer = client.get(address)
    return answer.status_code, json.loads(answer.content)


def test_all_is_well_with_a_database_its_migrations_and_a_worker(client, heartbeat):
    heartbeat()
    assert look(client) == (
        200,
        {
            "status": "ok",
            "database": {"ok": True},
            "migrations": {"ok": True, "pending": 0},
            "worker": {"ok": True, "alive": 1, "heartbeat_seconds": 0},
            "queue": {"ok": True, "waiting": 0, "oldest_seconds": 0},
            "running": {"ok": True, "count": 0, "oldest_seconds": 0},
            "disk": {"ok": True, "writable": True, "database_free_mb": None, "uploads_free_mb": 5000},
            "readers": READERS,
        },
    )


def test_the_process_answers_without_a_database(client):
    assert look(client, "/livez") == (200, {"status": "ok"})  # pytest-django would raise at any query


def test_pages_stay_when_the_worker_has_gone_the_queue_stands_and_the_disk_is_full(client, waiting_job, space):
    waiting_job(age=health.QUEUE_PATIENCE_SECONDS + 1)
    space(database=0)
    status, body = look(client)
    assert (status, [name for name in body if name != "status" and not body[name]["ok"]]) == (503, ["worker", "queue", "disk"])
    assert look(client, "/readyz") == (
        200,
        {"status": "ok", "database": {"ok": True}, "migrations": {"ok": True, "pending": 0}},
    )


def test_no_pages_while_a_migration_is_pending(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert look(client, "/readyz")[0] == 503


def test_no_pages_while_the_database_does_not_take_writes(client, db):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    status, body = look(client, "/readyz")
    assert (status, body["database"]) == (503, {"ok": False})


def test_a_database_that_does_not_answer_is_said(client, db, monkeypatch):
    def refuse(*arguments):
        raise DatabaseError("password=canary host=canary")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"canary" not in answer.content
    failed = {"ok": False}
    assert answer.json() == {
        "status": "failing",
        "readers": READERS,
        **dict.fromkeys(["database", "migrations", "worker", "queue", "running"], failed),
        "disk": {**failed, "writable": False, "database_free_mb": None, "uploads_free_mb": 5000},
    }


def test_pending_migrations_are_counted(client, heartbeat):
    heartbeat()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    status, body = look(client)
    assert (status, body["migrations"]) == (503, {"ok": False, "pending": 1})


def test_the_names_of_files_are_the_migrations_that_django_would_load():
    assert health.known_migrations() == set(MigrationLoader(None).disk_migrations)


def test_a_database_without_any_migration_is_told_from_a_dead_one(client, db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    status, body = look(client)
    assert (status, body["database"]) == (503, {"ok": True})
    assert body["migrations"]["pending"] > 20


def test_no_worker_at_all_is_said(client, db):
    status, body = look(client)
    assert (status, body["worker"]) == (503, {"ok": False, "alive": 0, "heartbeat_seconds": None})


def test_a_worker_that_has_fallen_silent_does_not_count(client, heartbeat):
    heartbeat(age=31)
    status, body = look(client)
    assert (status, body["worker"]) == (503, {"ok": False, "alive": 0, "heartbeat_seconds": 31})


def test_one_living_worker_is_enough(client, heartbeat):
    heartbeat(age=3000)
    heartbeat(age=5)
    status, body = look(client)
    assert (status, body["worker"]) == (200, {"ok": True, "alive": 1, "heartbeat_seconds": 5})


def test_jobs_that_wait_are_counted_with_the_age_of_the_oldest(client, heartbeat, waiting_job):
    heartbeat()
    waiting_job(age=10)
    waiting_job(age=20)
    waiting_job(age=999, status="doing")
    status, body = look(client)
    assert (status, body["queue"]) == (200, {"ok": True, "waiting": 2, "oldest_seconds": 20})


def test_a_queue_that_stands_still_is_said(client, heartbeat, waiting_job):
    heartbeat()
    waiting_job(age=health.QUEUE_PATIENCE_SECONDS + 1)
    status, body = look(client)
    assert status == 503
    assert body["queue"]["ok"] is False


def test_a_job_for_later_does_not_wait_yet(client, heartbeat, waiting_job):
    heartbeat()
    waiting_job(age=5000, scheduled=-60)
    assert look(client)[1]["queue"] == {"ok": True, "waiting": 0, "oldest_seconds": 0}


def test_a_job_waits_from_the_moment_it_is_due(client, heartbeat, waiting_job):
    heartbeat()
    waiting_job(age=5000, scheduled=30)
    assert look(client)[1]["queue"] == {"ok": True, "waiting": 1, "oldest_seconds": 30}


@pytest.fixture
def running_job(db):
    """Puts a job that began so many seconds ago, after an earlier beginning that does not count."""

    def put(queue, age):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES (%s, 't', 'doing') RETURNING id", [queue]
            )
            (job,) = cursor.fetchone()
            events = [(job, 90_000), (job, age)]
            cursor.executemany(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', now() - make_interval(secs => %s))",
                events,
            )

    return put


def test_jobs_that_run_are_counted_with_the_age_of_the_oldest(client, heartbeat, running_job):
    heartbeat()
    running_job("intake", 7)
    running_job("intake", health.FETCHING_SECONDS + 60)
    status, body = look(client)
    assert (status, body["running"]) == (200, {"ok": True, "count": 2, "oldest_seconds": health.FETCHING_SECONDS + 60})


@pytest.mark.parametrize(("queue", "limit"), [("fetch", health.FETCHING_SECONDS), ("intake", health.RUNNING_SECONDS)])
def test_a_job_that_has_run_for_longer_than_its_kind_may_is_said(client, heartbeat, running_job, queue, limit):
    heartbeat()
    running_job(queue, limit - 10)
    assert look(client)[0] == 200
    running_job(queue, limit + 10)
    status, body = look(client)
    assert (status, body["running"]) == (503, {"ok": False, "count": 2, "oldest_seconds": limit + 10})


@pytest.mark.parametrize(("volume", "free", "ok"), [("database", 499, False), ("uploads", 499, False), ("database", 500, True)])
def test_a_volume_that_is_nearly_full_is_said(client, heartbeat, space, volume, free, ok):
    heartbeat()
    space(**{volume: free})
    status, body = look(client)
    assert (status, body["disk"]["ok"], body["disk"][f"{volume}_free_mb"]) == (200 if ok else 503, ok, free)


def test_the_probe_takes_new_blocks_and_is_committed(transactional_db):
    def written():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
            cursor.execute(
                "SELECT temp_bytes, pg_current_wal_flush_lsn() FROM pg_stat_database WHERE datname = current_database()"
            )
            return cursor.fetchone()

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # as each connection has it, but for those of tests
    bytes_before, log_before = written()
    assert disk.WriteProbe().succeeds()
    bytes_after, log_after = written()
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
    assert bytes_after - bytes_before > 500_000
    assert log_after > log_before


def test_it_writes_once_in_a_while_however_often_it_is_asked(db, monkeypatch):
    probe = disk.WriteProbe()
    outcomes = iter([False, True])
    monkeypatch.setattr(disk, "written", lambda: next(outcomes))
    monkeypatch.setattr(disk, "KEPT_SECONDS", 600)
    assert [probe.succeeds() for _ in range(100)] == [False] * 100
    probe.kept_until -= 600
    assert [probe.succeeds() for _ in range(100)] == [True] * 100


def test_the_space_of_the_embedded_server_is_known_and_of_another_one_not(running, monkeypatch):
    monkeypatch.setattr(disk, "embedded", lambda: running)
    assert disk.database_free_mb() > 0
    assert disk.uploads_free_mb() > 0
    monkeypatch.setattr(disk, "embedded", lambda: None)
    assert disk.database_free_mb() is None


def test_it_costs_seven_queries_and_no_session(client, heartbeat, django_assert_max_num_queries):
    heartbeat()
    client.get("/healthz")
    with django_assert_max_num_queries(7):
        answer = client.get("/healthz")
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/livez", "/readyz", "/healthz"])
def test_it_is_only_asked(client, db, address):
    assert client.post(address).status_code == 405


def test_readers_that_nothing_holds_are_said(client, heartbeat, layers, monkeypatch):
    heartbeat()
    layers.seccomp = False
    status, body = look(client)
    assert (status, body["readers"]) == (503, {"ok": False, "layers": 2, "missing": 3})
    monkeypatch.setattr(sandboxed, "strict", False)
    assert look(client)[0] == 200


def test_readers_that_do_not_start_are_said(client, heartbeat, monkeypatch):
    def fail():
        raise sandboxed.DeadError("canary")

    heartbeat()
    monkeypatch.setattr(sandboxed, "layers", fail)
    status, body = look(client)
    assert (status, body["readers"]) == (503, {"ok": False})
