"""Carrying to newer texts by API: for oneself, for others, the lines that wait, and its undo."""

import pytest

from annotations.models import Assignment, Carry, CarryItem, Figure
from annotations.write.carry import carry
from tests import factories
from tests.api.world import new


def carried(own):
    newer = factories.document(f"{own.document.text}\n\nUpdated.", of=own.article)
    return carry(own.assignment, newer, own.assignment.annotator)


@pytest.fixture
def corrected(own):
    """A newer text with another number in it."""
    return factories.document(own.document.text.replace("300", "310"), of=own.article)


@pytest.fixture
def address(own):
    return f"/api/v1/articles/{own.article.pk}/carries/"


def items_of(client, made):
    return client.get(f"/api/v1/carries/{made['id']}/items/").json()["results"]


def decide(client, item, decision):
    return client.post(f"/api/v1/carry-items/{item['id']}/decision/", {"decision": decision}, format="json")


def code(answer):
    return answer.status_code, answer.json()["code"]


def test_from_the_older_text_to_the_last_line(own, corrected, annotator, address):
    answer = annotator.post(address)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["source"], made["user"]) == (str(own.assignment.pk), "annotator")
    assert Assignment.objects.get(pk=made["assignment"]).document == corrected
    again = annotator.post(address, {}, format="json")
    assert (again.status_code, again.json()) == (200, made), "safe to repeat"
    lines = items_of(annotator, made)
    assert made["waiting"] == len(lines) > 1
    [line] = [each for each in lines if each["quote"] == "300" and each["candidate"]]
    assert (line["outcome"], line["candidate"], line["takes"], line["decision"]) == ("orphan", "310", True, None)
    assert corrected.text[line["start"] : line["end"]] == "310"
    done = decide(annotator, line, "taken")
    assert (done.status_code, done.json()["decision"], done.json()["decided_by"]) == (200, "taken", "annotator")
    assert Figure.objects.filter(span__assignment=made["assignment"], low=310).exists()
    assert code(decide(annotator, line, "taken")) == (409, "cannot-carry")
    for each in lines:
        if each["id"] != line["id"]:
            assert decide(annotator, each, "dismissed").status_code == 200
    assert annotator.get(address).json()["results"][0]["waiting"] == 0


def test_a_decision_is_taken_back_with_its_mark(corrected, annotator, address):
    made = annotator.post(address).json()
    [line] = [each for each in items_of(annotator, made) if each["takes"]]
    assert code(decide(annotator, line, "undone")) == (409, "cannot-carry")
    decide(annotator, line, "taken")
    assert decide(annotator, line, "undone").json() == line
    assert not Figure.objects.filter(span__assignment=made["assignment"], low=310).exists()
    assert decide(annotator, line, "dismissed").json()["takes"] is False
    assert decide(annotator, line, "undone").json() == line


def test_a_manager_carries_for_somebody_else_who_decides_on_the_lines(own, corrected, client_of, annotator, address):
    manager = client_of("manager")
    assert code(manager.post(address)) == (409, "cannot-carry"), "no annotations of one's own"
    answer = manager.post(address, {"reading": str(own.assignment.pk)}, format="json")
    made = answer.json()
    assert (answer.status_code, made["user"]) == (201, "manager")
    assert Assignment.objects.get(pk=made["assignment"]).annotator == own.assignment.annotator
    assert manager.post(address, {"reading": str(own.assignment.pk)}, format="json").json() == made
    [line] = [each for each in items_of(manager, made) if each["takes"]]
    for role in ("manager", "reviewer"):
        assert code(decide(client_of(role), line, "dismissed")) == (403, "forbidden")
    assert code(decide(client_of("foreign_manager"), line, "dismissed")) == (404, "not-found")
    assert decide(annotator, line, "dismissed").status_code == 200


