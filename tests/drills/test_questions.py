"""The process that indexes is killed again and again: what it had begun is not there, and questions have the answers that they had."""

import random

import pytest

from tests.drills.questions import Indexer, make_all_stale
from tests.questions.same_answers import SameAnswers, be_patient, take_up_all
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 8


@pytest.fixture
def writer():
    made = RandomWriter(5)
    for _ in range(10):
        made.batch()
    for _ in range(8):
        made.read_again()  # more than a few: then every statement is one of its own
    return made


@pytest.fixture
def indexer():
    made = Indexer()
    yield made
    made.end()


def test_killed_at_any_moment_and_before_each_statement(writer, indexer, monkeypatch):
    be_patient(monkeypatch)
    same, dice = SameAnswers(5, writer), random.Random(5)
    for _ in range(KILLS):
        writer.batch()
        make_all_stale(writer)
        asked = same.questions(2)
        live = same.answers(asked)
        indexer.killed_after(dice.uniform(0, 0.1))
        same.check_index()
        assert same.answers(asked) == live
        take_up_all()
        assert same.answers(asked) == live
        same.check_index()
    make_all_stale(writer)
    statement = 1
    while indexer.killed_before(statement):
        same.check_index()
        statement += 1
    assert statement > 6
    assert indexer.kills > statement
