"""Words of the fixtures in any script, at the positions that the program for the fixtures gives."""

import json
import re

import pytest

from config.environment import ROOT
from corpus.passages.index import index_all
from tests import factories
from tests.questions.ledgers.asking import ask

FOLDER = ROOT.parent / "shared" / "questions"
pytestmark = [pytest.mark.others("questions", instead="tests/questions/concordance/test_lines.py"), pytest.mark.django_db]


@pytest.fixture
def texts():
    rows = map(json.loads, (FOLDER / "fixtures.jsonl").read_text("utf-8").splitlines())
    return {row["document"]["id"]: row["text"] for row in rows}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("労働者300", [(13, 19)]),
        ("労働者 300人", [(13, 20)]),
        ("帰国", [(28, 30), (46, 48)]),
        ("国帰", []),
        ("丹東", [(0, 2)]),
        ("170", [(23, 26)]),
    ],
)
def test_japanese_without_spaces(db, texts, asked, expected):
    corpus = factories.corpus()
    document = factories.document(texts["FX-6"], corpus=corpus)
    index_all()
    rows = ask(corpus, "words", q=asked).rows
    assert [(row["start"], row["end"]) for row in rows] == expected
    assert all(document.text[row["start"] : row["end"]] == row["hit"] for row in rows)


def test_over_all_articles_in_the_order_in_which_they_came(db, texts):
    corpus = factories.corpus()
    documents = [factories.document(text, corpus=corpus) for text in texts.values()]
    index_all()
    page = ask(corpus, "words", q="north korean worker*", limit=200)
    expected = [
        (document.pk, match.start(), match.group())
        for document in documents
        for match in re.finditer(r"North Korean workers?\b", document.text)
    ]
    assert [(row["document"], row["start"], row["hit"]) for row in page.rows] == expected
    assert page.totals == {"lines": len(expected), "articles": len({pk for pk, *_ in expected}), "not_indexed": 0}
