"""Assignments and their log over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Change
from tests import factories
from tests.api.world import bearer, change, new, session

URL = "/api/v1/assignments/"


@pytest.fixture
def one(own):
    return f"{URL}{own.assignment.pk}/"


def test_i_open_my_own_once(own, world):
    client = session(world.cast["manager"])
    first = client.post(URL, {"document": str(own.document.pk)}, format="json")
    again = client.post(URL, {"document": str(own.document.pk)}, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["annotator"], first.json()["role"], first.json()["revision"]) == ("manager", "annotation", 0)


def test_a_document_of_another_corpus_is_not_there(world, own, annotator):
    foreign = annotator.post(URL, {"document": str(world.foreign.document.pk)}, format="json")
    missing = annotator.post(URL, {"document": new()}, format="json")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize(
    "body", [{}, [], None, {"document": None}, {"document": "x"}, {"document": 7}, {"document": ["x"]}], ids=repr
)
def test_a_body_of_another_shape_is_400(body, annotator):
    assert annotator.post(URL, body, format="json").status_code == 400


def test_the_annotator_of_a_new_assignment_is_who_asks(own, world):
    body = {"document": str(own.unread.pk), "annotator": "viewer", "role": "adjudication"}
    response = session(world.cast["manager"]).post(URL, body, format="json")
    assert response.status_code == 400
    assert not Assignment.objects.filter(document=own.unread, annotator=world.cast["viewer"]).exists()


def test_a_list_tells_whose_and_of_what(own, annotator):
    [row] = annotator.get(URL).json()["results"]
    assert row["id"] == str(own.assignment.pk)
    assert (row["annotator"], row["corpus"], row["title"]) == ("annotator", "own", "owncanary title")
    assert (row["status"], row["role"], row["revision"], row["submitted"]) == ("open", "annotation", 1, None)


def test_marks_and_text_come_in_one_answer(own, one, annotator):
    whole = annotator.get(f"{one}?text=1").json()
    assert whole.pop("text") == own.document.text
    assert whole == annotator.get(one).json() == annotator.get(f"{one}?text=0").json()


def test_the_text_comes_with_positions_in_utf_16_too(own, one, annotator):
    whole = annotator.get(f"{one}?text=1&offsets=utf16").json()
    assert whole["text"] == own.document.text
    assert whole["offsets"]["unit"] == "utf16_code_unit"


@pytest.mark.parametrize("asked", ["", "yes", "2"])
def test_whether_the_text_comes_is_0_or_1(one, annotator, asked):
    response = annotator.get(f"{one}?text={asked}")
    assert (response.status_code, "should be 0 or 1" in response.text) == (400, True)


def test_the_text_costs_no_statement_and_more_marks_none_either(own, one, annotator):
    annotator.get(one)
    with CaptureQueriesContext(connection) as bare:
        annotator.get(one)
    with CaptureQueriesContext(connection) as with_text:
        annotator.get(f"{one}?text=1")
    assert len(with_text) == len(bare) <= 16


def test_an_annotator_sees_the_gold_only_after_submitting(own, annotator):
    gold = f"{URL}{own.gold.pk}/"
    assert annotator.get(gold).status_code == 404
    Assignment.objects.filter(pk=own.assignment.pk).update(status="submitted", submitted="2026-01-01T00:00Z")
    assert annotator.get(gold).status_code == 200


def test_a_viewer_sees_the_gold_and_no_annotators_marks(own, world):
    viewer = world.clients["viewer"]
    assert viewer.get(f"{URL}{own.gold.pk}/").status_code == 200
    assert viewer.get(f"{URL}{own.assignment.pk}/").status_code == 404
    assert {row["gold"] for row in viewer.get("/api/v1/spans/").json()["results"]} == {True}


# The native document


def test_it_is_the_native_document_with_uuids(own, one, annotator):
    body = annotator.get(one).json()
    assert body["id"] == str(own.assignment.pk)
    assert body["document"]["id"] == str(own.document.pk)
    assert (body["revision"], body["status"], body["role"], body["annotator"]) == (1, "open", "annotation", "annotator")
    assert body["document"]["clean_sha256"] == own.document.sha256
    assert {mention["id"] for mention in body["mentions"]} == {
        own.ids[n] for n in ("actor", "figure", "part", "trigger", "second")
    }
    assert {event["id"] for event in body["events"]} == {own.ids["event"], own.ids["other"]}
    assert [claim["id"] for claim in body["attributions"]] == [own.ids["claim"]]
    assert [ref["id"] for ref in body["measure_refs"]] == [own.ids["citation"]]
    assert [link["id"] for link in body["relations"]] == [own.ids["link"]]
    assert {entity["id"] for entity in body["entities"]} >= {own.ids["group"], own.ids["country"]}
    assert [relation["id"] for relation in body["entity_relations"]] == [own.ids["relation"]]


def test_each_object_says_at_which_revision_it_was_written(own, one, annotator):
    item = {"id": own.ids["figure"], "attributes": {"approximate": True}}
    annotator.post(f"{one}changes/", {"base": 1, "changes": [change("update", "span", item)]}, format="json")
    revisions = {mention["id"]: mention["revision"] for mention in annotator.get(one).json()["mentions"]}
    assert revisions[own.ids["figure"]] == 2
    assert revisions[own.ids["actor"]] == 1


def test_every_offset_of_it_cuts_its_quote_out_of_the_text(own, one, annotator):
    body = annotator.get(one).json()
    text = annotator.get(f"/api/v1/documents/{body['document']['id']}/").json()["text"]
    parts = [f for m in body["mentions"] for f in m["fragments"]]
    parts += [f for claim in body["attributions"] for f in claim["cue"] + claim["content"]]
    parts += [f for ref in body["measure_refs"] for f in ref["fragments"]]
    assert len(parts) == 8
    assert all(text[part["start"] : part["end"]] == part["quote"] for part in parts)


def test_its_etag_changes_with_every_write(own, one, annotator):
    first = annotator.get(one)
    assert annotator.get(one, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    item = {"id": own.ids["figure"], "attributes": {"approximate": True}}
    annotator.post(f"{one}changes/", {"base": 1, "changes": [change("update", "span", item)]}, format="json")
    assert annotator.get(one, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_its_etag_changes_when_another_renames_a_shared_entity(own, one, annotator, world):
    """The entity is in this document too, though nobody wrote to this assignment."""
    first = annotator.get(one)
    reopened(own.gold)
    renamed = {"id": own.ids["group"], "name": "Renamed elsewhere", "revision": 1}
    other = session(world.cast["reviewer"])
    body = {"base": 1, "changes": [change("update", "entity", renamed)]}
    assert other.post(f"{URL}{own.gold.pk}/changes/", body, format="json").status_code == 200
    again = annotator.get(one, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert "Renamed elsewhere" in again.content.decode()


# Submitting


def reopened(gold):
    Assignment.objects.filter(pk=gold.pk).update(status="open", submitted=None)


def test_submitting_and_opening_again(own, one, annotator):
    reopened(own.gold)
    closed = annotator.patch(one, {"status": "submitted"}, format="json")
    assert closed.status_code == 200, closed.content
    assert (closed.json()["status"], closed.json()["submitted"] is None) == ("submitted", False)
    assert annotator.get(one).json()["status"] == "submitted"
    opened = annotator.patch(one, {"status": "open"}, format="json")
    assert (opened.json()["status"], opened.json()["submitted"]) == ("open", None)


def test_submitting_with_an_error_names_the_rule_and_the_mark(own, one, annotator):
    """FIG-02: a people count says whom it counts."""
    item = {"id": own.ids["part"], "attributes": {"counted": None}}
    annotator.post(f"{one}changes/", {"base": 1, "changes": [change("update", "span", item)]}, format="json")
    response = annotator.patch(one, {"status": "submitted"}, format="json")
    assert response.status_code == 422
    assert [(error["code"], error["object"]) for error in response.json()["errors"]] == [("FIG-02", own.ids["part"])]
    assert annotator.get(one).json()["status"] == "open"


@pytest.mark.parametrize(
    "body", [{}, {"status": "gold"}, {"status": None}, {"status": 1}, [], {"revision": 9}, {"annotator": "viewer"}], ids=repr
)
def test_nothing_but_the_status_is_patched(body, one, own, annotator):
    assert annotator.patch(one, body, format="json").status_code == 400
    assert Assignment.objects.get(pk=own.assignment.pk).revision == 1


# The log


def test_the_log_tells_each_change_in_order(own, one, annotator):
    body = annotator.get(f"{one}changes/").json()
    assert (body["revision"], body["next"]) == (1, None)
    rows = list(Change.objects.filter(assignment=own.assignment))
    assert [row["id"] for row in body["results"]] == [str(change.pk) for change in rows]
    first = body["results"][0]
    assert (first["op"], first["kind"], first["before"], first["user"], first["revision"]) == (
        "create",
        "entity",
        None,
        "annotator",
        1,
    )
    assert first["object"]["id"] == own.ids["group"]


def test_the_log_since_a_revision_holds_what_came_after(own, one, annotator):
    item = {"id": own.ids["figure"], "attributes": {"approximate": True}}
    written = change("update", "span", item)
    annotator.post(f"{one}changes/", {"base": 1, "changes": [written]}, format="json")
    body = annotator.get(f"{one}changes/?since=1").json()
    [row] = body["results"]
    assert (row["id"], row["op"]) == (written["id"], "update")
    assert row["before"]["attributes"]["approximate"] is False
    assert row["object"]["attributes"]["approximate"] is True
    assert annotator.get(f"{one}changes/?since=2").json()["results"] == []
    of_figure = annotator.get(f"{one}changes/", {"object": own.ids["figure"]}).json()["results"]
    assert [(row["op"], row["object"]["id"]) for row in of_figure] == [(op, own.ids["figure"]) for op in ("create", "update")]
    assert annotator.get(f"{one}changes/", {"object": "x"}).status_code == 400


def test_the_log_comes_in_pages(one, annotator):
    url, seen = f"{one}changes/?limit=5&since=0", []
    while url:
        body = annotator.get(url).json()
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == 13


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "99999999999999999999", "true"])
def test_since_is_a_revision(since, one, annotator):
    assert annotator.get(f"{one}changes/", {"since": since}).status_code == 400


def test_replaying_the_log_makes_the_same_marks(own, one, annotator, world):
    """A mirror that reads the log has what the server has."""
    item = {"id": own.ids["figure"], "attributes": {"approximate": True}}
    batch = [change("update", "span", item), change("delete", "link", {"id": own.ids["link"]})]
    assert annotator.post(f"{one}changes/", {"base": 1, "changes": batch}, format="json").status_code == 200
    state = {}
    for row in annotator.get(f"{one}changes/").json()["results"]:
        name = (row["object"] or row["before"])["id"]
        state[name] = row["object"]
    alive = {name for name, item in state.items() if item is not None}
    body = annotator.get(one).json()
    arrays = ("mentions", "events", "attributions", "measure_refs", "relations", "entities", "entity_relations")
    # The entity of the outlet was made with it, and by no change of a reading.
    assert alive == {item["id"] for array in arrays for item in body[array]} - {str(own.outlet.entities.get().pk)}


def test_a_corpus_without_a_scheme_says_so(db):
    corpus = factories.corpus("bare")
    person = factories.user()
    factories.membership(corpus, person, "annotator")
    document = factories.document("Some words.", corpus=corpus)
    response = bearer(person, "annotate").post(URL, {"document": str(document.pk)}, format="json")
    assert response.status_code == 422
    assert "load_scheme" in response.json()["detail"]
