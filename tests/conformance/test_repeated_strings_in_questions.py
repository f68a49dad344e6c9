"""Strings over which a careless regular expression runs for minutes: as texts in which words are looked for, and as the words."""

import json
from pathlib import Path

import pytest

from corpus.passages.index import index_all
from tests import factories

CASES = Path(__file__).parents[2].parent / "shared" / "attack" / "redos.json"
NONE_HERE = pytest.mark.skipif(not CASES.exists(), reason="../shared is not here")

pytestmark = [NONE_HERE, pytest.mark.django_db]


def cases():
    if not CASES.exists():
        return []
    return [pytest.param(each, id=each["id"]) for each in json.loads(CASES.read_text("utf-8"))["cases"]]


@pytest.fixture
def asked_corpus(db):
    corpus = factories.corpus("asked")
    factories.scheme()
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def words(client, asked_corpus):
    """Status of the page of some words. A question that takes more than three seconds is refused with another one than 200."""
    person = factories.user("reviewer")
    factories.membership(asked_corpus, person, "reviewer")
    client.force_login(person)
    return lambda asked_for: client.get(f"/corpora/{asked_corpus.slug}/ask/words/", {"q": asked_for}, follow=True).status_code


@pytest.mark.parametrize("case", cases())
def test_a_text_of_one_repeated_string_is_searched_like_any_other(words, asked_corpus, case):
    text = case["prefix"] + case["repeat"] * case["n"] + case["suffix"]
    factories.document(text, corpus=asked_corpus)
    index_all()
    assert [words(asked_for) for asked_for in ("a", "http", "a*", '"a a a"')] == [200] * 4
    assert words(text) == (200 if text.strip() == "x" else 400)  # one word is a word, whatever spaces it has
