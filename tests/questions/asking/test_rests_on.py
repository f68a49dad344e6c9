"""The number of an answer: every change up to it is in the answer, however others write meanwhile."""

import threading

import pytest
from django.db import transaction

from annotations.models.change import settled
from questions.ledgers.every import LEDGER_PAGES
from tests.questions.writers import Writers, in_a_thread


@pytest.fixture
def writers(transactional_db):
    return Writers()


def test_a_change_that_is_being_written_holds_the_number_back(writers):
    before, (slow, quick) = writers.number(), writers.readings
    drawn, go_on = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            writers.write(slow)
            drawn.set()
            go_on.wait(30)

    thread = in_a_thread(write_slowly)
    assert drawn.wait(30)
    writers.write(quick)
    meanwhile = writers.number()
    go_on.set()
    thread.join()
    assert (meanwhile, writers.number()) == (before, before + 2)


def test_a_change_after_the_snapshot_is_not_in_the_number(writers, monkeypatch):
    before, page = writers.number(), LEDGER_PAGES["events"]

    def written_meanwhile(*arguments):
        answer = page(*arguments)
        in_a_thread(lambda: writers.write(writers.readings[0])).join()
        return answer

    monkeypatch.setitem(LEDGER_PAGES, "events", written_meanwhile)
    assert writers.number() == before
    assert settled() == before + 1
