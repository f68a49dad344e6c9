"""A worker that runs alone outlives a restart of its database, however long that is away, and finishes what it was doing."""

import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest

from config.environment import ROOT
from tests.drills.crash import PATIENCE
from tests.drills.intake import AT_WORK, Batch, stored_once

# With a short patience of its pool, so that "longer than that" is seconds.
WORKER = """
from config.start import prepare
prepare()
import django
django.setup()
from django.core.management import call_command
from config import jobs
jobs.POOL_SECONDS, jobs.FIRST_PAUSE_SECONDS, jobs.LONGEST_PAUSE_SECONDS, jobs.LOOK_SECONDS = 1, 0.1, 0.4, 1
call_command("worker")
"""


class WatchedBatch(Batch):
    """A batch whose worker nobody starts again, and whose words are kept."""

    def work(self):
        with self.log.open("w") as log:
            command = [sys.executable, "-c", WORKER]
            self.worker = subprocess.Popen(command, cwd=ROOT, env=self.at.environment, stdout=log, stderr=log)

    @property
    def log(self):
        return self.at.cluster.data.with_name("worker.log")

    def words(self):
        return self.log.read_text()

    def until(self, query, *values, **options):
        assert self.worker.poll() is None, self.words()
        return super().until(query, *values, **options)


@pytest.fixture
def batch(at):
    at.stop()
    made = WatchedBatch(at, f"restart-{time.time_ns()}", 12)
    made.work()
    yield made
    made.end()
    at.cluster.start()


@contextmanager
def database_away(at):
    found = psutil.Process(at.cluster.postmaster().pid)
    family = [found, *found.children(recursive=True)]
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=PATIENCE)
    yield
    at.cluster.start()


def until(true):
    """Whether it became true; what the worker was reading comes first, however long."""
    end = time.monotonic() + PATIENCE
    while not (is_true := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(is_true)


def pauses(batch):
    return [float(pause) for pause in re.findall(r"retrying in ([\d.]+) s", batch.words())]


def test_the_worker_waits_for_a_database_that_is_away_for_long(at, batch):
    assert batch.until(AT_WORK)
    with database_away(at):
        assert until(lambda: len(pauses(batch)) >= 4), batch.words()
        assert batch.worker.poll() is None, batch.words()
    assert batch.finish(PATIENCE)
    assert batch.worker.poll() is None
    assert batch.results() == stored_once(12)
    assert batch.doubled() == []
    assert pauses(batch)[:4] == [0.1, 0.2, 0.4, 0.4]
    assert max(pauses(batch)) == 0.4
    assert "The database is available again" in batch.words()


def test_the_worker_ends_when_it_is_told_while_its_database_is_away(at, batch):
    assert batch.until(AT_WORK)
    with database_away(at):
        assert until(lambda: pauses(batch)), batch.words()
        batch.worker.send_signal(signal.SIGTERM)
        assert batch.worker.wait(PATIENCE) == 0, batch.words()
