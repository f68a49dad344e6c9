"""A job is not lost with its worker, and a job that kills workers does not go on for ever."""

import asyncio
import logging
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from config import jobs
from questions.models import Entry, SavedQuestion, SeenState, Stale
from tests import factories, marks
from tests.loading import articles_coming_in


@pytest.fixture
def job(transactional_db):
    """Puts a job that is running on a worker whose last heartbeat is `silent` seconds old; gives its number."""

    def put(silent, attempts=1, lock=None):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [silent],
            )
            cursor.execute(
                """INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id, queueing_lock)
                   VALUES ('q', 'probe', 'doing', %s, %s, %s) RETURNING id""",
                [attempts, *cursor.fetchone(), lock],
            )
            return cursor.fetchone()[0]

    return put


def state(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        return next(iter(cursor.fetchone() or [None]))


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


def test_a_dead_workers_job_of_which_another_one_waits_is_not_needed_and_holds_nobody_up(job):
    first, second = job(silent=60, lock="the same"), job(silent=60)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock) VALUES ('q', 'probe', 'the same')")
    rescue()
    assert (state(first), state(second)) == (None, "todo")


WORKER = """
from config.start import prepare
prepare()
import django
django.setup()
import asyncio, time
from procrastinate.contrib.django import app
from config.jobs import work

@app.task(name="probe")
def probe():
    print("begun", flush=True)
    time.sleep(1)
    print("to its end", flush=True)

probe.defer()
asyncio.run(work(app, 1, 10))
"""


def test_a_running_job_is_finished_before_the_worker_ends_however_often_it_is_told(transactional_db, start_python):
    worker = start_python(WORKER)
    assert worker.stdout.readline() == "begun\n"
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        worker.send_signal(number)
        time.sleep(0.1)
    assert worker.communicate(timeout=300) == ("to its end\n", "")
    assert worker.returncode == 0
    with connection.cursor() as cursor:
        # What is done every minute may wait by now: it came too late for this worker, and the next one does it.
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs")
        assert [job for job in cursor.fetchall() if job[1] != "todo" or job[0] == "probe"] == []
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert cursor.fetchone() == (0,)


LOSES_AN_END = """
from config import jobs
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager
jobs.LOOK_SECONDS = 0.2
finish = JobManager.finish_job

async def fail_once(manager, job, *arguments, **options):
    if job.task_name != "probe":  # what is done every minute ends meanwhile
        return await finish(manager, job, *arguments, **options)
    JobManager.finish_job = finish
    raise ConnectorException

JobManager.finish_job = fail_once
"""


def test_a_job_whose_end_could_not_be_written_down_runs_again(transactional_db, start_python):
    worker = start_python(WORKER.replace("@app.task", LOSES_AN_END + "\n@app.task", 1))
    assert [worker.stdout.readline() for _ in range(4)] == ["begun\n", "to its end\n"] * 2
    worker.send_signal(signal.SIGTERM)
    said = worker.communicate(timeout=300)[1]
    assert "could not be stored" in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'probe'")
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


def test_the_worker_indexes_what_is_behind(transactional_db, monkeypatch, caplog):
    """Step by step until nothing is left; an outage of the database is told and outlived."""
    reading = factories.assignment(factories.document("Some went home."), factories.user())
    marks.event(reading, "went")
    failures = iter([OperationalError("the server went away")])
    take_up, indexed = jobs.take_up, threading.Event()

    def step(most):
        for error in failures:
            raise error
        more = take_up(most)
        if not more:
            indexed.set()
        return more

    async def until_indexed():
        keeping = asyncio.create_task(jobs.keep_indexing())
        await asyncio.to_thread(indexed.wait, 30)
        keeping.cancel()

    monkeypatch.setattr(jobs, "take_up", step)
    monkeypatch.setattr(jobs, "AWAY_SECONDS", 0)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, until_indexed()).result()
    assert "could not be brought up to date: OperationalError" in caplog.text
    assert not Stale.objects.exists()
    assert Entry.objects.get().assignment_id == reading.pk


def test_while_articles_come_in_the_worker_indexes_little_at_a_time(transactional_db, monkeypatch):
    monkeypatch.setattr(jobs, "BESIDE", 1)
    for name in ("one", "two"):
        marks.event(factories.assignment(factories.document(f"Some went home: {name}."), factories.user()), "went")
    with articles_coming_in():
        assert jobs.index_step() == jobs.INDEX_SECONDS
        assert Stale.objects.count() == 1
    assert jobs.index_step() == 0
    assert not Stale.objects.exists()


def test_the_worker_counts_what_is_new(transactional_db, monkeypatch, caplog):
    """One seen state after the other; an outage of the database is told and outlived."""
    corpus, person = factories.corpus(), factories.user()
    factories.membership(corpus, person, "viewer")
    factories.adopt(corpus)
    for name in ("one", "other"):
        question = SavedQuestion.objects.create(corpus=corpus, owner=person, name=name, ledger="screening")
        SeenState.objects.create(question=question, user=person, at=timezone.now())
    marks.entity(corpus, "A trader")
    failures = iter([OperationalError("the server went away")])
    count_next, counted = jobs.count_next, threading.Event()

    def step():
        for error in failures:
            raise error
        more = count_next()
        if not more:
            counted.set()
        return more

    async def until_counted():
        keeping = asyncio.create_task(jobs.keep_counting())
        await asyncio.to_thread(counted.wait, 30)
        keeping.cancel()

    monkeypatch.setattr(jobs, "count_next", step)
    monkeypatch.setattr(jobs, "AWAY_SECONDS", 0)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, until_counted()).result()
    assert "could not be counted: OperationalError" in caplog.text
    assert list(SeenState.objects.values_list("new", "changed", "gone")) == [(1, 0, 0)] * 2