def test_nobody_else_names_a_reading_and_a_reading_elsewhere_is_none(own, world, corrected, annotator, client_of, address):
    named = {"reading": str(own.assignment.pk)}
    assert [client_of(role).post(address, named, format="json").status_code for role in ("viewer", "annotator", "reviewer")] == [
        403
    ] * 3
    for unknown in (str(world.foreign.assignment.pk), new(), str(own.gold.pk)):
        assert code(client_of("manager").post(address, {"reading": unknown}, format="json")) == (404, "not-found")
    for wrong in ({"reading": "x"}, {"reading": None}, {"read": str(own.assignment.pk)}, []):
        assert code(client_of("manager").post(address, wrong, format="json")) == (400, "malformed")
    assert not Carry.objects.filter(assignment__document=corrected).exists()


def test_what_is_annotated_already_is_left_alone(own, corrected, annotator, client_of, address):
    newer = factories.assignment(corrected, own.assignment.annotator, revision=1)
    assert code(annotator.post(address)) == (409, "cannot-carry")
    refused = client_of("manager").post(address, {"reading": str(own.assignment.pk)}, format="json")
    assert code(refused) == (409, "cannot-carry")
    assert "annotated already" in refused.json()["detail"]
    assert Assignment.objects.get(pk=newer.pk).revision == 1


@pytest.mark.parametrize("body", [{}, {"decision": ""}, {"decision": "open"}, {"decision": None}, {"decision": "taken", "x": 1}])
def test_a_decision_is_one_of_three(corrected, annotator, address, body):
    made = annotator.post(address).json()
    line = items_of(annotator, made)[0]
    answer = annotator.post(f"/api/v1/carry-items/{line['id']}/decision/", body, format="json")
    assert code(answer) == (400, "malformed")
    assert items_of(annotator, made)[0] == line


def test_lines_come_in_pages_with_the_fields_that_are_asked_for(corrected, annotator, address):
    made = annotator.post(address).json()
    whole = [each["id"] for each in items_of(annotator, made)]
    page = annotator.get(f"/api/v1/carries/{made['id']}/items/?limit=1&fields=id,candidate").json()
    assert [set(row) for row in page["results"]] == [{"id", "candidate"}]
    ids = [row["id"] for row in page["results"]]
    while page["next"]:
        page = annotator.get(page["next"]).json()
        ids += [row["id"] for row in page["results"]]
    assert ids == whole


def test_it_is_listed_and_taken_back(own, annotator, client_of):
    made = carried(own)
    address = f"/api/v1/articles/{own.article.pk}/carries/"
    [row] = annotator.get(address).json()["results"]
    assert (row["id"], row["source"], row["assignment"]) == (str(made.pk), str(own.assignment.pk), str(made.assignment_id))
    assert row["waiting"] == CarryItem.objects.filter(carry=made).count()
    undone = annotator.post(f"/api/v1/carries/{made.pk}/undo/")
    assert (undone.status_code, undone.json()["assignment"]) == (200, None)
    assert annotator.get(address).json()["results"] == []
    assert annotator.post(f"/api/v1/carries/{made.pk}/undo/").status_code == 404
    assert client_of("manager").post(f"/api/v1/bin/{undone.json()['deletion']}/restore/").status_code == 200
    assert len(annotator.get(address).json()["results"]) == 1


def test_what_was_annotated_since_stays_and_says_whose_it_is(own, annotator):
    made = carried(own)
    note = {"id": new(), "op": "create", "kind": "note", "object": {"id": new(), "text": "Seen."}}
    address = f"/api/v1/assignments/{made.assignment_id}/changes/"
    revision = annotator.get(f"/api/v1/assignments/{made.assignment_id}/").json()["revision"]
    assert annotator.post(address, {"base": revision, "changes": [note]}, format="json").status_code == 200
    refused = annotator.post(f"/api/v1/carries/{made.pk}/undo/")
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot-undo")
    assert "annotator worked" in refused.json()["detail"]
