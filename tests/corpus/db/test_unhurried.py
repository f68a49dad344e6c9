"""Jobs that work between two statements of a transaction: PostgreSQL ends other transactions after half a minute."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.imports import load as imports
from annotations.imports import pipeline
from annotations.moves import change as moves
from annotations.moves.change import State
from annotations.write import adjudicate
from corpus.db.unhurried import unhurried
from corpus.intake import many
from corpus.passages import index as passages
from questions.coreference import compare as coreference
from questions.index import keep
from tests import factories

pytestmark = pytest.mark.django_db


def slept(transaction_of_some_kind, allowed="1s", seconds=1.5):
    """Longer between two statements than the connection allows; on a connection of its own."""

    def alone():
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET idle_in_transaction_session_timeout = '{allowed}'")
            with transaction_of_some_kind(), connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                time.sleep(seconds)
                cursor.execute("SELECT 2")
                answer = cursor.fetchone()
            with connection.cursor() as cursor:
                cursor.execute("SHOW idle_in_transaction_session_timeout")
                return answer, cursor.fetchone()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(alone).result()


def test_work_between_two_statements_may_take_its_time():
    assert slept(unhurried) == ((2,), ("1s",))
    with pytest.raises(DatabaseError, match="idle-in-transaction"):
        slept(transaction.atomic, "100ms", 0.5)


class Looked(Exception):
    """The work began, and saw how long it may take."""


@pytest.fixture
def allowed(monkeypatch):
    """How long a job may be idle in its transaction, as what it calls sees it."""

    def look(*arguments, **named):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('idle_in_transaction_session_timeout')")
            raise Looked(cursor.fetchone()[0])

    def while_calling(module, name, work):
        monkeypatch.setattr(module, name, look)
        with pytest.raises(Looked) as seen:
            work()
        return str(seen.value)

    return while_calling


def begin_adjudication():
    adjudicate.start(factories.document("Nothing."), None)


JOBS = {
    "a file of annotations": (
        imports,
        "load_file",
        lambda: imports.load(factories.corpus(), b"", name="a", annotator=None, user=None, role="reader"),
    ),
    "its preview": (imports, "load_file", lambda: imports.preview(SimpleNamespace(intake=None), [])),
    "a batch of documents": (
        pipeline.ImportBatch,
        "in_turn",
        lambda: pipeline.stored(SimpleNamespace(intake=None), [[]], iter([]), None),
    ),
    "a document alone": (pipeline.ImportBatch, "in_turn", lambda: pipeline.alone(SimpleNamespace(intake=None), None)),
    "promoted pages": (many, "lock", lambda: many.store_many(SimpleNamespace(corpus=None), None)),
    "the beginning of an adjudication": (adjudicate, "check_adjudicator", begin_adjudication),
    "an index of words": (passages, "passages_of", passages.index_slice),
    "an index of questions": (keep, "write", lambda: next(keep.rebuild())),
    "sets of events": (coreference, "standing", coreference.rebuild),
}


@pytest.mark.parametrize("job", JOBS)
def test_jobs_may_take_their_time(allowed, job):
    if job == "an index of questions":
        factories.assignment(factories.document("Nothing."), factories.user())
    module, name, work = JOBS[job]
    assert allowed(module, name, work) == "10min"


def test_a_scheme_change_may_take_its_time(allowed, monkeypatch):
    class Rows:
        def select_for_update(self, **of):
            return self

        def select_related(self, *names):
            return self

        def filter(self, **conditions):
            return self

        def first(self):
            return SimpleNamespace(state=State.RUNNING)

    monkeypatch.setattr(moves.Move, "objects", Rows())
    assert allowed(moves, "move_next", lambda: moves.carry_on(uuid4())) == "10min"
