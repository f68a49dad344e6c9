"""A job is not lost with its worker, and a job that kills workers does not go on for ever."""

import asyncio
import logging
import signal
import time
from concurrent.futures import ThreadPoolExecutor

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
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [silent],
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


def rescue():
    """As the worker does it: over a connection of its own, and in a thread, since the browser's loop may run in this one."""

    async def once(worker_app):
        async with worker_app.open_async():
            await jobs.rescue_jobs(worker_app)

    def run():
        with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:
            asyncio.run(once(worker_app))

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


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


WORKER = """
from config.start import prepare
prepare()
import django
django.setup()
import asyncio, time
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from config.jobs import work

@app.task(name="probe")
def probe():
    print("begun", flush=True)
    time.sleep(1)
    print("to its end", flush=True)

probe.defer()
with app.replace_connector(DjangoConnector().get_worker_connector()):
    asyncio.run(work(app, 1, 10))
"""


def test_a_running_job_is_finished_before_the_worker_ends_however_often_it_is_told(transactional_db, start_python):
    worker = start_python(WORKER)
    assert worker.stdout.readline() == "begun\n"
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        worker.send_signal(number)
        time.sleep(0.1)
    assert worker.communicate(timeout=60) == ("to its end\n", "")
    assert worker.returncode == 0
    with connection.cursor() as cursor:
        # What is done every minute may wait by now: it came too late for this worker, and the next one does it.
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs")
        assert [job for job in cursor.fetchall() if job[1] != "todo" or job[0] == "probe"] == []
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert cursor.fetchone() == (0,)


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
