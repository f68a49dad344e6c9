"""Screening by API: state and runs, candidates and decisions, links with mentions, names held against lists, listed names in a text."""

import unicodedata
from importlib.metadata import version

import pytest
from django.core.management import call_command
from rest_framework.throttling import SimpleRateThrottle

from corpus.api import costly
from registry.models import Decision, Entity, ListCandidate, ListLink, SanctionsList, ScreenedBy, ScreeningRun
from registry.names import MATCHER
from tests import factories, listed
from tests.api.world import new

LINES = (
    "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\nTEST-002; Ri Ye Je; alias: 리예제; KP"
)


@pytest.fixture
def own(world):
    version = listed.version("TEST", LINES, "2024-05-15")
    ScreenedBy.objects.create(corpus=world.own.corpus, list=version.list)
    Entity.objects.create(corpus=world.own.corpus, type="COMPANY", name="Exampel Trading Corporation")
    return world.own


@pytest.fixture
def candidate(own):
    call_command("screen", corpus=own.corpus.slug)
    return ListCandidate.objects.get(entity__corpus=own.corpus)


def of(own, path=""):
    return f"/api/v1/corpora/{own.corpus.slug}/{path}"


def test_a_run_is_started_and_followed(own, world):
    manager = world.clients["manager"]
    state = manager.get(of(own, "screening/")).json()
    assert (state["lists"], state["run"]) == ([{"list": "TEST", "version": 1, "threshold": 72, "programmes": []}], None)
    assert state["to_screen"] >= 1
    run = manager.post(of(own, "screening/")).json()
    assert (run["trigger"], run["user"], run["versions"], run["matcher"]) == ("person", "manager", {"TEST": 1}, MATCHER)
    assert run["components"]["Unicode"] == unicodedata.unidata_version
    assert run["components"]["anyascii"] == version("anyascii")
    assert manager.post(of(own, "screening/")).json()["id"] == run["id"]
    call_command("screen", corpus=own.corpus.slug)
    shown = world.clients["reviewer"].get(of(own, f"screening/runs/{run['id']}/")).json()
    assert (shown["finished"] is not None, shown["counts"]["new"], shown["done"]) == (True, 1, shown["total"])
    assert manager.get(of(own, "screening/")).json()["to_screen"] == 0
    other = ScreeningRun.objects.create(corpus=world.foreign.corpus, trigger="list", matcher="names/1")
    assert manager.get(of(own, f"screening/runs/{other.pk}/")).status_code == 404


def test_without_a_list_a_run_is_invalid(world):
    answer = world.clients["manager"].post(of(world.own, "screening/"))
    assert (answer.status_code, answer.json()["detail"][:13]) == (422, "Choose a list")


def test_candidates_are_listed_and_decided(own, candidate, world):
    client = world.clients["annotator"]
    (row,) = client.get(of(own, "candidates/?state=open&list=TEST&score_min=95&type=COMPANY")).json()["results"]
    assert (row["id"], row["entry"], row["score"], row["entity_name"]) == (
        candidate.pk, "TEST-001", 100, "Exampel Trading Corporation"
    )  # fmt: skip
    assert row["explanation"]["sentence"].endswith("word for word.")
    assert client.get(of(own, "candidates/?score_max=94")).json()["results"] == []
    scripts = {
        script: len(client.get(of(own, f"candidates/?script={script}")).json()["results"]) for script in ("latin", "hangul")
    }
    assert scripts == {"latin": 1, "hangul": 0}
    assert client.get(of(own, "candidates/?script=runes")).status_code == 400
    body = {"id": new(), "match": "rejected", "note": "another firm", "entry": row["entry_digest"]}
    for _ in range(2):
        answer = client.post(f"/api/v1/candidates/{row['id']}/decision/", body, format="json")
        assert (answer.status_code, answer.json()["match"], answer.json()["version"]) == (201, "rejected", 1)
    assert Decision.objects.get().explanation == candidate.explanation
    reused = client.post(f"/api/v1/candidates/{row['id']}/decision/", body | {"match": "possible"}, format="json")
    assert (reused.status_code, reused.json()["code"]) == (422, "id-reused")
    again = {"id": new(), "match": "probable", "entry": row["entry_digest"]}
    answer = world.clients["reviewer"].post(f"/api/v1/candidates/{row['id']}/decision/", again, format="json")
    assert (answer.status_code, answer.json()["conflicts"][0]["theirs"]["match"]) == (409, "rejected")


