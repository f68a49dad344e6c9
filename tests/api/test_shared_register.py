"""The shared register in an empty corpus: offered for the words of a mark, taken over by a person through the one write."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Change
from annotations.schemes.base_register import load_base_register
from annotations.write.apply import apply_changes
from annotations.write.errors import Invalid
from config.environment import ROOT
from registry.models import Entity, EntityName
from tests import marks
from tests.api.world import change, new

URL = "/api/v1/corpora/own/proposals/"
BODY = json.loads((ROOT / "domain" / "base_register.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def register(own):
    wanted = ("iso-cn", "iso-us", "iso-kp", "iso-kr", "eu", "eu-commission", "reuters", "dprk-rgb", "dprk-wpk")
    load_base_register(BODY | {"entities": [entry for entry in BODY["entities"] if entry["code"] in wanted]})


@pytest.fixture
def offered(annotator):
    """What the shared register offers for words: (code, match, the name by which it was found)."""

    def of(words, types=""):
        body = annotator.get(URL, {"q": words, "type": types}).json()
        return [(found["code"], found["match"], found["matched"]) for found in body["shared"]]

    return of


@pytest.fixture
def write(own, annotator):
    def one(op, kind, body):
        assignment = own.assignment
        assignment.refresh_from_db()
        return apply_changes(assignment, assignment.annotator, assignment.revision, [change(op, kind, body)])

    return one


def china(**fields):
    return {"id": new(), "type": "TERRITORY", "name": "China", "same_as": "iso-cn", **fields}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("China", "iso-cn"),
        ("Chinese", "iso-cn"),
        ("the Chinese", "iso-cn"),
        ("U.S.", "iso-us"),
        ("US", "iso-us"),
        ("Americans", "iso-us"),
        ("EU", "eu"),
        ("E.U.", "eu"),
        ("DPRK", "iso-kp"),
        ("조선", "iso-kp"),
        ("北朝鮮", "iso-kp"),
        ("정찰총국", "dprk-rgb"),
        ("Reuters", "reuters"),
    ],
)
def test_what_every_corpus_speaks_of_is_offered_by_any_of_its_names(offered, words, code):
    assert offered(words)[0][:2] == (code, "exact")


def test_an_offer_has_all_that_an_entity_is_made_of(annotator):
    (offer,) = annotator.get(URL, {"q": "China"}).json()["shared"]
    ids = [{"scheme": "iso3166-1", "value": "CN"}, {"scheme": "wikidata", "value": "Q148"}]
    assert (offer["name"], offer["countries"], offer["identifiers"], offer["known"]) == ("China", ["CN"], ids, None)
    assert "ISO 3166-1" in offer["source"]


def test_only_of_types_that_fit_and_never_more_than_five(offered):
    assert [code for code, *_ in offered("eu", "INTL_BODY")] == ["eu", "eu-commission"]
    assert offered("China", "COMPANY") == []
    assert len(offered("of")) == 5


@pytest.mark.parametrize("words", ["%", "_", "\\", "", "   ", "'", "a" * 200])
def test_signs_of_the_database_are_words_like_others(offered, words):
    assert offered(words) == []


def test_an_entity_that_a_person_linked_stands_in_the_place_of_the_offer(own, annotator, write, offered):
    body = china()
    write("create", "entity", body)
    row = Entity.objects.get(pk=body["id"])
    assert (row.same_as_id, row.name) == ("iso-cn", "China")
    assert offered("Chinese") == []
    (found,) = annotator.get(URL, {"q": "Chinese"}).json()["results"]
    assert (found["entity"]["id"], found["match"], found["kind"]) == (body["id"], "exact", "adjective")
    assert found["entity"]["same_as"] == "iso-cn"


@pytest.mark.parametrize("name", ["DPRK", "North Korea (DPRK)"])
def test_an_entity_of_that_name_is_offered_to_be_linked(own, annotator, write, name):
    known = marks.entity(own.corpus, name, type="TERRITORY")
    EntityName.objects.create(entity=known, position=0, name="the North")
    (offer,) = [x for x in annotator.get(URL, {"q": "North Korean"}).json()["shared"] if x["code"] == "iso-kp"]
    assert offer["known"]["id"] == str(known.pk)
    write("update", "entity", {"id": str(known.pk), "same_as": "iso-kp", "revision": known.revision})
    assert Entity.objects.get(pk=known.pk).same_as_id == "iso-kp"
    write("update", "entity", {"id": str(known.pk), "same_as": None, "revision": known.revision + 1})
    assert Entity.objects.get(pk=known.pk).same_as_id is None


def test_a_link_to_nothing_and_a_second_entity_for_an_entry_are_refused(own, write):
    with pytest.raises(Invalid, match="no entry 'iso-xx'"):
        write("create", "entity", china(same_as="iso-xx"))
    first = china()
    write("create", "entity", first)
    with pytest.raises(Invalid, match=rf"'China' \({first['id']}\) is linked to 'iso-cn' already"):
        write("create", "entity", china(name="PRC"))
    assert Entity.objects.filter(same_as="iso-cn").count() == 1


def test_two_in_one_batch_are_refused_too(own):
    assignment = own.assignment
    with pytest.raises(Invalid, match="already"):
        apply_changes(
            assignment,
            assignment.annotator,
            assignment.revision,
            [change("create", "entity", china()), change("create", "entity", china(name="PRC"))],
        )


def test_the_log_has_the_link(own, write):
    body = china()
    write("create", "entity", body)
    assert Change.objects.get(object_id=body["id"]).after["same_as"] == "iso-cn"


def test_entities_are_filtered_by_their_entry_and_found_by_its_names(own, annotator, write):
    body = china()
    write("create", "entity", body)
    for query in ({"same_as": "iso-cn"}, {"q": "中国"}):
        assert [row["id"] for row in annotator.get("/api/v1/entities/", query).json()["results"]] == [body["id"]]
    assert annotator.get("/api/v1/entities/", {"same_as": "iso-kp"}).json()["results"] == []


def test_the_register_is_read_over_the_api(annotator):
    body = annotator.get("/api/v1/base-entities/", {"q": "chinese"}).json()
    (entry,) = body["results"]
    assert (entry["code"], entry["type"], entry["countries"]) == ("iso-cn", "TERRITORY", ["CN"])
    assert {"name": "Chinese", "kind": "adjective", "language": "en", "script": "latin"} in entry["names"]
    assert "ISO 3166-1" in entry["source"]
    assert [row["code"] for row in annotator.get("/api/v1/base-entities/", {"type": "MEDIA"}).json()["results"]] == ["reuters"]
    assert annotator.post("/api/v1/base-entities/", {"code": "x"}, format="json").status_code == 405


def test_as_many_queries_whatever_there_is(own, annotator):
    for n in range(20):
        marks.entity(own.corpus, f"Korea {n}")

    def asked(words):
        with CaptureQueriesContext(connection) as caught:
            annotator.get(URL, {"q": words})
        return len(caught)

    annotator.get(URL, {"q": "first"})
    assert asked("Korea") == asked("nothing that is here")
