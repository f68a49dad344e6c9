"""What words of a format's files mean: said by API, used by exports and loads."""

import pytest

from annotations.models import FormatMapping
from annotations.schemes.of_corpus import NoScheme
from tests.api.world import session

URL = "/api/v1/corpora/own/mappings/"
DOCCANO = f"{URL}doccano/"
WORDS = {"marks": {"Politician": "ACTOR.PERSON", "PERSON": "ACTOR.PERSON", "Smell": None}, "ties": {"near": None}}


@pytest.fixture
def manager(own, world):
    return session(world.cast["manager"])


def test_it_is_said_read_changed_and_taken_back(manager):
    assert manager.get(DOCCANO).status_code == 404
    made = manager.put(DOCCANO, WORDS, format="json")
    assert made.status_code == 201
    assert made.json()["words"] == WORDS | {"roles": {}, "attributes": {}}
    assert made.json()["changed_by"] == "manager"
    assert list(made.json()["words"]["marks"]) == ["Politician", "PERSON", "Smell"], "the first word goes out"
    assert manager.get(DOCCANO).json() == made.json()
    again = manager.put(DOCCANO, {"roles": {"Giver": "payer"}}, format="json")
    assert (again.status_code, again.json()["words"]["marks"]) == (200, {})
    assert [row["format"] for row in manager.get(URL).json()["results"]] == ["brat", "doccano"]
    assert manager.delete(DOCCANO).status_code == 204
    assert manager.get(DOCCANO).status_code == manager.delete(DOCCANO).status_code == 404


def test_exports_use_it(manager):
    assert b"Head count" not in manager.get("/api/v1/corpora/own/export/?format=doccano").getvalue()
    manager.put(DOCCANO, {"marks": {"Head count": "FIGURE.PEOPLE"}}, format="json")
    assert b"Head count" in manager.get("/api/v1/corpora/own/export/?format=doccano").getvalue()


def test_what_was_stored_with_fewer_parts_is_told_as_it_is(own, manager):
    assert manager.get(f"{URL}brat/").json()["words"] == {"marks": {f"{own.canary} Person": "ACTOR.PERSON"}}


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        ({"marks": {"Politician": "NO.SUCH"}}, "marks", "“Politician” is mapped to “NO.SUCH”, which is not in the scheme"),
        ({"marks": {"": None}}, "marks", "a name has 1 to 200 characters, not 0"),
        ({"ties": {"x" * 201: None}}, "ties", "a name has 1 to 200 characters, not 201"),
        ({"roles": ["payer"]}, "roles", "dictionary"),
        ({"marks": {"x": True}}, "marks.x", "Not a valid string."),
        ({"words": {}}, "words", "is not a field of this object; allowed: marks, ties, roles, attributes"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(manager, body, field, detail):
    answer = manager.put(DOCCANO, body, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    [error] = [error for error in answer.json()["errors"] if error["field"] == field]
    assert detail in error["detail"]
    assert not FormatMapping.objects.filter(format="doccano").exists()


@pytest.mark.parametrize("name", ["native", "csv", "stone"])
def test_a_format_without_words_is_none(manager, name):
    assert manager.put(f"{URL}{name}/", {}, format="json").status_code == 404


def test_where_no_scheme_is_loaded_nothing_means_anything(own, manager, monkeypatch):
    def none(corpus):
        raise NoScheme("No annotation scheme is loaded: run load_scheme.")

    monkeypatch.setattr("annotations.api.mappings.scheme_for", none)
    answer = manager.put(DOCCANO, {"marks": {}}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("body", [None, {}])
def test_silence_wipes_nothing(manager, body):
    manager.put(DOCCANO, WORDS, format="json")
    answer = manager.put(DOCCANO, body, format="json")
    assert answer.status_code == 400
    assert "The body is empty: give marks, ties, roles or attributes" in answer.json()["errors"][0]["detail"]
    assert manager.get(DOCCANO).json()["words"]["marks"] == WORDS["marks"]
    assert manager.put(DOCCANO, {"marks": {}}, format="json").json()["words"]["marks"] == {}, "said in so many words"
