"""Offsets over HTTP are code points of the stored text, in any script."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.models import Span
from tests import factories
from tests.api.world import bearer, change, new

TEXTS = {
    "a smile before": ("😀 return", "return", 2),
    "a family of joined people": ("👩‍👩‍👧‍👦 sent home", "sent", 8),
    "a skin tone": ("👍🏽 300 workers", "300", 3),
    "a flag": ("🇰🇵 workers", "workers", 3),
    "a combining accent": ("cafe\u0301 bar", "bar", 6),
    "an accent composed": ("caf\u00e9 bar", "bar", 5),
    "Hebrew": ("שלום עולם", "עולם", 5),
    "Arabic with a number": ("عاد 300 عامل", "300", 4),
    "Korean": ("북한 노동자 300명", "300명", 7),
    "old letters above 16 bits": ("𐎀𐎁 x", "x", 3),
    "carriage returns": ("one\r\ntwo", "two", 5),
    "direction marks": ("\u202eabc\u202c def", "def", 6),
    "a byte order mark inside": ("a\ufeffb cd", "cd", 4),
    "line and paragraph separators": ("a\u2028b\u2029cd", "cd", 4),
}


@pytest.fixture
def client(db):
    """Who may do all of it, in a corpus with a scheme."""
    person = factories.user("manager")
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    factories.membership(corpus, person, "manager")
    return bearer(person, "annotate")


def stored(client, text):
    body = {"title": "A text", "text": text, "clean": False}
    document = client.post("/api/v1/corpora/reports/articles/", body, format="json").json()["document"]
    return document, client.post("/api/v1/assignments/", {"document": document}, format="json").json()["id"]


def mark(client, assignment, start, quote, base=0):
    item = {"id": new(), "layer": "ACTOR", "label": "PERSON", "attributes": {"mention_type": "NOM"},
            "fragments": [{"start": start, "end": start + len(quote), "quote": quote}]}  # fmt: skip
    body = {"base": base, "changes": [change("create", "span", item)]}
    return client.post(f"/api/v1/assignments/{assignment}/changes/", body, format="json")


@pytest.mark.parametrize("name", TEXTS)
def test_a_mark_is_stored_and_read_at_its_code_points(name, client):
    text, quote, start = TEXTS[name]
    document, assignment = stored(client, text)
    assert client.get(f"/api/v1/documents/{document}/").json()["text"] == text
    assert mark(client, assignment, start, quote).status_code == 200
    [row] = client.get("/api/v1/spans/?drafts=true").json()["results"]
    assert (row["start"], row["end"], row["quote"]) == (start, start + len(quote), quote)
    assert row["fragments"] == [{"start": start, "end": start + len(quote), "quote": quote}]
    [mention] = client.get(f"/api/v1/assignments/{assignment}/").json()["mentions"]
    assert text[mention["start"] : mention["end"]] == mention["quote"] == quote


@pytest.mark.parametrize("unit", ["utf-16-le", "utf-8"])
def test_a_client_that_counts_another_unit_is_refused(unit, client):
    width = 2 if unit == "utf-16-le" else 1
    refused = 0
    for text, quote, start in TEXTS.values():
        counted = len(text[:start].encode(unit)) // width
        if counted != start:
            _, assignment = stored(client, text)
            response = mark(client, assignment, counted, quote)
            assert response.status_code == 422
            assert response.json()["errors"][0]["code"] == "SPAN-01"
            refused += 1
    assert refused >= (5 if unit == "utf-16-le" else 10)
    assert not Span.objects.exists()


LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\x00")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.text(LETTERS, max_size=30), word=st.text(LETTERS, min_size=1, max_size=10))
def test_whatever_stands_before_a_word_its_offsets_are_those_of_python(client, before, word):
    text = f"{before} word{word}end"
    _, assignment = stored(client, text)
    start = len(before) + 1
    response = mark(client, assignment, start, text[start:])
    codes = {error["code"] for error in response.json().get("errors", [])}
    assert codes <= {"SPAN-06"}, response.content  # a chance sentence may end in the word; the offsets are right
