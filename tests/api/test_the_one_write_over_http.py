"""POST /assignments/{id}/changes/: what it answers, and that a retry, a race and a conflict do no harm."""

import pytest

from annotations.models import Assignment, Change, Span
from annotations.write.inverse import inverse
from tests.api.world import change, fragment, new


@pytest.fixture
def figure(own):
    """A change that marks 45,000 RMB, and no other mark."""
    words = [fragment(own.document.text, "45,000 RMB")]
    return change("create", "span", {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": words})


@pytest.fixture
def send(annotator, changes_url):
    def post(*changes, base=1):
        return annotator.post(changes_url, {"base": base, "changes": list(changes)}, format="json")

    return post


def test_it_answers_with_the_revision_and_the_objects_as_stored(send, figure):
    response = send(figure)
    assert response.status_code == 200
    assert response.json()["revision"] == 2
    [written] = response.json()["changes"]
    assert (written["id"], written["kind"], written["op"], written["revision"]) == (figure["id"], "span", "create", 2)
    assert written["object"]["quote"] == "45,000 RMB"


def test_a_figure_comes_back_with_the_values_that_were_read_from_its_words(send, figure):
    values = send(figure).json()["changes"][0]["object"]["attributes"]
    assert (values["low"], values["high"], values["comparator"], values["currency"]) == (45000, 45000, "eq", "CNY")


def test_the_same_batch_again_gives_the_same_answer_and_writes_nothing(send, figure, own):
    first, second = send(figure), send(figure)
    assert second.status_code == 200
    assert second.json() == first.json()
    assert Span.objects.filter(assignment=own.assignment, quote="45,000 RMB").count() == 1


def test_a_repeat_is_answered_after_others_wrote(send, figure):
    first = send(figure)
    send(change("update", "span", {"id": figure["object"]["id"], "attributes": {"approximate": True}}), base=2)
    assert send(figure).json() == first.json()


def test_a_used_id_with_another_body_is_refused(send, figure, own):
    send(figure)
    response = send(figure | {"object": figure["object"] | {"label": "QUANTITY"}})
    assert response.status_code == 422
    assert response.json()["code"] == "id-reused"
    assert response.json()["errors"][0]["change"] == figure["id"]


def test_an_object_that_others_wrote_after_the_base_is_a_conflict_with_both_versions(send, own):
    first = change("update", "span", {"id": own.ids["figure"], "attributes": {"approximate": True}})
    second = change("update", "span", {"id": own.ids["figure"], "attributes": {"low": 299}})
    assert send(first).status_code == 200
    response = send(second)
    assert response.status_code == 409
    body = response.json()
    assert (body["code"], body["revision"]) == ("conflict", 2)
    [conflict] = body["conflicts"]
    assert conflict["change"] == second["id"]
    assert conflict["yours"]["attributes"] == {"low": 299}
    assert conflict["theirs"]["attributes"]["approximate"] is True


def test_a_conflict_stores_nothing_of_the_batch(send, own, figure):
    send(change("update", "span", {"id": own.ids["figure"], "attributes": {"approximate": True}}))
    late = change("update", "span", {"id": own.ids["figure"], "attributes": {"low": 299}})
    assert send(figure, late).status_code == 409
    assert not Span.objects.filter(pk=figure["object"]["id"]).exists()


def test_a_conflict_with_a_deletion_says_that_it_is_gone(send, figure):
    send(figure)
    send(change("delete", "span", {"id": figure["object"]["id"]}), base=2)
    response = send(change("update", "span", {"id": figure["object"]["id"], "attributes": {"low": 1}}), base=2)
    assert response.status_code == 409
    assert response.json()["conflicts"][0]["theirs"] is None


def test_without_a_base_it_is_428(annotator, changes_url, figure):
    response = annotator.post(changes_url, {"changes": [figure]}, format="json")
    assert response.status_code == 428
    assert response.json()["code"] == "base-missing"


def test_one_wrong_change_refuses_the_batch(send, figure, own):
    wrong = change("create", "span", figure["object"] | {"id": new(), "label": "NO_SUCH_LABEL"})
    response = send(figure, wrong)
    assert response.status_code == 422
    assert response.json()["errors"][0]["change"] == wrong["id"]
    assert not Change.objects.filter(pk=figure["id"]).exists()


def test_a_client_that_counts_utf16_is_refused_with_the_rule(send, own):
    """The text has 💩 before these words: their offsets in UTF-16 are one too high."""
    words = fragment(own.document.text, "45,000 RMB")
    shifted = words | {"start": words["start"] + 1, "end": words["end"] + 1}
    item = {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": [shifted]}
    response = send(change("create", "span", item))
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "SPAN-01"


def test_the_refusal_names_the_rule_of_the_scheme(send, own):
    words = [fragment(own.document.text, "45,000 RMB")]
    event = change("create", "span", {"id": new(), "layer": "EVENT", "label": "REPATRIATE", "fragments": words})
    codes = {error["code"] for error in send(event).json()["errors"]}
    assert "EVT-01" in codes


def test_a_submitted_assignment_is_closed(send, figure, own):
    Assignment.objects.filter(pk=own.assignment.pk).update(status="submitted", submitted="2026-01-01T00:00Z")
    response = send(figure)
    assert (response.status_code, response.json()["code"]) == (422, "submitted")


def test_a_thing_in_use_is_not_deleted(send, own):
    response = send(change("delete", "span", {"id": own.ids["actor"]}))
    assert (response.status_code, response.json()["code"]) == (422, "in-use")
    assert own.ids["event"] in {error["by"] for error in response.json()["errors"]}


# All seven kinds


UPDATES = {
    "span": ("figure", {"attributes": {"approximate": True}}),
    "event": ("event", {"certainty": "possible"}),
    "claim": ("claim", {"modality": "alleged"}),
    "citation": ("citation", {"paragraph": "11"}),
    "link": ("link", {"type": "equivalent_to"}),
    "entity": ("group", {"name": "Another name", "revision": 1}),
    "relation": ("relation", {"basis": "inferred", "revision": 1}),
}


@pytest.mark.parametrize("kind", UPDATES)
def test_each_kind_is_updated_over_http(kind, send, own):
    name, fields = UPDATES[kind]
    response = send(change("update", kind, {"id": own.ids[name], **fields}))
    assert response.status_code == 200, response.content
    stored = response.json()["changes"][0]["object"]
    fields.pop("revision", None)
    assert {key: stored[key] for key in fields if key != "attributes"} == {k: v for k, v in fields.items() if k != "attributes"}


def everything(own):
    """The changes that delete all that `seven_kinds` made, those that point first."""
    order = [
        ("link", "link"), ("claim", "claim"), ("span", "second"), ("event", "other"), ("span", "trigger"),
        ("event", "event"), ("citation", "citation"), ("span", "part"), ("span", "figure"), ("span", "actor"),
        ("relation", "relation"), ("entity", "country"), ("entity", "group"),
    ]  # fmt: skip
    own_revision = {"entity": {"revision": 1}, "relation": {"revision": 1}}
    return [change("delete", kind, {"id": own.ids[name]} | own_revision.get(kind, {})) for kind, name in order]


def native(client, own):
    whole = client.get(f"/api/v1/assignments/{own.assignment.pk}/").json()
    return {key: whole[key] for key in whole if key not in ("revision", "counts")}


def without_revisions(value):
    if isinstance(value, dict):
        return {key: without_revisions(entry) for key, entry in value.items() if key != "revision"}
    return [without_revisions(entry) for entry in value] if isinstance(value, list) else value


def test_all_kinds_are_deleted_in_one_batch_and_brought_back_by_its_inverse(send, annotator, own):
    before = native(annotator, own)
    assert send(*everything(own)).status_code == 200
    empty = native(annotator, own)
    assert all(empty[array] == [] for array in ("mentions", "events", "attributes", "attributions") if array in empty)
    undo = inverse(Change.objects.filter(assignment=own.assignment, revision=2))
    assert send(*undo, base=2).status_code == 200
    assert without_revisions(native(annotator, own)) == without_revisions(before)


def test_an_update_of_each_kind_is_undone_by_its_inverse(send, annotator, own):
    before = native(annotator, own)
    changes = [change("update", kind, {"id": own.ids[name], **fields}) for kind, (name, fields) in fresh().items()]
    assert send(*changes).status_code == 200
    assert without_revisions(native(annotator, own)) != without_revisions(before)
    assert send(*inverse(Change.objects.filter(assignment=own.assignment, revision=2)), base=2).status_code == 200
    assert without_revisions(native(annotator, own)) == without_revisions(before)


def fresh():
    return UPDATES | {"entity": ("group", {"name": "Another name", "revision": 1}),
                      "relation": ("relation", {"basis": "inferred", "revision": 1})}  # fmt: skip


def test_a_creation_is_undone_by_its_inverse(send, annotator, own, figure):
    before = native(annotator, own)
    send(figure)
    assert send(*inverse(Change.objects.filter(pk=figure["id"])), base=2).status_code == 200
    assert without_revisions(native(annotator, own)) == without_revisions(before)


# The shape of the request


@pytest.mark.parametrize(
    "body",
    [
        [], [None, None], "text", 7, None, {}, {"base": 1}, {"base": 1, "changes": []}, {"base": 1, "changes": {}},
        {"base": 1, "changes": [None]}, {"base": 1, "changes": [[]]}, {"base": 1, "changes": [{}]},
        {"base": "1", "changes": [{}]}, {"base": True, "changes": [{}]}, {"base": -1, "changes": [{}]},
        {"base": 10**30, "changes": [{}]}, {"base": 1.5, "changes": [{}]}, {"base": 1, "changes": [{}], "more": 1},
    ],
    ids=repr,
)  # fmt: skip
def test_a_malformed_batch_is_400(body, annotator, changes_url):
    response = annotator.post(changes_url, body, format="json")
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"


def test_a_base_ahead_of_the_assignment_is_400(send, figure):
    assert send(figure, base=99).status_code == 400


def test_an_object_of_another_corpus_cannot_be_pointed_at(send, world, figure):
    response = send(
        change("update", "span", {"id": world.own.ids["actor"], "attributes": {"entity": world.foreign.ids["group"]}})
    )
    missing = send(change("update", "span", {"id": world.own.ids["actor"], "attributes": {"entity": new()}}))
    assert (response.status_code, missing.status_code) == (422, 422)
    assert response.json()["errors"][0]["code"] == missing.json()["errors"][0]["code"] == "unknown-reference"


@pytest.mark.parametrize("name", ["figure", "event", "claim", "citation", "link", "group", "relation"])
def test_an_object_of_another_corpus_cannot_be_deleted_nor_told_from_none(name, send, world):
    kind = {"figure": "span", "group": "entity"}.get(name, name)
    extra = {"revision": 1} if kind in ("entity", "relation") else {}
    foreign = send(change("delete", kind, {"id": world.foreign.ids[name]} | extra))
    missing = send(change("delete", kind, {"id": new()} | extra))
    assert foreign.status_code == missing.status_code == 422
    assert foreign.json()["detail"] == missing.json()["detail"]
    assert foreign.json()["errors"][0]["code"] == missing.json()["errors"][0]["code"]


def test_the_marks_of_a_colleague_cannot_be_changed_through_my_assignment(send, own):
    response = send(change("update", "span", {"id": own.gold_ids["figure"], "attributes": {"low": 1}}))
    assert response.status_code == 422
