"""Skipping by API: with a reason of the list, and taken up again with the status open."""

import pytest

from annotations.models import Assignment, Transition
from tests.api.world import session

URL = "/api/v1/assignments/"


@pytest.fixture
def one(own):
    return f"{URL}{own.assignment.pk}/"


@pytest.fixture
def annotator(own):
    return session(own.assignment.annotator)


def test_skipping_and_taking_up_again(own, one, annotator):
    answer = annotator.patch(one, {"status": "skipped", "reason": "other", "note": "A poem."}, format="json")
    assert (answer.status_code, answer.json()["status"]) == (200, "skipped")
    assert Transition.objects.filter(assignment=own.assignment).values_list("kind", "reason", "note").get() == (
        ("skipped", "other", "A poem.")
    )
    assert [row["id"] for row in annotator.get(f"{URL}?status=skipped").json()["results"]] == [str(own.assignment.pk)]
    refused = annotator.patch(one, {"status": "submitted"}, format="json")
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (422, "without-place")
    assert annotator.patch(one, {"status": "open"}, format="json").json()["status"] == "open"


@pytest.mark.parametrize(
    "body",
    [
        {"status": "skipped"},
        {"status": "skipped", "reason": "boredom"},
        {"status": "skipped", "reason": "other"},
        {"status": "skipped", "reason": "copy", "revision": 1},
        {"status": "open", "reason": "copy"},
        {"status": "lapsed"},
    ],
    ids=str,
)
def test_a_body_without_a_reason_or_with_another_status_is_400(own, one, annotator, body):
    assert annotator.patch(one, body, format="json").status_code == 400
    assert Assignment.objects.get(pk=own.assignment.pk).status == "open"


def test_a_manager_sets_a_due_date_and_nobody_else(world, own, one, annotator):
    manager = session(world.cast["manager"])
    assert manager.patch(one, {"due": "2031-02-01"}, format="json").json()["due"] == "2031-02-01"
    assert annotator.patch(one, {"due": None}, format="json").status_code == 403
    assert session(world.cast["viewer"]).patch(one, {"due": None}, format="json").status_code == 404
    assert manager.patch(one, {"due": "soon"}, format="json").status_code == 400
    assert manager.patch(one, {"due": None, "status": "open"}, format="json").status_code == 400
    assert manager.patch(one, {"due": None}, format="json").json()["due"] is None
