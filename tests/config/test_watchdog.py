"""A job that hangs ends its worker, counts a try and leaves its slot; a long one that gets on does not."""

import time

import pytest
from django.db import connection

WORKER = """
from config.start import prepare
prepare()
import django
django.setup()
import asyncio, re, time
from types import SimpleNamespace
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from config import jobs, watchdog
from corpus.jobs import heartbeat

watchdog.LOOK_SECONDS, watchdog.LIMIT = 0.2, 2
watchdog.STUCK_SECONDS = 6 if "{task}" == "hang_in_c" else 60

@app.task(name="hang")
def hang():
    print("begun", flush=True)
    time.sleep(600)

@app.task(name="hang_in_c")
def hang_in_c():
    print("begun", flush=True)
    re.match("(a+)+$", "a" * 60 + "b")

@app.task(name="get_on")
def get_on():
    print("begun", flush=True)
    clock = SimpleNamespace(now=time.monotonic())
    watchdog.time = heartbeat.time = SimpleNamespace(monotonic=lambda: clock.now)
    for _ in range(15):
        time.sleep(0.2)  # as long as the watch waits between two looks; how long it takes says more about the machine
        clock.now += 1.5
        heartbeat.got_on()
    print("to its end", flush=True)

app.configure_task("{task}").defer()
with app.replace_connector(DjangoConnector().get_worker_connector()):
    asyncio.run(jobs.work(app, 1, 10))
"""


@pytest.fixture
def worker(transactional_db, start_python):
    def start(task):
        process = start_python(WORKER.replace("{task}", task))
        assert process.stdout.readline() == "begun\n"
        return process

    return start


def job(task):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s", [task])
        return cursor.fetchone()


def test_a_job_that_hangs_ends_its_worker_and_says_so(worker):
    process = worker("hang")
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "(hang) hangs: the worker exits" in errors
    assert job("hang")[0] == "doing"  # until a living worker gives it back: tests/config/test_jobs.py


def test_a_call_that_keeps_the_interpreter_to_itself_is_ended_too(worker):
    process = worker("hang_in_c")
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "Timeout" in errors
    assert "hang_in_c" in errors


def test_a_long_job_that_gets_on_is_left_alone(worker):
    process = worker("get_on")
    assert process.stdout.readline() == "to its end\n"
    end = time.monotonic() + 300
    while job("get_on") is not None and time.monotonic() < end:
        time.sleep(0.1)
    assert job("get_on") is None
    assert process.poll() is None