def test_a_changed_entry_is_a_conflict_with_both_states(candidate, world):
    listed.version("TEST", LINES.replace("KP; 2016", "CN; 2016"))
    body = {"id": new(), "match": "possible", "entry": candidate.entry_digest}
    answer = world.clients["annotator"].post(f"/api/v1/candidates/{candidate.pk}/decision/", body, format="json")
    (conflict,) = answer.json()["conflicts"]
    assert answer.status_code == 409
    assert conflict["yours"]["entry"] == candidate.entry_digest != conflict["theirs"]["entry"]


@pytest.mark.parametrize(
    "body",
    [
        None, [], {}, {"id": "x"}, {"id": 1, "match": "possible", "entry": ""}, {"id": new(), "match": "not_applicable", "entry": ""},
        {"id": new(), "match": "possible", "entry": "\0"}, {"id": new(), "match": "possible", "entry": "", "revision": "1"},
    ],
)  # fmt: skip
def test_a_malformed_decision_is_refused(body, candidate, world):
    answer = world.clients["annotator"].post(f"/api/v1/candidates/{candidate.pk}/decision/", body, format="json")
    assert answer.status_code in (400, 409)
    assert not Decision.objects.exists()


def test_links_by_list_level_and_date_with_all_mentions(own, world):
    group = Entity.objects.get(pk=own.gold_ids["group"])
    ListLink.objects.create(entity=group, list="UN", entry="KPe.001", match="confirmed", list_version="2017-09-01")
    foreign = Entity.objects.get(pk=world.foreign.gold_ids["group"])
    ListLink.objects.create(entity=foreign, list="UN", entry="KPe.001", match="confirmed", list_version="2017-09-01")
    client = world.clients["reviewer"]
    path = "/api/v1/list-links/?list=UN&match=confirmed&list_date_before=2017-09-01"
    (row,) = client.get(path).json()["results"]
    assert (row["entity"], row["corpus"], "mentions" in row) == (str(group.pk), own.corpus.slug, False)
    assert (row["decided_at"], row["entry_state"], row["delisted_on"]) == (None, "not_loaded", None)
    (row,) = client.get(f"{path}&mentions=1").json()["results"]
    (mention,) = row["mentions"]
    assert own.document.text[mention["start"] : mention["end"]] == mention["quote"] == "North Korean workers"
    assert mention["document"] == str(own.document.pk)
    assert client.get(f"{path}&mentions=1&offsets=utf16").json()["results"][0]["mentions"][0]["start"] == mention["start"]
    assert client.get("/api/v1/list-links/?list_date_before=2017-08-31").json()["results"] == []
    assert client.get("/api/v1/list-links/?mentions=2").status_code in (400, 422)


def test_names_are_matched_and_nothing_is_stored(own, world):
    names = [
        {"id": "a", "names": ["Exampel Trading Corporation"], "type": "COMPANY", "countries": ["DE"]},
        {"id": "b", "names": ["이예제", "Nobody"], "type": "PERSON"},
        {"id": "c", "names": ["Nobody at all"]},
    ]
    answer = world.clients["viewer"].post("/api/v1/match/", {"names": names, "lists": ["TEST"]}, format="json").json()
    assert answer["lists"] == [{"list": "TEST", "version": 1, "published": "2024-05-15"}]
    first, second, third = answer["results"]
    assert [(each["entry"], each["score"]) for each in first["candidates"]] == [("TEST-001", 92)]
    assert first["candidates"][0]["explanation"]["facts"][0]["says"] == "differs"
    assert [(each["entry"], each["score"]) for each in second["candidates"]] == [("TEST-002", 97)]
    assert (third["id"], third["candidates"]) == ("c", [])
    assert not ListCandidate.objects.exists()


def test_a_list_that_is_not_looked_in_is_named(own, world):
    client, names = world.clients["viewer"], [{"names": ["Nobody at all"]}]
    SanctionsList.objects.create(code="EMPTY", name="Not loaded")
    listed.version("THEIRS", LINES)
    SanctionsList.objects.filter(code="THEIRS").update(corpus=world.foreign.corpus)
    for code in ("UNKNOWN", "EMPTY", "THEIRS"):
        answer = client.post("/api/v1/match/", {"names": names, "lists": ["TEST", code]}, format="json")
        assert answer.status_code == 400, code
        assert f"no list with a current version: {code}" in answer.content.decode()
    answer = client.post("/api/v1/match/", {"names": names}, format="json").json()
    codes = {each["list"] for each in answer["lists"]}
    assert (codes & {"TEST", "EMPTY", "THEIRS"}) == {"TEST"}


