"""A job is not lost with its worker, and a job that kills workers does not go on for ever."""

import asyncio
import logging
import os
import signal
import threading
import time

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from config import jobs


@pytest.fixture
def job(transactional_db):
    """Puts a job that is running on a worker whose last heartbeat is `silent` seconds old; gives its number."""

    def put(silent, attempts=1):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id", [silent]
            )
            cursor.execute(
                """INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id)
                   VALUES ('q', 'probe', 'doing', %s, %s) RETURNING id""",
                [attempts, *cursor.fetchone()],
            )
            return cursor.fetchone()[0]

    return put


def state(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        return cursor.fetchone()[0]


def as_worker(act, *arguments):
    """Run it as the worker does, over a connection of its own."""
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:
        asyncio.run(act(worker_app, *arguments))


def rescue():
    async def once(worker_app):
        async with worker_app.open_async():
            await jobs.rescue_jobs(worker_app)

    as_worker(once)


def test_the_job_of_a_dead_worker_runs_again(job):
    number = job(silent=60)
    rescue()
    assert state(number) == "todo"


def test_the_job_of_a_living_worker_is_left_alone(job):
    number = job(silent=10)
    rescue()
    assert state(number) == "doing"


def test_a_job_that_was_on_five_dying_workers_has_failed(job, caplog):
    number = job(silent=60, attempts=jobs.STARTS)
    with caplog.at_level(logging.ERROR):
        rescue()
    assert state(number) == "failed"
    assert "was running when its worker died" in caplog.text


def test_a_job_of_a_worker_that_nobody_knows_any_more_runs_again(job):
    number = job(silent=60)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    rescue()
    assert state(number) == "todo"


@pytest.fixture
def probe():
    """A task that waits to be told to end; `ran` holds what it did."""
    ran = []
    begun = threading.Event()

    @app.task(name="probe")
    def task():
        begun.set()
        time.sleep(1)
        ran.append("to its end")

    yield task, begun, ran
    del app.tasks["probe"]


def test_a_running_job_is_finished_before_the_worker_ends_however_often_it_is_told(transactional_db, probe):
    task, begun, ran = probe
    task.defer()

    def tell():
        begun.wait(20)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            os.kill(os.getpid(), number)
            time.sleep(0.1)

    teller = threading.Thread(target=tell)
    teller.start()
    as_worker(jobs.work, 1, 10)
    teller.join()
    assert ran == ["to its end"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM procrastinate_workers)")
        assert cursor.fetchone() == (0, 0)


def test_a_job_finds_a_living_connection_after_the_database_was_restarted(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    connection.health_check_done = True
    with connection.cursor() as other:
        other.connection.pgconn.finish()

    def task():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()

    assert jobs.with_live_connection(task, None, None) != backend
