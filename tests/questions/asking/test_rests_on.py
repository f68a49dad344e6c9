"""The number of an answer: every change up to it is in the answer, however others write meanwhile."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from annotations.models.change import settled
from annotations.write.apply import apply_changes
from questions.address.question import read
from questions.ledgers.answered import answered
from questions.ledgers.every import LEDGER_PAGES
from tests import factories
from tests.api.world import change, fragment

TEXT = "word word"


class Writers:
    def __init__(self):
        factories.scheme()
        self.user, self.corpus = factories.user("writer", is_superuser=True), factories.corpus("written")
        self.readings = [factories.assignment(factories.document(TEXT, corpus=self.corpus), self.user) for _ in range(2)]

    def write(self, reading):
        attributes = {"mention_type": "NOM"}
        span = {"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "PERSON", "fragments": [fragment(TEXT, "word")]}
        apply_changes(reading, self.user, 0, [change("create", "span", span | {"attributes": attributes})])

    def number(self):
        return answered(read("events", []), self.corpus, self.user, 5).rests_on["number"]


@pytest.fixture
def writers(transactional_db):
    return Writers()


def in_a_thread(work):
    def closing():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=closing)
    thread.start()
    return thread


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