def test_names_to_match_are_at_most_a_hundred_and_well_formed(own, world):
    client = world.clients["viewer"]
    for names in ([], [{"names": ["x"]}] * 101, [{"names": []}], [{"names": ["x" * 501]}], [{}], "x"):
        assert client.post("/api/v1/match/", {"names": names}, format="json").status_code in (400, 422), names
    half = r'{"names": [{"names": ["\ud800"]}]}'
    assert client.post("/api/v1/match/", half, content_type="application/json").status_code in (400, 422)
    assert client.post("/api/v1/match/", {"names": [{"names": ["x"]}], "threshold": 59}, format="json").status_code in (400, 422)


def test_all_names_of_a_request_are_bounded_together(own, world):
    client = world.clients["viewer"]
    names = [{"names": ["Nobody at all" + "x" * 487] * 20}] * 2
    assert client.post("/api/v1/match/", {"names": names}, format="json").status_code == 200
    problem = client.post("/api/v1/match/", {"names": [*names, {"names": ["x"]}]}, format="json").json()
    assert problem["errors"] == [{"field": "names", "detail": "have 20,001 characters; the limit is 20,000"}]
    identifiers = [{"scheme": "imo", "value": "9187629"}] * 21
    assert (
        client.post("/api/v1/match/", {"names": [{"names": ["x"], "identifiers": identifiers}]}, format="json").status_code == 400
    )


def test_what_takes_too_long_is_refused_with_what_to_do(own, world, monkeypatch):
    """The drill is `tests/drills/test_match.py`."""
    monkeypatch.setattr(costly, "SECONDS", 0.001)
    document = factories.document("Officials met Ri Ye Je.", corpus=own.corpus)
    client = world.clients["viewer"]
    answer = client.post("/api/v1/match/", {"names": [{"names": ["Ri Ye Je"]}]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (503, "too-long")
    assert answer.json()["detail"].endswith(" Send fewer names together.")
    answer = client.get(f"/api/v1/documents/{document.pk}/listed/")
    assert (answer.status_code, answer.json()["code"]) == (503, "too-long")


def test_requests_to_match_are_counted(own, world, monkeypatch):
    monkeypatch.setattr(
        SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(SimpleRateThrottle.THROTTLE_RATES) | {"match": "2/min"}
    )
    document = factories.document("Officials met Ri Ye Je.", corpus=own.corpus)
    client = world.clients["viewer"]
    assert client.post("/api/v1/match/", {"names": [{"names": ["x"]}]}, format="json").status_code == 200
    assert [client.get(f"/api/v1/documents/{document.pk}/listed/").status_code for _ in range(2)] == [200, 429]


def test_listed_names_of_a_text_have_offsets_in_both_units(own, world):
    text = "💩 Officials met Ri Ye Je of Exampel Trading Corporation."
    document = factories.document(text, corpus=own.corpus)
    client = world.clients["viewer"]
    answer = client.get(f"/api/v1/documents/{document.pk}/listed/").json()
    assert answer["lists"] == [{"list": "TEST", "version": 1, "published": "2024-05-15"}]
    rows = answer["results"]
    assert [(row["entry"], row["quote"], row["how"], row["list"]) for row in rows] == [
        ("TEST-002", "Ri Ye Je", "same words", "TEST"),
        ("TEST-001", "Exampel Trading Corporation", "same words", "TEST"),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    in_utf16 = client.get(f"/api/v1/documents/{document.pk}/listed/?offsets=utf16").json()["results"]
    assert [row["start"] for row in in_utf16] == [row["start"] + 1 for row in rows]


def test_a_text_is_not_held_against_a_list_of_another_corpus(own, world):
    SanctionsList.objects.filter(code="TEST").update(corpus=world.foreign.corpus)
    document = factories.document("Officials met Ri Ye Je.", corpus=own.corpus)
    assert world.clients["viewer"].get(f"/api/v1/documents/{document.pk}/listed/").json() == {"lists": [], "results": []}
