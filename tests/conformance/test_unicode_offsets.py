"""The shared catalogue of strings: marked through the API they store the stated code points, and read the same."""

import json

import pytest

from annotations.models import Span
from tests import factories
from tests.api.world import bearer, change, new
from tests.conformance.material import material

CASES = json.loads(material("attack", "unicode.json").read_text("utf-8"))["cases"]


@pytest.fixture
def client(db):
    """A manager with every scope, in a corpus with a scheme."""
    person = factories.user("manager")
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    factories.membership(corpus, person, "manager")
    return bearer(person, "annotate", "export")


def stored(client, text):
    body = {"title": "A string", "text": text, "clean": False}
    raw = json.dumps(body).encode()  # escaped, so that halves of pairs travel too
    return client.post("/api/v1/corpora/reports/articles/", raw, content_type="application/json")


def opened(client, document):
    return client.post("/api/v1/assignments/", {"document": document}, format="json").json()["id"]


def marks(spans, unit):
    return [
        change("create", "span", {"id": new(), "layer": "ACTOR", "label": "PERSON", "attributes": {"mention_type": "NOM"},
                                  "fragments": [{"start": span[unit][0], "end": span[unit][1], "quote": span["text"]}]})
        for span in spans
    ]  # fmt: skip


def send(client, assignment, changes, base=0):
    url = f"/api/v1/assignments/{assignment}/changes/"
    return client.post(url, {"base": base, "changes": changes}, format="json")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_string_keeps_its_code_points(case, client):
    response = stored(client, case["s"])
    if not case["storable"] or not case["s"].strip():  # an article has words
        assert 400 <= response.status_code < 500
        return
    assert response.status_code == 201, response.content
    document = client.get(f"/api/v1/documents/{response.json()['document']}/").json()
    assert (document["text"], document["length"]) == (case["s"], case["codepoints"])
    assignment = opened(client, document["id"])
    changes = marks(case["spans"], "cp")
    if not changes:
        return
    written = send(client, assignment, changes)
    assert written.status_code == 200, written.content
    wanted = sorted((*span["cp"], span["text"]) for span in case["spans"])
    assert sorted(Span.objects.filter(assignment=assignment).values_list("start", "end", "quote")) == wanted
    for whole in (client.get(f"/api/v1/assignments/{assignment}/").json(), exported(client)):
        read = sorted((p["start"], p["end"], p["quote"]) for m in whole["mentions"] for p in m["fragments"])
        assert read == wanted
    assert all(document["text"][start:end] == quote for start, end, quote in wanted)


def exported(client):
    response = client.get("/api/v1/corpora/reports/export/?drafts=1&format=native")
    line, _ = response.getvalue().decode().splitlines()  # and the end record
    return json.loads(line)


def test_a_client_that_counts_utf16_is_refused(client):
    """The power of the catalogue: wherever the units differ, the rule is named and nothing is stored."""
    refused, differing = 0, [span for case in CASES for span in case["spans"] if span["cp"] != span["utf16"]]
    for case in CASES:
        moved = [span for span in case["spans"] if span["cp"] != span["utf16"]]
        if not case["storable"] or not moved:
            continue
        response = stored(client, case["s"])
        assignment = opened(client, response.json()["document"])
        for one in marks(moved, "utf16"):
            answer = send(client, assignment, [one])
            assert answer.status_code == 422, case["id"]
            assert {error["code"] for error in answer.json()["errors"]} & {"SPAN-01"}
            refused += 1
        assert not Span.objects.filter(assignment=assignment).exists()
    assert refused == len(differing) > 0
    print(f"{refused} marks counted in UTF-16 refused")
