"""A number of counts and the rows behind its link: equal, for every column, whatever else is asked."""

from urllib.parse import parse_qsl

import pytest

from annotations.queries.entity_graph import scheme_of
from corpus.models import Corpus
from questions.address.parameters import COLUMNS
from questions.address.question import read
from questions.drawing.narrowed import listing
from questions.wording.code_names import CodeNames
from registry.models import Entity, Relation
from tests import factories, marks
from tests.questions.ledgers.asking import ask, take_up
from tests.questions.same_answers import be_patient
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db
# Nothing asks for these alone: days are from, to; of places those inside go along; layers and checks are no parameters; both letters of a
# rating may be those of two claims.
UNASKED = {"layer", "month", "year", "finding", "rating"}
WIDENED = {"place"}
BESIDE = [
    {},
    {"status": "happened", "part": "expected"},
    {"status": "happened,ongoing", "polarity": "positive"},
    {"use": "reported,basis"},
    {"modality": "asserted,reported"},
    {"type": "REPATRIATE,PAY"},
    {"from": "2017-08-01", "undated": "0"},
]


def numbers(corpus: Corpus, **asked: str):
    """Of each number above 0, its value, and how many rows its link leads to: None where it has none."""
    question, names = read("counts", asked.items()), CodeNames(scheme_of(corpus))
    for row in ask(corpus, "counts", 200, **dict(asked.items())).rows:
        for ledger in ("events", "figures"):
            if row[ledger]:
                yield row, ledger, rows_behind(corpus, listing(question, corpus.slug, row, ledger, names))


def rows_behind(corpus: Corpus, address: str) -> int | None:
    if not address:
        return None
    path, _, query = address.partition("?")
    return len(ask(corpus, path.split("/")[-2], 200, **{f"{name}_": value for name, value in parse_qsl(query)}).rows)


def check(corpus: Corpus, **asked: str) -> int:
    """How many numbers have links."""
    linked = 0
    for row, ledger, rows in numbers(corpus, **asked):
        assert rows in (None, row[ledger]), (asked, row, ledger)
        linked += rows is not None
    return linked


@pytest.mark.parametrize("name", sorted({*COLUMNS} - UNASKED - WIDENED))
@pytest.mark.parametrize("beside", range(len(BESIDE)))
def test_as_many_rows_as_the_number_says(indexed, name, beside):
    check(indexed, by=name, **BESIDE[beside])


@pytest.mark.parametrize("name", COLUMNS)
def test_every_value_leads_to_its_rows(indexed, name):
    """But for what is not stated, and where no parameter asks so."""
    for row, ledger, rows in numbers(indexed, by=name):
        stated = name not in UNASKED and row["values"][0]["value"] is not None
        assert (rows is not None) == stated, (row, ledger)
        if name in WIDENED and stated:
            assert rows >= row[ledger]


def test_pairs_of_values(indexed):
    names = sorted({*COLUMNS} - UNASKED - WIDENED)
    assert sum(check(indexed, by=f"{one},{other}") for one, other in zip(names, names[1:] + names[:1], strict=True)) > 40


def test_what_may_be_the_same_is_not_counted_along(indexed):
    """An entity that somebody calls possibly the same as another one, and one that is part of it."""
    one, other, part = Entity.objects.filter(corpus=indexed, key__in=("E-MGR", "E-SRCA", "E-SRCB")).order_by("key")
    Relation.objects.create(corpus=indexed, source=one, target=other, type="possible_same_as")
    Relation.objects.create(corpus=indexed, source=part, target=one, type="part_of")
    assert check(indexed, by="entity") > 5
    assert check(indexed, by="entity", parts="1") > 5
    assert check(indexed, by="entity", actor=str(one.pk)) == 0
    assert check(indexed, by="source,entity", maybe="0") > 5


def test_who_only_reports_what_another_says_is_not_counted_for_that(indexed):
    reading = factories.assignment(
        factories.document("Kim said they stayed and Lee said they went.", corpus=indexed), factories.user()
    )
    kim, lee = marks.entity(indexed, "Kim"), marks.entity(indexed, "Lee")
    outer = marks.claim(reading, "they stayed and Lee said they went", kim)
    marks.claim(reading, "they went", lee, parent=outer)
    for words in ("stayed", "went"):
        marks.event(reading, words, status="happened")
    take_up()
    asked = {"by": "source", "article": str(reading.document.article_id), "whose": "all"}
    assert [(row["values"][0]["name"], row["events"]) for row, *_ in numbers(indexed, **asked)] == [("Kim", 1), ("Lee", 1)]
    assert check(indexed, **asked) == 2


@pytest.mark.parametrize("seed", [3, 8])
def test_linked_events_and_stories(monkeypatch, seed):
    """Copies and later tellings as rows: which of several tellings is a row depends on what else is asked."""
    be_patient(monkeypatch)
    writer = RandomWriter(seed, 5)
    for _ in range(25):
        writer.batch()
    take_up()
    names = sorted({*COLUMNS} - UNASKED - WIDENED)
    assert sum(check(writer.corpus, by=name, copies="1", whose="all") for name in names) > 10
