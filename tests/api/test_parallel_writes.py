"""Many senders at one moment: one id is one row, one object has one next version."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from annotations.models import Assignment, Change, Span
from corpus.models import Token
from tests.api import world as worlds
from tests.api.world import change, fragment, holding, new

SENDERS = 16


@pytest.fixture
def own(transactional_db):
    return worlds.World().own


@pytest.fixture
def at_once(own):
    """Send these bodies at one moment, each from its own thread and connection."""
    _, secret = Token.issue(own.assignment.annotator, "parallel", ["annotate"])
    url = f"/api/v1/assignments/{own.assignment.pk}/changes/"

    def post(body):
        try:
            return holding(secret).post(url, body, format="json")
        finally:
            connections.close_all()

    def run(bodies):
        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(post, bodies))

    return run


def figure(own, quote="45,000 RMB", label="MONEY"):
    words = [fragment(own.document.text, quote)]
    return change("create", "span", {"id": new(), "layer": "FIGURE", "label": label, "fragments": words})


def test_sixteen_sends_of_one_change_make_one_row(own, at_once):
    body = {"base": 1, "changes": [figure(own)]}
    answers = at_once([body] * SENDERS)
    assert [answer.status_code for answer in answers] == [200] * SENDERS
    assert len({str(answer.json()) for answer in answers}) <= 2  # the log keeps another order of keys
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert Span.objects.filter(assignment=own.assignment, quote="45,000 RMB").count() == 1
    assert Change.objects.filter(pk=body["changes"][0]["id"]).count() == 1


def test_sixteen_marks_of_sixteen_senders_are_all_kept(own, at_once):
    words = own.document.text.split()[:SENDERS]
    made = [
        change("create", "span", {"id": new(), "layer": "ACTOR", "label": "PERSON", "attributes": {"mention_type": "NOM"},
                                  "fragments": [fragment(own.document.text, word)]})
        for word in dict.fromkeys(word.strip(".,") for word in words)
    ]  # fmt: skip
    answers = at_once([{"base": 1, "changes": [one]} for one in made])
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["revision"] for answer in answers) == list(range(2, 2 + len(made)))
    assert Span.objects.filter(pk__in=[one["object"]["id"] for one in made]).count() == len(made)


def test_of_sixteen_edits_of_one_mark_one_wins_and_the_others_see_both_versions(own, at_once):
    edits = [change("update", "span", {"id": own.ids["figure"], "attributes": {"note": f"note {n}"}}) for n in range(SENDERS)]
    answers = at_once([{"base": 1, "changes": [edit]} for edit in edits])
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] + [409] * (SENDERS - 1)
    for answer in answers:
        if answer.status_code == 409:
            [conflict] = answer.json()["conflicts"]
            assert conflict["yours"]["attributes"]["note"] != conflict["theirs"]["attributes"]["note"]


def test_one_id_sent_to_two_assignments_is_stored_once(own, at_once, transactional_db):
    body = {"base": 1, "changes": [figure(own)]}
    assert at_once([body])[0].status_code == 200
    _, secret = Token.issue(own.gold.annotator, "another", ["annotate"])
    other = holding(secret).post(f"/api/v1/assignments/{own.gold.pk}/changes/", body, format="json")
    assert (other.status_code, other.json()["code"]) == (422, "id-reused")
    assert Assignment.objects.get(pk=own.gold.pk).revision == 1
