"""/healthz says 200 when all is well, and 503 with the part that is not."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from config import health


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


def look(client):
    answer = client.get("/healthz")
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
        },
    )


def test_a_database_that_does_not_answer_is_said(client, db, monkeypatch):
    def refuse(*arguments):
        raise DatabaseError("password=canary host=canary")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"canary" not in answer.content
    failed = {"ok": False}
    parts = dict.fromkeys(("database", "migrations", "worker", "queue", "running"), failed)
    assert answer.json() == {"status": "failing"} | parts


def test_pending_migrations_are_counted(client, heartbeat):
    heartbeat()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    status, body = look(client)
    assert (status, body["migrations"]) == (503, {"ok": False, "pending": 1})


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


def test_it_costs_six_queries_and_no_session(client, heartbeat, django_assert_max_num_queries):
    heartbeat()
    client.get("/healthz")
    with django_assert_max_num_queries(6):
        answer = client.get("/healthz")
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_only_reads(client, db):
    assert client.post("/healthz").status_code == 405
