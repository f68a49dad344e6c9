"""A claim within a claim: who passes on what its source says, in order."""

import pytest

from tests import factories, marks
from tests.questions.ledgers.asking import ask, take_up

pytestmark = pytest.mark.django_db


def row_of(corpus):
    (row,) = ask(corpus, "events").rows
    ((claim,),) = [entry["claims"] for entry in row["entries"]]
    return claim


def test_the_nearest_comes_first(db):
    """Names in another order than the claims, so that no set of sources has it by chance."""
    corpus = factories.corpus()
    factories.adopt(corpus)
    text = "Xinhua says that a trader says that the boss says that some went home."
    reading = factories.assignment(factories.document(text, corpus=corpus), factories.user(), "adjudication")
    marks.event(reading, "went", status="happened")
    outer = marks.claim(reading, text.partition("says that ")[2], marks.entity(corpus, "Xinhua"))
    middle = marks.claim(
        reading, "the boss says that some went home.", marks.entity(corpus, "A trader", anonymous=True), parent=outer
    )
    marks.claim(reading, "some went home.", marks.entity(corpus, "Boss"), parent=middle)
    take_up()
    claim = row_of(corpus)
    assert claim["source"]["name"] == "Boss"
    assert [(each["id"], each["source"]["name"], each["source"]["unnamed"]) for each in claim["chain"]] == [
        (middle.pk, "A trader", True),
        (outer.pk, "Xinhua", None),
    ]
    outer.source_entity, outer.source_basis = None, "none"
    outer.save()
    assert [each["source"] and each["source"]["name"] for each in row_of(corpus)["chain"]] == ["A trader", None]


def test_a_ring_of_claims_ends(db):
    """No write makes one; a file that was restored may have it."""
    corpus = factories.corpus()
    factories.adopt(corpus)
    reading = factories.assignment(factories.document("Some went home.", corpus=corpus), factories.user(), "adjudication")
    marks.event(reading, "went", status="happened")
    one = marks.claim(reading, "Some went home.", marks.entity(corpus, "One"))
    other = marks.claim(reading, "Some went home.", marks.entity(corpus, "Other"), parent=one)
    one.parent = other
    one.save()
    take_up()
    assert len(row_of(corpus)["chain"]) == 50
