"""Strings over which a careless regular expression runs for minutes: as texts in which words are looked for, and as the words."""

import json

import pytest

from corpus.passages.index import index_all
from tests import factories
from tests.conformance.material import material

pytestmark = pytest.mark.django_db


def cases():
    found = json.loads(material("attack", "redos.json").read_text("utf-8"))["cases"]
    return [pytest.param(each, id=each["id"]) for each in found]


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
