"""Adjudication by API: beginning, differences, decisions, and who gets which answer."""

import pytest

from annotations.models import Adjudication, Assignment
from tests import factories, readings
from tests.api.world import new, session

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    roles = {"ann": "annotator", "ben": "annotator", "chief": "reviewer", "second": "reviewer", "viewer": "viewer"}
    people = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, people[name], role)
    pair = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences])
    people["text"] = pair[0].document
    people["pair"] = pair
    return people


@pytest.fixture
def scheme(db):
    return factories.scheme()


@pytest.fixture
def chief(cast):
    return session(cast["chief"])


@pytest.fixture
def begun(cast, chief):
    return chief.post(f"/api/v1/documents/{cast['text'].pk}/adjudication/").json()


def decide(client, adjudication, **fields):
    return client.post(f"/api/v1/adjudications/{adjudication['id']}/decisions/", fields, format="json")


def test_it_begins_once_and_lists_the_differences(cast, chief, begun):
    again = chief.post(f"/api/v1/documents/{cast['text'].pk}/adjudication/")
    assert (again.status_code, again.json()) == (200, begun)
    assert begun["counts"]["open"] == len(begun["differences"]) == 5
    assert begun["counts"]["auto"] > 5
    assert begun["revision"] == 1
    assert {each["reader"] for each in begun["inputs"]} == {"A", "B"}
    materials = [each["material"] for each in begun["differences"]]
    assert materials == sorted(materials, reverse=True)
    [status] = [each for each in begun["differences"] if each["kind"] == "event"]
    assert {version["values"]["status"] for version in status["versions"]} == {"happened", "expected"}
    assert (status["outcome"], status["most"], status["material"]) == ("", None, True)
    assert chief.get(f"/api/v1/adjudications/{begun['id']}/").json() == begun


@pytest.mark.parametrize(("name", "status"), [("ann", 403), ("viewer", 404), ("second", 200)])
def test_only_reviewers_see_it_and_viewers_do_not_learn_of_it(name, status, cast, begun):
    client = session(cast[name])
    for address in (f"adjudications/{begun['id']}/", f"adjudications/{begun['id']}/decisions/"):
        assert client.get(f"/api/v1/{address}").status_code == status
    assert client.post(f"/api/v1/documents/{cast['text'].pk}/adjudication/").status_code == status


def test_only_who_holds_the_gold_decides(cast, begun):
    body = {"id": new(), "difference": begun["differences"][0]["name"], "outcome": "dropped", "base": 1}
    assert decide(session(cast["second"]), begun, **body).status_code == 403
    assert decide(session(cast["ann"]), begun, **body).status_code == 403
    assert decide(session(cast["viewer"]), begun, **body).status_code == 404


def test_whoever_has_a_reading_may_not_begin(cast):
    assert session(cast["ann"]).post(f"/api/v1/documents/{cast['text'].pk}/adjudication/").status_code == 403
    factories.assignment(cast["text"], cast["second"])
    answer = session(cast["second"]).post(f"/api/v1/documents/{cast['text'].pk}/adjudication/")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "yourself" in answer.json()["detail"]


