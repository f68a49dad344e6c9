"""GET assignments/{id}/checks/: what is wrong, what is doubtful, what was reckoned."""

import pytest

from tests import factories
from tests.api.world import change, fragment, new


@pytest.fixture
def checks(own, annotator):
    return lambda: annotator.get(f"/api/v1/assignments/{own.assignment.pk}/checks/").json()


@pytest.fixture
def write(own, annotator, changes_url):
    def send(*changes):
        own.assignment.refresh_from_db()
        body = {"base": own.assignment.revision, "changes": list(changes)}
        answer = annotator.post(changes_url, body, format="json")
        assert answer.status_code == 200, answer.json()
        return answer.json()

    return send


def test_it_is_of_a_revision_and_counts_each_level(checks, own):
    answer = checks()
    assert answer["revision"] == 1
    levels = [finding["level"] for finding in answer["findings"]]
    assert answer["counts"] == {
        "error": levels.count("error"),
        "warning": levels.count("warning"),
        "derived": len(answer["checks"]),
    }
    assert [(check["code"], check["events"]) for check in answer["checks"]] == [("FIG-05", [])]


def test_a_finding_names_its_objects_and_the_field(checks, own, write):
    pk = new()
    words = [fragment(own.document.text, "manager")]
    write(change("create", "span", {"id": pk, "layer": "ACTOR", "label": "PERSON", "fragments": words}))
    [found] = [x for x in checks()["findings"] if x["code"] == "ACT-01"]
    assert found == {"code": "ACT-01", "level": "error", "detail": "Choose or create an entity.", "objects": [pk], "field": "entity",
                     "values": {}}  # fmt: skip


def test_a_finding_is_gone_when_it_is_mended(checks, own, write):
    pk = new()
    words = [fragment(own.document.text, "manager")]
    write(change("create", "span", {"id": pk, "layer": "ACTOR", "label": "GROUP", "fragments": words}))
    assert "ACT-01" in {found["code"] for found in checks()["findings"]}
    write(change("update", "span", {"id": pk, "attributes": {"entity": own.ids["group"]}}))
    answer = checks()
    assert answer["revision"] == 3
    assert "ACT-01" not in {found["code"] for found in answer["findings"]}


def test_its_etag_follows_an_entity_that_others_may_edit(own, annotator):
    url = f"/api/v1/assignments/{own.assignment.pk}/checks/"
    first = annotator.get(url)
    assert annotator.get(url, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    own.corpus.entities.filter(pk=own.ids["group"]).update(type="TERRITORY")
    again = annotator.get(url, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert "ACT-01" in {found["code"] for found in again.json()["findings"]}


def test_submitting_is_refused_for_exactly_its_errors(checks, own, annotator):
    errors = [found["code"] for found in checks()["findings"] if found["level"] == "error"]
    answer = annotator.patch(f"/api/v1/assignments/{own.assignment.pk}/", {"status": "submitted"}, format="json")
    refused = [error["code"] for error in answer.json().get("errors", [])]
    assert sorted(refused) == sorted(errors)


def test_a_stranger_learns_nothing(own, world):
    url = f"/api/v1/assignments/{own.assignment.pk}/checks/"
    client = world.clients["authenticated_no_project"]
    assert client.get(url).content == client.get(f"/api/v1/assignments/{new()}/checks/").content


def test_what_the_words_leave_open_is_offered_best_first_and_what_they_say_is_not(checks, own, write):
    event = new()
    words = [fragment(own.document.text, "earn")]
    write(
        change("create", "event", {"id": event, "type": "PAY"}),
        change("create", "span", {"id": new(), "layer": "EVENT", "label": "PAY", "fragments": words, "event": event}),
    )
    offers = {code: [offer["value"] for offer in found] for code, found in checks()["offers"][event].items()}
    assert offers["status"] == ["general", "ongoing", "happened"]
    assert "polarity" not in offers  # positive is read
    write(change("update", "event", {"id": event, "status": "general", "polarity": None}))
    assert "status" not in checks()["offers"][event]
    assert checks()["offers"][event]["polarity"] == [{"value": "positive", "words": []}]


@pytest.mark.parametrize(
    ("published", "offered"), [("2017-09-14", [{"edtf": "2017-09-04/2017-09-10", "basis": "resolved"}]), ("", [])]
)
def test_of_words_without_a_date_the_period_that_they_mean_is_offered(own, annotator, published, offered):
    days = {"published_earliest": published or None, "published_latest": published or None}
    article = factories.article(own.corpus, published_edtf=published, published_basis="stated" if published else "", **days)
    document = factories.document("They went home last week.", of=article)
    assignment = factories.assignment(document, own.assignment.annotator)
    event, dated = new(), new()
    start, end = (fragment(document.text, "last week")[name] for name in ("start", "end"))
    time = {"text": "last week", "start": start, "end": end, "edtf": None, "basis": "open"}
    changes = [
        change("create", "event", {"id": event, "type": "REPATRIATE", "time": time}),
        change("create", "event", {"id": dated, "type": "REPATRIATE", "time": {**time, "edtf": "2017-09", "basis": "inferred"}}),
    ]
    address = f"/api/v1/assignments/{assignment.pk}/"
    answer = annotator.post(f"{address}changes/", {"base": assignment.revision, "changes": changes}, format="json")
    assert answer.status_code == 200, answer.json()
    offers = annotator.get(f"{address}checks/").json()["offers"]
    assert [each["value"] for each in offers.get(event, {}).get("time", [])] == offered
    assert all(each["words"] == [[start, end]] for each in offers.get(event, {}).get("time", []))
    assert "time" not in offers.get(dated, {})
