"""Entities by the state of their screening: question 15 of the domain."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.queries.listable import listable_types
from questions.address.question import AddressError
from questions.asking.asker import NotThere
from registry.models import Entity, ScreenedBy
from registry.screening.stale import count_outdated
from registry.screening.state import states_by_list
from tests import factories, listed, marks
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
    (shown,) = row["list_links"]
    assert shown["decision"] == {
        "by": "",
        "at": None,
        "entry_state": "not_loaded",
        "delisted_on": None,
        "since": "list not loaded",
    }
    assert (shown["list"], shown["entry"], shown["match"], shown["list_version"]) == ("TEST", link.entry, "possible", None)


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


def test_the_seed_article_after_a_run(seeded):
    """FX-1: nothing is linked and four are to be screened; after a run there is no match in the list of its date."""
    corpus = seeded
    version = listed.version("TEST", "TEST-001; Example Trading Corp; KP; 2016-03-02", "2024-05-15")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    listable = listable_types(corpus)
    assert count_outdated(corpus, listable) == 4
    call_command("screen", corpus=corpus.slug)
    assert ask(seeded, "screening").parts == {
        "not_screened": 0, "no_match": 4, "candidates": 0, "linked": 0, "not_applicable": 33
    }  # fmt: skip
    states = states_by_list(corpus, Entity.objects.filter(corpus=corpus), listable, [])
    says = {state.says for each in states.values() for state in each}
    assert says == {"no match in TEST of 2024-05-15"}


def test_a_row_names_the_list_with_its_date_and_whether_something_changed_since(seeded):
    version = listed.version("TEST", "TEST-001; Example Trading Corp; KP; 2016-03-02", "2024-05-15")
    ScreenedBy.objects.create(corpus=seeded, list=version.list)
    asked = ask(seeded, "screening", part="to_screen")
    assert (len(asked.rows), asked.parts["to_screen"]) == (4, 4)
    assert {each["screened_at"] for row in ask(seeded, "screening").rows for each in row["compared"]} == {None}
    call_command("screen", corpus=seeded.slug)
    assert ask(seeded, "screening", part="to_screen").rows == []
    first = ask(seeded, "screening", part="no_match").rows[0]["compared"]
    assert [
        (each["list"], each["published"].isoformat(), each["version"], each["state"], each["is_fresh"]) for each in first
    ] == [("TEST", "2024-05-15", 1, "no_match", True)]
    changed = Entity.objects.filter(screening="no_match").first()
    Entity.objects.filter(pk=changed.pk).update(name="Another name")
    (row,) = ask(seeded, "screening", part="to_screen").rows
    assert (row["entity"], row["part"], row["compared"][0]["is_fresh"]) == (changed.pk, "no_match", False)
    listed.version("TEST", "TEST-001; Example Trading Corp; KP; 2016-03-02", "2024-06-15")
    assert len(ask(seeded, "screening", part="to_screen").rows) == 4
    assert len(ask(seeded, "screening", part="to_screen,not_applicable").rows) == 37


def test_the_number_of_queries_does_not_grow_with_entities(db):
    corpus, asked = factories.corpus(), []
    ScreenedBy.objects.create(corpus=corpus, list=listed.version("TEST", "TEST-001; Example Trading Corp").list)
    for count in (1, 9):
        for _ in range(count):
            marks.described_entity(corpus, "Bank")
        with CaptureQueriesContext(connection) as captured:
            ask(corpus, "screening")
        asked.append(len(captured))
    assert asked[0] == asked[1]
