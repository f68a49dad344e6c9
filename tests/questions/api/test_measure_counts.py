"""What a corpus has of each paragraph of a measure, by API."""

import json

import pytest

from annotations.schemes.measures import load_measures
from questions.asking.time_limits import TooBroad
from questions.index import keep
from questions.ledgers import measure_counts
from questions.ledgers.paragraph_events import paragraph_events
from registry.models import Paragraph
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/measures/UNSCR-2371/counts/"


@pytest.fixture
def reader(client, seeded):
    load_measures(json.loads((factories.DOMAIN / "measures.json").read_text("utf-8")))
    while keep.take_up():
        pass
    person = factories.user("reader")
    factories.membership(seeded, person, "viewer")
    client.force_login(person)
    return person


def ask(client, corpus="seeded", address=ADDRESS):
    answer = client.get(address, {"corpus": corpus})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_each_paragraph_has_the_numbers_of_its_own_address(client, seeded, reader):
    body = ask(client)
    assert (body["elsewhere"], body["behind"]) == (0, 0)
    paragraphs = {each.number: each for each in Paragraph.objects.filter(measure__code="UNSCR-2371").select_related("measure")}
    assert [row["paragraph"] for row in body["results"]] == sorted(paragraphs, key=int)
    for row in body["results"]:
        counts = (paragraph_events(paragraphs[row["paragraph"]], seeded, reader, 1).counts or {}).values()
        assert row["cited"] == sum(cited for cited, _ in counts)
        assert row["others"] == sum(others for _, others in counts)
    (cap,) = (row for row in body["results"] if row["paragraph"] == "11")
    assert cap["cited"] == 4
    assert cap["citations"] > 0


def test_a_corpus_is_asked_of_and_only_ones_own(client, reader):
    other = factories.corpus("another")
    assert client.get(ADDRESS).status_code == 400
    assert client.get(ADDRESS, {"corpus": "seeded", "cited": "1"}).status_code == 400
    assert client.get(ADDRESS, {"corpus": "another"}).status_code == 404
    assert client.get(ADDRESS.replace("2371", "1"), {"corpus": "seeded"}).status_code == 404
    factories.membership(other, reader, "viewer")
    assert {(row["citations"], row["cited"], row["others"]) for row in ask(client, "another")["results"]} == {(0, 0, 0)}


def test_what_takes_too_long_is_not_counted_and_no_nought_is_said(client, reader, monkeypatch):
    def broad(*_):
        raise TooBroad

    monkeypatch.setattr(measure_counts, "event_counts", broad)
    body = ask(client)
    assert {(row["cited"], row["others"]) for row in body["results"]} == {(None, None)}
    assert any(row["citations"] for row in body["results"])
