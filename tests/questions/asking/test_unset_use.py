"""A figure of which nobody said what it is used as counts as reported; a limit fills its role without being counted."""

import importlib

import pytest
from django.db import connection

from questions.adding.sums import answered_sum
from questions.coreference.judge import judge
from questions.models import Entry, Stale
from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def sent(corpus):
    """`sent(low, use)`: an event with its figure, in an article of its own."""
    people = marks.entity(corpus, "Workers", type="GROUP", reference="specific")

    def made(low, use):
        reading = factories.assignment(
            factories.document("They went, 20 of them.", corpus=corpus), factories.user(), "adjudication"
        )
        factories.submitted(reading)
        event = marks.event(reading, "went", status="happened")
        number = marks.figure(reading, "20", low=low, high=low, comparator="eq", use=use, counted_entity=people)
        fill(event, count=number.span)
        return event, number

    return made


@pytest.mark.parametrize("use", ["", "not_stated"])
def test_it_counts_in_every_ledger(corpus, sent, use):
    one, two = sent(20, use), sent(30, use)
    take_up()
    assert {row["id"] for row in ask(corpus, "figures").rows} == {one[1].pk, two[1].pk}
    rows = ask(corpus, "events", figure="1").rows
    assert {row["id"] for row in rows} == {one[0].pk, two[0].pk}
    assert {value["low"] for row in rows for value in row["values"]} == {20, 30}
    [dispute] = ask(corpus, "disputes").rows
    assert {figure["id"] for figure in dispute["figures"]} == {one[1].pk, two[1].pk}
    counts = ask(corpus, "counts", by="use").rows
    assert [(row["values"][0]["value"], row["figures"]) for row in counts] == [("reported", 2)]
    boss = factories.user("boss")
    factories.membership(corpus, boss, "reviewer")
    judge(one[0], two[0], "different", boss, "One left by train, the other by bus.")
    assert answered_sum(corpus, boss, [one[0].pk, two[0].pk]).total.high == 50


def test_a_limit_is_shown_with_its_event_and_not_counted(corpus, sent):
    _, number = sent(20, "limit")
    take_up()
    assert ask(corpus, "figures").rows == []
    [row] = ask(corpus, "events").rows
    assert [figure["use"] for value in row["values"] for figure in value["figures"]] == ["limit"]
    assert row["entries"][0]["figures"] == [number.pk]
    assert ask(corpus, "events", figure="1").parts == {"no_figure": 1}


def test_entries_of_before_are_made_anew(corpus, sent):
    unset, reported = sent(20, ""), sent(30, "reported")
    take_up()
    Entry.objects.filter(pk=unset[1].pk).update(use="")
    with connection.cursor() as cursor:
        cursor.execute(importlib.import_module("questions.migrations.0030_unset_use_counts").AGAIN)
    assert set(Stale.objects.values_list("assignment", flat=True)) == {unset[0].assignment_id} != {reported[0].assignment_id}
