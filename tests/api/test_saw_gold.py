"""An annotator who may see the gold cannot write to their reading any more: what agreement counts was marked without it."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotations import assign
from annotations.models import Assignment, Transition
from tests import factories
from tests.api.world import session

URL = "/api/v1/assignments/"
NOTE = "The figures lack their units."


def set_status(client, reading, status):
    return client.patch(f"{URL}{reading.pk}/", {"status": status}, format="json")


def give_back(client, reading, revision=0, **fields):
    body = {"verdict": "returned", "revision": revision, "note": NOTE, **fields}
    return client.patch(f"{URL}{reading.pk}/", body, format="json")


@pytest.fixture
def empty(world, own):
    """A person who opens the text that has a gold, and submits it without a mark."""
    person = factories.user("copyist")
    factories.membership(own.corpus, person, "annotator")
    return factories.assignment(own.document, person)


@pytest.fixture
def copyist(empty):
    return session(empty.annotator)


def test_who_submits_and_can_read_the_gold_cannot_reopen(own, empty, copyist):
    gold = f"{URL}{own.gold.pk}/"
    assert copyist.get(gold).status_code == 404
    closed = set_status(copyist, empty, "submitted").json()
    assert (closed["independent"], closed["saw_gold"]) == (0, None)
    assert copyist.get(gold).json()["mentions"]
    refusal = set_status(copyist, empty, "open")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "released")
    assert copyist.get(f"{URL}{empty.pk}/").json()["status"] == "submitted"
    assert "Closed" in page_of(copyist, empty)


def page_of(client, reading):
    return b"".join(client.get(reading.get_absolute_url())).decode()


def test_what_is_written_after_a_return_never_counts_for_agreement(own, empty, copyist, client_of):
    set_status(copyist, empty, "submitted")
    seen = give_back(client_of("reviewer"), empty).json()
    assert (seen["status"], abs(timezone.now() - Assignment.objects.get(pk=empty.pk).saw_gold) < timedelta(minutes=5)) == (
        "open",
        True,
    )
    Assignment.objects.filter(pk=empty.pk).update(revision=7)
    again = set_status(copyist, empty, "submitted").json()
    assert (again["independent"], again["saw_gold"]) == (0, seen["saw_gold"])
    steps = Transition.objects.filter(assignment=empty).values_list("kind", "revision", "note", "user__username")
    assert list(steps) == [
        ("submitted", 0, "", "copyist"),
        ("returned", 0, NOTE, "reviewer"),
        ("submitted", 7, "", "copyist"),
    ]


def test_a_return_is_of_another_one_at_its_revision_by_a_reviewer(own, empty, copyist, client_of):
    set_status(copyist, empty, "submitted")
    assert give_back(copyist, empty).status_code == 403
    assert give_back(client_of("foreign_manager"), empty).status_code == 404
    assert give_back(client_of("manager"), own.gold, own.gold.revision).status_code == 403
    reviewer = client_of("reviewer")
    assert give_back(reviewer, empty, 3).json()["code"] == "stale"
    assert [give_back(reviewer, empty, **wrong).status_code for wrong in ({"note": " "}, {"status": "open"})] == [400, 400]
    assert set_status(reviewer, empty, "open").status_code == 403


def test_before_there_is_a_gold_one_reopens_and_the_last_submission_counts(own, empty, copyist):
    Assignment.objects.filter(pk=own.gold.pk).update(status="open", submitted=None)
    set_status(copyist, empty, "submitted")
    assert set_status(copyist, empty, "open").json()["saw_gold"] is None
    Assignment.objects.filter(pk=empty.pk).update(revision=4)
    assert set_status(copyist, empty, "submitted").json()["independent"] == 4
    own.gold.refresh_from_db()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(assign, "findings", lambda assignment: [])
        assign.submit(own.gold)
    empty.refresh_from_db()
    assert (empty.independent, empty.released is not None) == (4, True)
    assert set_status(copyist, empty, "open").status_code == 409


def test_a_practice_article_shows_its_gold_from_the_beginning_and_never_counts(own, copyist, empty):
    own.article.practice = True
    own.article.save()
    first = set_status(copyist, empty, "submitted").json()
    assert (first["independent"], first["released"] is not None) == (None, True)
    assert set_status(copyist, empty, "open").json()["saw_gold"] is None
    assert copyist.get(f"{URL}{empty.pk}/comparison/").status_code == 200


def test_the_export_tells_who_wrote_after_the_gold_in_both_ways_of_building_it(own, empty, copyist, client_of):
    set_status(copyist, empty, "submitted")
    give_back(client_of("reviewer"), empty)
    one = copyist.get(f"{URL}{empty.pk}/").json()
    lines = client_of("manager").get(f"/api/v1/corpora/{own.corpus.slug}/export/?drafts=1&format=native").getvalue().splitlines()
    exported = {line["id"]: line["saw_gold"] for line in map(json.loads, lines) if "id" in line}
    assert one["saw_gold"] == exported.pop(str(empty.pk)) is not None
    assert set(exported.values()) == {None}


@pytest.mark.parametrize("act", ["UPDATE annotations_transition SET note = 'x'", "DELETE FROM annotations_transition"])
def test_transitions_only_grow(own, empty, copyist, act):
    set_status(copyist, empty, "submitted")
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
