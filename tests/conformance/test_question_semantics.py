"""Values, words and sources as a program reckons them that knows no code of ours."""

import json

import pytest

from config.environment import ROOT
from corpus.passages.index import index_all
from corpus.passages.search import candidates_for, occurrences_in, query_for, with_text
from corpus.words.patterns import occurrences, read_pattern
from corpus.words.tokens import tokens
from questions.values.extents import compare
from questions.values.independence import independent
from tests import factories
from tests.factories import DOMAIN
from tests.questions.values.test_extents import value

FOLDER = ROOT.parent / "shared" / "questions"
pytestmark = pytest.mark.others("questions", instead="tests/questions/values/test_extents.py")


@pytest.fixture(scope="module")
def expected():
    return json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def texts():
    rows = map(json.loads, (FOLDER / "fixtures.jsonl").read_text("utf-8").splitlines())
    return {"FX-1": (DOMAIN / "gold_seed.txt").read_text("utf-8")} | {row["id"]: row["text"] for row in rows}


def test_each_pair_of_values(expected):
    assert len(expected["values"]) > 20
    assert [[one, other, compare(value(one), value(other))] for one, other, _ in expected["values"]] == expected["values"]


@pytest.mark.parametrize(
    ("name", "article", "asked"),
    [
        ("concordance terminat*", "FX-1", "terminat*"),
        ("concordance visa ext*", "FX-1", "Visa ext*"),
        ("concordance 帰国", "FX-6", "帰国"),
        ("concordance 労働者300", "FX-6", "労働者300"),
        ("concordance 丹東", "FX-6", "丹東"),
    ],
)
def test_each_line_of_a_concordance(expected, texts, name, article, asked):
    words = tokens(texts[article])
    hits = [[words[first].start, words[last].end] for first, last in occurrences(read_pattern(asked), words)]
    assert hits == expected[name]


def test_each_line_by_way_of_the_index(db, expected, texts):
    corpus = factories.corpus()
    for name, text in texts.items():
        factories.document(text, of=factories.article(corpus, name))
    index_all()
    for name, article, asked in (
        ("帰国", "FX-6", "帰国"),
        ("terminat*", "FX-1", "terminat*"),
        ("労働者300", "FX-6", "労働者300"),
    ):
        pattern = read_pattern(asked)
        rows = with_text(candidates_for(corpus, query_for(corpus, pattern)).filter(article__title=article)).order_by("start")
        assert [list(line) for row in rows if row.document_id for line in occurrences_in(row, pattern)] == expected[
            f"concordance {name}"
        ]


def test_the_number_of_lines_of_three_words(expected, texts):
    words = tokens(texts["FX-1"])
    lines = list(occurrences(read_pattern("north korean workers"), words))
    assert len(lines) == expected["concordance north korean workers"]


def test_independent_sources(expected):
    pairs = [{"E-MGR", "E-SRCA"}, {"E-SRCA", "E-SRCB"}]
    unnamed = independent(["E-MGR", "E-SRCA", "E-SRCB"], lambda one, other: {one, other} in pairs)
    assert [unnamed.fewest, unnamed.most] == expected["independent, the three unnamed of FX-1"]