def test_decisions_to_the_end_and_submit(cast, chief, begun):
    gold = f"/api/v1/assignments/{begun['gold']}/"
    refused = chief.patch(gold, {"status": "submitted"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "undecided")
    assert "5" in refused.json()["detail"]
    first = next(each["reader"] for each in begun["inputs"] if each["assignment"] == str(cast["pair"][0].pk))
    base = begun["revision"]
    for each in begun["differences"]:
        body = {"id": new(), "difference": each["name"], "outcome": "accepted", "reader": first, "base": base, "reason": "slip"}
        answer = decide(chief, begun, **body)
        assert answer.status_code == 201
        base = answer.json()["revision"]
    made = chief.get(f"/api/v1/adjudications/{begun['id']}/decisions/").json()
    assert [row["outcome"] for row in made["decisions"]] == ["accepted"] * 5
    assert {row["reader"] for row in made["decisions"]} == {first}
    assert decide(chief, begun, id=new(), outcome="undone").json()["outcome"] == "undone"
    assert chief.get(f"/api/v1/adjudications/{begun['id']}/").json()["counts"]["open"] == 1
    body |= {"id": new(), "base": Assignment.objects.get(pk=begun["gold"]).revision}
    assert decide(chief, begun, **body).status_code == 201
    refused = chief.patch(gold, {"status": "submitted"}, format="json")
    assert (refused.json()["code"], "Check each" in refused.json()["detail"]) == ("undecided", True)
    [look] = begun["looks"]
    base = Assignment.objects.get(pk=begun["gold"]).revision
    assert decide(chief, begun, id=new(), difference=look["name"], outcome="looked", base=base).json()["outcome"] == "looked"
    told = chief.get(f"/api/v1/adjudications/{begun['id']}/").json()
    assert (told["looks"][0]["outcome"], told["counts"]["looked"], told["seed"] is not None) == ("looked", 1, True)
    assert chief.patch(gold, {"status": "submitted"}, format="json").status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"outcome": "most"}, 422, "invalid"),  # the two are even
        ({"outcome": "accepted", "reader": "Z"}, 400, "malformed"),
        ({"outcome": "accepted", "reader": "A", "base": 77}, 400, "malformed"),
        ({"outcome": "dropped", "base": None}, 400, "malformed"),
        ({"outcome": "dropped", "difference": "mark-ACTOR--0-1-0"}, 422, "invalid"),
        ({"outcome": "undone"}, 400, "malformed"),
        ({"outcome": "dropped", "reason": "mood"}, 400, "malformed"),
        ({"outcome": "auto"}, 400, "malformed"),
    ],
)
def test_what_cannot_be_decided_so(body, status, code, chief, begun):
    whole = {"id": new(), "difference": begun["differences"][0]["name"], "base": 1} | body
    answer = decide(chief, begun, **whole)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_base_is_needed_and_a_conflict_is_one(chief, begun):
    body = {"id": new(), "difference": begun["differences"][0]["name"], "outcome": "dropped"}
    assert decide(chief, begun, **body).json()["code"] == "base-missing"
    assert decide(chief, begun, **body, base=1).status_code == 201
    assert decide(chief, begun, **body, base=1).status_code == 201  # sent again
    assert decide(chief, begun, **(body | {"note": "n"}), base=1).json()["code"] == "id-reused"


def test_a_decision_of_another_window_is_a_conflict_by_the_number_of_decisions(chief, begun):
    body = {"difference": begun["differences"][0]["name"], "outcome": "dropped", "base": 1, "decisions": begun["decisions"]}
    assert decide(chief, begun, id=new(), **body).status_code == 201
    answer = decide(chief, begun, id=new(), **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert decide(chief, begun, id=new(), outcome="undone", decisions=begun["decisions"]).status_code == 409
    now = chief.get(f"/api/v1/adjudications/{begun['id']}/").json()["decisions"]
    assert decide(chief, begun, id=new(), outcome="undone", decisions=now).status_code == 201


def test_a_reading_that_is_adjudicated_is_closed(cast, begun):
    answer = session(cast["ann"]).patch(f"/api/v1/assignments/{cast['pair'][0].pk}/", {"status": "open"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "being-adjudicated")


def test_one_reading_is_too_few(cast, chief):
    Assignment.objects.filter(pk=cast["pair"][0].pk).update(status="open", submitted=None)
    answer = chief.post(f"/api/v1/documents/{cast['text'].pk}/adjudication/")
    assert (answer.status_code, answer.json()["code"]) == (409, "cannot-adjudicate")
    assert not Adjudication.objects.exists()


def test_a_paragraph_of_one_reader_is_accepted_as_one_act(cast):
    text = factories.document(readings.TWO_PARAGRAPHS, corpus=cast["pair"][0].document.corpus)
    readings.readings(text.corpus, [cast["ann"], cast["ben"]], [readings.no_edit, readings.marks_little], text)
    chief = session(cast["chief"])
    begun = chief.post(f"/api/v1/documents/{text.pk}/adjudication/").json()
    only = next(each for each in begun["differences"] if sum(bool(version["values"]) for version in each["versions"]) == 1)
    reader = next(version["reader"] for version in only["versions"] if version["values"])
    address, sent = (
        f"/api/v1/adjudications/{begun['id']}/paragraphs/",
        {"id": new(), "reader": reader, "difference": only["name"]},
    )
    first = chief.post(address, sent, format="json")
    assert first.status_code == 201, first.json()
    assert first.json()["accepted"] > 1
    assert chief.post(address, sent, format="json").json() == first.json(), "safe to send again"
    now = chief.get(f"/api/v1/adjudications/{begun['id']}/").json()
    assert (now["revision"], now["counts"]["accepted"]) == (first.json()["revision"], first.json()["accepted"])
    assert chief.post(address, {**sent, "id": new()}, format="json").status_code == 422
    assert chief.post(address, {**sent, "id": new(), "reader": "Z"}, format="json").status_code in (400, 422)
    assert session(cast["second"]).post(address, {**sent, "id": new()}, format="json").status_code == 403
    assert decide(chief, begun, id=new(), outcome="undone", decisions=now["decisions"]).status_code == 201
    assert chief.get(f"/api/v1/adjudications/{begun['id']}/").json()["counts"]["open"] == begun["counts"]["open"]
