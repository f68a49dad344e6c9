"""What is brought in while workers and PostgreSQL die is stored once; what kills workers fails alone."""

from collections import Counter

import pytest

from corpus.tasks import TRIES
from tests.drills.intake import OPEN, POISON, Batch, stored_once

FILES = 12


@pytest.fixture
def batch(at, request):
    at.stop()
    made = Batch(at, f"batch-{request.param}", FILES if request.param == "whole" else 4, poison=request.param == "poisoned")
    made.work()
    yield made
    made.end()


@pytest.mark.parametrize("batch", ["whole"], indirect=True)
def test_each_file_is_stored_once_whatever_dies(batch):
    for what in ("worker", "database", "worker"):
        batch.kill(what)
    assert batch.finish()
    assert batch.kills == 3
    assert batch.results() == stored_once(FILES)
    assert batch.doubled() == []


@pytest.mark.parametrize("batch", ["poisoned"], indirect=True)
def test_what_kills_its_worker_fails_alone_after_three_tries(batch):
    for tries in range(1, TRIES + 1):
        assert batch.until(POISON, tries)
        batch.kill_worker()
    assert batch.until(OPEN, wanted=False)
    assert batch.results() == stored_once(4) + Counter({("poison.html", "failed"): 1})
