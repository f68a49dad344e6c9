"""Saved questions by API: who keeps, reads and changes them, their rows, and what is new."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotations.models import Assignment, Event
from questions.models import SavedQuestion, SeenState
from questions.saved import news
from tests import factories, marks

pytestmark = pytest.mark.django_db
RETURNS = {"name": "Sent home", "ledger": "events", "query": "status=any&type=REPATRIATE"}


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def viewer(seeded):
    person = factories.user("viewer")
    factories.membership(seeded, person, "viewer")
    return person


@pytest.fixture
def call(seeded, reviewer):
    def call(method, address="", body=None, by=reviewer, status=200, **query):
        client = APIClient()
        client.force_authenticate(by)
        url = f"/api/v1/questions/{address}" if address else f"/api/v1/corpora/{seeded.slug}/questions/"
        answer = getattr(client, method)(url, query if method == "get" else body, format="json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return call


@pytest.fixture
def saved(call):
    return call("post", body=RETURNS, status=201)


def draft(gold, words="terminated"):
    event = marks.event(gold, words, "REPATRIATE", status="happened")
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    return event


def test_a_question_is_kept_and_read(call, saved, seeded):
    assert saved == call("get", f"{saved['id']}/")
    assert (saved["corpus"], saved["owner"], saved["query"]) == (seeded.slug, "reviewer", "type=REPATRIATE&status=any")
    assert (saved["is_shared"], saved["seen"], saved["note"]) == (False, None, "")
    assert call("get")["results"] == [saved]


def test_the_list_goes_on_by_pages(call):
    for number in range(5):
        call("post", body=RETURNS | {"name": f"Question {number}"}, status=201)
    page = call("get", limit=2)
    assert [row["name"] for row in page["results"]] == ["Question 0", "Question 1"]
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    assert [row["name"] for row in call("get", limit=2, cursor=cursor)["results"]] == ["Question 2", "Question 3"]
    assert call("get", order="-changed")["results"][0]["name"] == "Question 4"


def test_the_same_may_be_sent_again(call):
    body = RETURNS | {"id": str(uuid4())}
    assert call("post", body=body, status=201) == call("post", body=body, status=201)
    assert call("post", body=body | {"name": "Other"}, status=422)["code"] == "id-reused"
    assert SavedQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ledger": "nothing"}, "ledger"),
        ({"query": "type=NOTHING"}, "query.type"),
        ({"query": "label=PEOPLE"}, "query.label"),
        ({"query": "="}, "query"),
        ({"query": f"place={uuid4()}"}, "query.place"),
        ({"query": 7}, "query"),
        ({"query": "a" * 5000}, "query"),
        ({"name": ""}, "name"),
        ({"name": 10**20}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"shared": True}, "shared"),
        ({"id": "1"}, "id"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_name(call, saved, change, field):
    """Making and changing, and nothing of it is stored."""
    problem = call("post", body=RETURNS | {"name": "Other"} | change, status=400)
    assert field in [error["field"] for error in problem["errors"]]
    if "id" not in change:
        again = call("patch", f"{saved['id']}/", {"note": "n"} | change, status=400)
        assert field in [error["field"] for error in again["errors"]]
    assert SavedQuestion.objects.values_list("name", "note").get() == ("Sent home", "")


def test_a_name_that_is_used_is_refused(call, saved):
    problem = call("post", body=RETURNS | {"query": ""}, status=422)
    assert (problem["code"], problem["errors"][0]["field"]) == ("invalid", "name")


def test_only_the_owner_changes_a_shared_question(call, saved, viewer):
    address = f"{saved['id']}/"
    call("get", address, by=viewer, status=404)
    call("patch", address, {"is_shared": True, "note": "For all"})
    assert call("get", address, by=viewer)["note"] == "For all"
    assert call("get", by=viewer)["results"][0]["owner"] == "reviewer"
    call("patch", address, {"name": "Mine"}, by=viewer, status=403)
    call("delete", address, by=viewer, status=403)
    call("post", body=RETURNS, by=viewer, status=201)
    call("delete", address, status=204)
    call("get", address, status=404)


def test_its_rows_are_those_of_the_ledger(call, saved, seeded, reviewer):
    client = APIClient()
    client.force_authenticate(reviewer)
    ledger = client.get(f"/api/v1/corpora/{seeded.slug}/ask/events/", {"type": "REPATRIATE", "status": "any", "limit": 2}).json()
    rows = call("get", f"{saved['id']}/rows/", limit=2)
    assert rows["results"] == ledger["results"]
    assert rows["parts"] == ledger["parts"]
    assert rows["question"]["text"] == ledger["question"]["text"]
    following = rows["next"].partition("/api/v1/questions/")[2]
    path, _, query = following.partition("?")
    more = call("get", path, **dict(pair.split("=") for pair in query.split("&")))
    assert {row["id"] for row in more["results"]}.isdisjoint(row["id"] for row in rows["results"])
    for wrong in ({"limit": 0}, {"cursor": "x"}, {"type": "PAY"}):
        (name,) = wrong
        assert call("get", path, status=400, **wrong)["errors"][0]["field"] == name


def test_each_sees_the_rows_that_they_may_see(call, saved, gold, viewer, reviewer):
    """The question is shared, and what it finds is not."""
    reading = factories.assignment(gold.document, reviewer)
    event = draft(reading)
    call("patch", f"{saved['id']}/", {"query": "type=REPATRIATE&status=any&whose=all", "is_shared": True})
    ids = {
        who.username: {row["id"] for row in call("get", f"{saved['id']}/rows/", by=who)["results"]} for who in (viewer, reviewer)
    }
    assert ids["reviewer"] - ids["viewer"] == {str(event.pk)}
    call("post", f"{saved['id']}/look/", {})
    assert call("get", f"{saved['id']}/news/", by=viewer)["seen_at"] is None
    call("post", f"{saved['id']}/look/", {}, by=viewer)
    assert str(event.pk) not in str(SeenState.objects.get(user=viewer).rows)


def test_news_are_told_until_they_were_looked_at(call, saved, gold):
    address = f"{saved['id']}/news/"
    assert call("get", address)["results"] == []
    state = call("post", f"{saved['id']}/look/", {})
    assert (state["new"], state["changed"], state["gone"]) == (0, 0, 0)
    added = draft(gold)
    Event.objects.filter(key="EV07").update(polarity="negative")
    body = call("get", address)
    assert (body["new"], body["changed"], body["gone"], body["seen_at"]) == (1, 0, 1, state["at"])
    new, gone = body["results"]
    assert (new["key"], new["state"], new["row"]["id"]) == (str(added.pk), "new", str(added.pk))
    assert (gone["state"], gone["row"]) == ("gone", None)
    (left,) = gone["remains"]
    assert (left["kind"], left["code"], left["title"]) == ("event", "REPATRIATE", gold.document.article.title)
    assert call("get", address) == body
    call("post", f"{saved['id']}/look/", {"seal": body["seal"]})
    assert call("get", address)["results"] == []
    assert call("get", f"{saved['id']}/")["seen"]["new"] == 0


def test_a_change_says_in_which_respect(call, saved, gold):
    call("post", f"{saved['id']}/look/")
    Event.objects.filter(key="EV07").update(certainty="probable")
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    (row,) = call("get", f"{saved['id']}/news/")["results"]
    assert (row["state"], row["aspects"], row["row"]["certainty"]) == ("changed", ["status"], "probable")


def test_what_was_not_shown_is_not_stored_as_seen(call, saved, gold):
    seal = call("get", f"{saved['id']}/news/")["seal"]
    draft(gold)
    assert call("post", f"{saved['id']}/look/", {"seal": seal}, status=409)["code"] == "conflict"
    assert not SeenState.objects.exists()


def test_a_question_of_which_the_corpus_lost_a_code_says_so(call, saved):
    SavedQuestion.objects.update(query="type=NO_LONGER")
    for address in ("rows/", "news/"):
        problem = call("get", saved["id"] + "/" + address, status=422)
        assert problem["errors"][0]["field"] == "query.type"
    SavedQuestion.objects.update(query=f"place={uuid4()}")
    assert "any longer" in call("post", f"{saved['id']}/look/", status=422)["detail"]


def test_more_rows_than_are_compared_are_told(call, saved, monkeypatch):
    monkeypatch.setattr(news, "MOST_ROWS", 3)
    call("post", f"{saved['id']}/look/")
    body = call("get", f"{saved['id']}/news/")
    assert (body["rows"], body["whole"], body["new"], body["changed"], body["gone"]) == (3, False, None, 0, None)


def test_the_list_takes_as_many_queries_for_many(call, saved):
    numbers = []
    for name in "ab":
        with CaptureQueriesContext(connection) as queries:
            call("get")
        numbers.append(len(queries))
        for number in range(4):
            call("post", body=RETURNS | {"name": f"{name}{number}"}, status=201)
    assert numbers[0] == numbers[1]
