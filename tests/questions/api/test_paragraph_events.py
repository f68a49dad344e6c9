"""Events beside a paragraph by API: verdicts, counts, filters and pages."""

import json

import pytest

from annotations.schemes.measures import load_measures
from questions.index import keep
from tests import factories

pytestmark = pytest.mark.django_db
FILE = factories.DOMAIN / "measures.json"


def test_events_beside_a_paragraph_with_verdict_filters_and_pages(client, seeded):
    load_measures(json.loads(FILE.read_text("utf-8")))
    while keep.take_up():
        pass
    person = factories.user("member")
    factories.membership(seeded, person, "viewer")
    client.force_login(person)
    address = "/api/v1/measures/UNSCR-2371/paragraphs/11/events/"
    body = client.get(address, {"corpus": "seeded", "cited": "1"}).json()
    assert {row["verdict"] for row in body["results"]} == {"not_required"}
    assert (len(body["results"]), body["next"], body["behind"]) == (4, None, 0)
    assert {"verdict": "not_required", "cited": 4, "others": 0} in body["counts"]
    assert all(row["entries"][0]["href"].startswith("/annotate/") for row in body["results"])
    first = client.get(address.replace("2371/paragraphs/11", "2397/paragraphs/8"), {"corpus": "seeded", "limit": "6"}).json()
    assert first["counts"] == [{"verdict": "before", "cited": 0, "others": 11}]
    second = client.get(first["next"]).json()
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert len(ids) == len(set(ids)) == 11
    dated = client.get(
        address, {"corpus": "seeded", "cited": "1", "from": "2017-08-01", "to": "2017-09-30", "undated": "0"}
    ).json()
    assert 0 < len(dated["results"]) < 4
    for wrong in ({}, {"corpus": "seeded", "cited": "2"}, {"corpus": "seeded", "verdict": "x"}, {"corpus": "seeded", "limit": "0"},
                  {"corpus": "seeded", "measure": "UNSCR-2371"}, {"corpus": "seeded", "cursor": "x"}):  # fmt: skip
        assert client.get(address, wrong).status_code == 400, wrong
    assert client.get(address, {"corpus": "nowhere"}).status_code == 404
    assert client.get(address.replace("/11/", "/99/"), {"corpus": "seeded"}).status_code == 404
    slashed = "/api/v1/measures/EU-2016-849/paragraphs/remittances (2017%2F1858)/events/"
    assert client.get(slashed, {"corpus": "seeded"}).status_code == 200
