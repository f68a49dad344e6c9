"""Approval by API: readings that await a verdict, verdicts, and gold of the approved readings."""

import pytest

from annotations.models import TeamSettings
from tests import factories, readings
from tests.api.world import session

LIST = "/api/v1/corpora/reports/approval/"


@pytest.fixture
def reading(db):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    TeamSettings.objects.create(corpus=corpus, approve=100)
    for name, role in (("ann", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, factories.user(name), role)
    ann = corpus.memberships.get(role="annotator").user
    return readings.readings(corpus, [ann], [readings.no_edit])[0]


@pytest.fixture
def chief(reading):
    return session(reading.document.corpus.memberships.get(role="reviewer").user)


def test_from_a_submitted_reading_to_its_gold(reading, chief):
    address = f"/api/v1/assignments/{reading.pk}/"
    assert [row["id"] for row in chief.get(LIST).json()["results"]] == [str(reading.pk)]
    body = {"verdict": "approved", "revision": reading.revision - 1}
    stale = chief.patch(address, body, format="json")
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    for _ in "ab":
        answer = chief.patch(address, body | {"revision": reading.revision, "note": "Good."}, format="json")
        assert (answer.status_code, answer.json()["status"]) == (200, "submitted")
    [verdict] = session(reading.annotator).get(f"{address}verdicts/").json()["results"]
    assert (verdict["verdict"], verdict["revision"], verdict["note"], verdict["user"]) == (
        "approved",
        reading.revision,
        "Good.",
        "chief",
    )
    assert chief.get(LIST).json()["results"] == []
    assert chief.post(f"{LIST}gold/", {"x": 1}, format="json").status_code in (400, 422)
    assert chief.post(f"{LIST}gold/").json() == {"made": 1, "left": 0, "refused": []}
    assert chief.post(f"{LIST}gold/").json() == {"made": 0, "left": 0, "refused": []}
    golds = chief.get("/api/v1/assignments/", {"role": "adjudication"}).json()["results"]
    assert [row["status"] for row in golds] == ["submitted"]


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("ann", {}, "forbidden"),
        ("chief", {"revision": None}, "malformed"),
        ("chief", {"verdict": "returned"}, "malformed"),
        ("chief", {"verdict": "praised"}, "malformed"),
    ],
)
def test_refusals(who, fields, code, reading):
    members = reading.document.corpus.memberships
    body = {"verdict": "approved", "revision": reading.revision} | fields
    body = {name: value for name, value in body.items() if value is not None}
    answer = session(members.get(user__username=who).user).patch(f"/api/v1/assignments/{reading.pk}/", body, format="json")
    assert answer.json()["code"] == code


def test_what_is_open_is_not_approved(reading, chief):
    type(reading).objects.filter(pk=reading.pk).update(status="open", submitted=None)
    body = {"verdict": "approved", "revision": reading.revision}
    answer = chief.patch(f"/api/v1/assignments/{reading.pk}/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
