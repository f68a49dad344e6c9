"""Entities by the state of their screening: question 15 of the domain."""

import json

import pytest

from questions.address.question import AddressError
from questions.asking.asker import NotThere
from registry.models import Entity
from tests import factories, marks
from tests.questions.ledgers.asking import ANSWERS, ask, entity_keys, pages

pytestmark = pytest.mark.django_db


def test_question_15(seeded):
    answer, keys = ANSWERS["15"], entity_keys()
    page = ask(seeded, "screening")
    assert page.parts == {"not_screened": 4, "no_match": 0, "candidates": 0, "linked": 0, "not_applicable": 33}
    assert page.parts["not_applicable"] == answer["not_applicable"]
    assert len(page.rows) == 37
    to_screen = ask(seeded, "screening", part="not_screened").rows
    assert {keys[row["entity"]] for row in to_screen} == set(answer["not_screened"])
    assert ask(seeded, "screening", part="linked").rows == answer["linked"]
    assert "not listed" not in json.dumps(page.rows, default=str).lower()


def test_links_are_shown_with_their_judgement(db):
    corpus = factories.corpus()
    entity = marks.described_entity(corpus, "Bank", screening="candidates")
    (row,) = ask(corpus, "screening").rows
    link = entity.list_links.get()
    assert row["part"] == "candidates"
    assert row["list_links"] == [{"list": "TEST", "entry": link.entry, "match": "possible", "list_version": None}]


def test_pages_neither_skip_nor_repeat_where_names_are_the_same(db):
    corpus = factories.corpus()
    for _ in range(4):
        marks.entity(corpus, "Bank")
    paged = [row["entity"] for page in pages(corpus, "screening", 1) for row in page.rows]
    assert paged == sorted(Entity.objects.values_list("pk", flat=True))


def test_of_one_entity_and_those_that_may_be_the_same(seeded):
    manager = next(pk for pk, key in entity_keys().items() if key == "E-MGR")
    keys = entity_keys()
    assert {keys[row["entity"]] for row in ask(seeded, "screening", entity=str(manager)).rows} == {"E-MGR", "E-SRCA"}
    assert {keys[row["entity"]] for row in ask(seeded, "screening", entity=str(manager), maybe="0").rows} == {"E-MGR"}


def test_what_is_no_state_is_refused(seeded):
    with pytest.raises(AddressError, match="has no “counted”"):
        ask(seeded, "screening", part="counted")


def test_by_whom(seeded):
    viewer, annotator, outsider = factories.user(), factories.user(), factories.user()
    factories.membership(seeded, viewer, "viewer")
    factories.membership(seeded, annotator, "annotator")
    assert [len(ask(seeded, "screening", user=who).rows) for who in (viewer, annotator, outsider)] == [37, 37, 0]
    assert ask(seeded, "screening", user=outsider).parts == dict.fromkeys(Entity.Screening.values, 0)
    other = marks.entity(factories.corpus(), "Elsewhere")
    with pytest.raises(NotThere):
        ask(seeded, "screening", entity=str(other.pk))
