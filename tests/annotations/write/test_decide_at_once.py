"""Two persons decide about one candidate at the same moment, each over a connection of their own."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from annotations.write.decide_candidate import decide_candidate
from annotations.write.errors import Conflict
from annotations.write.screening_runs import carry_on, start
from registry.models import Decision, Entity, ListCandidate, ScreenedBy
from tests import factories, listed

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


@pytest.fixture
def candidate(transactional_db):
    factories.scheme()
    corpus = factories.corpus()
    factories.adopt(corpus)
    version = listed.version("TEST", "TEST-001; Example Trading Corp; KP", "2024-05-15")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    for name in ("first", "second"):
        factories.membership(corpus, factories.user(name), "reviewer")
    Entity.objects.create(corpus=corpus, name="Example Trading Corp", type="COMPANY")
    carry_on(start(corpus).pk)
    return ListCandidate.objects.get()


def decide(candidate, name, match):
    person = candidate.entity.corpus.memberships.get(user__username=name).user
    return decide_candidate(candidate, person, {"id": str(uuid.uuid4()), "match": match, "entry": candidate.entry_digest}, "page")


def late(candidate):
    """The second person, who saw the candidate before anybody had decided."""
    try:
        decide(candidate, "second", "rejected")
    except Conflict as conflict:
        return conflict.conflicts
    finally:
        connections.close_all()


def until_somebody_waits():
    with connection.cursor() as cursor:
        for _ in range(3000):
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.1)
    raise AssertionError("Nobody waits for the lock: both decisions would have been made.")


def test_the_second_waits_and_is_told_both_states(candidate):
    seen = ListCandidate.objects.get(pk=candidate.pk)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            decide(candidate, "first", "confirmed")
            told = pool.submit(late, seen)
            until_somebody_waits()
        [conflict] = told.result(60)
    assert (conflict["yours"]["match"], conflict["theirs"]["match"]) == ("rejected", "confirmed")
    assert [(made.match, made.user.username) for made in Decision.objects.all()] == [("confirmed", "first")]
