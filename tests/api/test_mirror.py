"""The log of everything: who keeps a copy by it has all, once, in the order of the writes."""

import threading
import uuid

import pytest
from django.db import connection, connections, transaction

from annotations.models import Assignment, Change
from annotations.models.change import settled
from annotations.write.apply import apply_changes
from tests import factories
from tests.api import world as worlds
from tests.api.world import change, fragment, session

URL = "/api/v1/changes/"
WRITERS, BATCHES = 8, 12


@pytest.fixture
def committed(transactional_db):
    return worlds.World()


def mark(text="word word"):
    item = {"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "PERSON", "fragments": [fragment(text, "word")],
            "attributes": {"mention_type": "NOM"}}  # fmt: skip
    return change("create", "span", item)


def test_a_change_comes_as_it_was_logged_and_says_where(own, annotator):
    body = annotator.get(f"{URL}?limit=500").json()
    logged = {str(row.pk): row for row in Change.objects.filter(assignment=own.assignment)}
    assert {row["id"] for row in body["results"]} == set(logged)
    for row in body["results"]:
        assert (row["corpus"], row["document"], row["assignment"]) == ("own", str(own.document.pk), str(own.assignment.pk))
        assert (row["op"], row["object"], row["user"]) == ("create", logged[row["id"]].after, "annotator")
    numbers = [row["number"] for row in body["results"]]
    assert numbers == sorted(set(numbers))
    assert body["upto"] >= numbers[-1]


def test_what_came_after_a_number(own, annotator):
    first = annotator.get(URL).json()
    assert annotator.get(URL, {"since": first["upto"]}).json()["results"] == []
    written = mark(own.document.text.replace("There", "word", 1))
    written["object"]["fragments"] = [fragment(own.document.text, "There")]
    apply_changes(own.assignment, own.assignment.annotator, 1, [written])
    [row] = annotator.get(URL, {"since": first["upto"]}).json()["results"]
    assert row["id"] == written["id"]


def test_pages_end_where_the_next_begins(own, annotator):
    seen, since = [], 0
    while True:
        body = annotator.get(URL, {"since": since, "limit": 4}).json()
        seen += [row["id"] for row in body["results"]]
        if not body["results"]:
            break
        since = body["upto"]
    assert len(seen) == len(set(seen)) == Change.objects.filter(assignment=own.assignment).count()


def test_a_foreign_change_is_not_in_it(world, own, annotator):
    assert world.foreign.canary not in annotator.get(f"{URL}?limit=500").content.decode()


def test_what_is_being_written_keeps_later_numbers_back(committed):
    """One writer has drawn its number and not ended; another one ends. Nobody may read past the first."""
    text, who = "word word", committed.cast["annotator"]
    corpus = factories.corpus("slow")
    slow, quick = (factories.assignment(factories.document(text, corpus=corpus), who) for _ in range(2))
    before = settled()
    drawn, go_on = threading.Event(), threading.Event()

    def write_slowly():
        try:
            with transaction.atomic():
                apply_changes(slow, who, 0, [mark()])
                drawn.set()
                go_on.wait(30)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert drawn.wait(30)
    apply_changes(quick, who, 0, [mark()])
    held = settled()
    go_on.set()
    thread.join()
    assert held == before, "a reader would go past the number of the slow one and miss it"
    assert settled() > before
    assert Change.objects.filter(number__gt=before, number__lte=settled()).count() == 2


def test_a_transaction_that_fails_keeps_nothing_back(committed):
    who = committed.cast["annotator"]
    assignment = factories.assignment(factories.document("word word"), who)

    def fail():
        with transaction.atomic():
            apply_changes(assignment, who, 0, [mark()])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with connection.cursor() as cursor:
        cursor.execute("SELECT attest_change_writers_from()")
        assert cursor.fetchone() == (None,)


def test_a_mirror_beside_eight_writers_has_every_change_once(committed):
    who = committed.cast["annotator"]
    corpus = factories.corpus("busy")
    factories.membership(corpus, who, "annotator")
    readings = [factories.assignment(factories.document("word word", corpus=corpus), who) for _ in range(WRITERS)]
    ended = threading.Event()

    def write(assignment):
        try:
            for base in range(BATCHES):
                apply_changes(Assignment.objects.get(pk=assignment.pk), who, base, [mark(), mark(), mark()])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[each]) for each in readings]
    for thread in threads:
        thread.start()
    client, seen, since = session(who), [], 0
    while True:
        last = ended.is_set()
        body = client.get(URL, {"since": since, "limit": 7}).json()
        seen += [row["id"] for row in body["results"]]
        since = body["upto"]
        if last and not body["results"]:
            break
        if not any(thread.is_alive() for thread in threads):
            ended.set()
    assert len(seen) == WRITERS * BATCHES * 3
    assert set(seen) == {str(pk) for pk in Change.objects.values_list("pk", flat=True)}
