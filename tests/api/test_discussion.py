"""Threads by API."""

from uuid import uuid4

import pytest

from annotations.models import Thread, ThreadPost
from tests import factories
from tests.api.world import session

LIST = "/api/v1/corpora/own/threads/"


def opened(client, own, **fields):
    body = {"id": str(uuid4()), "assignment": str(own.assignment.pk), "text": "Is this right?"} | fields
    return client.post(LIST, body, format="json"), body


def test_from_a_question_to_its_resolution(client_of, own):
    answer, body = opened(client_of("annotator"), own, mark=str(own.ids["actor"]))
    assert answer.status_code == 201
    row = answer.json()
    assert (row["id"], row["state"], row["opened_by"], row["label"]) == (body["id"], "open", "annotator", row["label"])
    assert row["quote"]
    assert row["fragments"]
    thread = f"/api/v1/threads/{row['id']}/"
    post = {"id": str(uuid4()), "text": "Yes."}
    reviewer = client_of("reviewer")
    assert [reviewer.post(f"{thread}posts/", post, format="json").status_code for _ in "ab"] == [201, 201]
    assert [each["text"] for each in reviewer.get(f"{thread}posts/").json()["results"]] == ["Is this right?", "Yes."]
    assert [each["state"] for each in reviewer.get(LIST, {"state": "answered"}).json()["results"]] == ["answered"]
    resolved = client_of("annotator").patch(thread, {"state": "resolved"}, format="json").json()
    assert (resolved["state"], resolved["resolved_by"], resolved["guideline_version"]) == ("resolved", "annotator", None)
    assert reviewer.get(thread).json() == resolved


def test_a_repeated_id_with_other_words_is_refused(client_of, own):
    answer, _ = opened(client_of("annotator"), own)
    posts = f"/api/v1/threads/{answer.json()['id']}/posts/"
    post = {"id": str(uuid4()), "text": "Yes."}
    client_of("reviewer").post(posts, post, format="json")
    again = client_of("reviewer").post(posts, post | {"text": "No."}, format="json")
    assert (again.status_code, again.json()["code"]) == (422, "id-reused")
    assert ThreadPost.objects.count() == 2


def test_nothing_is_opened_about_what_one_may_not_see(client_of, own, world):
    for fields in (
        {"assignment": str(world.foreign.assignment.pk)}, {"assignment": str(uuid4())}, {"mark": str(uuid4())}, {"mark": "firm"},
    ):  # fmt: skip
        answer, _ = opened(client_of("annotator"), own, **fields)
        assert answer.status_code in (400, 422), fields
    assert not Thread.objects.exists()


def test_a_state_that_there_is_none_of_is_named(client_of, own):
    assert "open, answered, resolved" in client_of("annotator").get(LIST, {"state": "new"}).json()["errors"][0]["detail"]


def test_a_thread_is_given_to_somebody(client_of, own):
    answer, _ = opened(client_of("annotator"), own)
    thread, reviewer = f"/api/v1/threads/{answer.json()['id']}/", client_of("reviewer")
    assert answer.json()["assignee"] is None
    row = reviewer.patch(thread, {"assignee": "manager"}, format="json").json()
    assert (row["assignee"], row["state"]) == ("manager", "open")
    assert reviewer.patch(thread, {"assignee": None}, format="json").json()["assignee"] is None
    wrong = (
        {"assignee": "viewer"},
        {"assignee": "nobody"},
        {"assignee": "manager", "state": "resolved"},
        {},
        {"assignee": 1},
        {"public": 2},
    )
    assert [reviewer.patch(thread, body, format="json").status_code for body in wrong] == [400] * 6


def test_of_a_public_thread_others_read_the_posts_alone(client_of, own, session_of_colleague):
    answer, _ = opened(client_of("annotator"), own, mark=str(own.ids["actor"]))
    thread, reviewer, colleague = f"/api/v1/threads/{answer.json()['id']}/", client_of("reviewer"), session_of_colleague
    assert [colleague.get(address).status_code for address in (thread, f"{thread}posts/")] == [404, 404]
    assert client_of("annotator").patch(thread, {"public": True}, format="json").status_code == 403
    assert reviewer.patch(thread, {"public": True}, format="json").json()["public"] is True
    row = colleague.get(thread).json()
    hidden = ("assignment", "mark", "quote", "opened_by", "assignee", "resolved_by")
    assert [row[name] for name in hidden] == [None] * len(hidden)
    assert (row["fragments"], row["label"], row["state"]) == ([], answer.json()["label"], "open")
    assert colleague.get(LIST).json()["results"] == [row]
    assert [(post["text"], post["user"]) for post in colleague.get(f"{thread}posts/").json()["results"]] == [
        ("Is this right?", None)
    ]
    post = {"id": str(uuid4()), "text": "Me too."}
    assert colleague.post(f"{thread}posts/", post, format="json").status_code == 404
    assert colleague.patch(thread, {"state": "resolved"}, format="json").status_code == 404
    assert client_of("annotator").get(thread).json()["quote"] == answer.json()["quote"]
    assert client_of("viewer").get(thread).status_code == 404
    reviewer.patch(thread, {"public": False}, format="json")
    assert colleague.get(thread).status_code == 404
    assert colleague.get(LIST).json()["results"] == []


@pytest.fixture
def session_of_colleague(own):
    colleague = factories.user("colleague")
    factories.membership(own.corpus, colleague, "annotator")
    return session(colleague)
