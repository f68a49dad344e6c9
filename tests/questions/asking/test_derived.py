"""Amounts per person and shares at the rows of figures and events: questions 4 and 5 of the domain."""

import pytest

from annotations.models import Assignment, Figure
from tests.questions.ledgers.asking import ask, mark_keys, take_up

pytestmark = pytest.mark.django_db


def by_figure(corpus, **given):
    """By the key of a figure, what is worked out of it."""
    keys = mark_keys()
    rows = ask(corpus, "figures", label="MONEY", **given).rows
    return {keys[row["id"]]: [each["values"] for each in row["derived"]] for row in rows}


PER_HEAD = {"per_person_per_month": 150, "per_person_per_year": 1800, "currency": "CNY"}
SHARE = {"share_percent": 15}


def test_questions_4_and_5(gold, seeded, indexed):
    levy, wage = by_figure(seeded, attr="payment_type:levy"), by_figure(seeded, attr="payment_type:wage")
    assert levy == {"F08": [PER_HEAD, SHARE], "F09": []}
    assert wage == {"F11": [SHARE], "F12": []}


def test_it_says_that_two_speakers_state_the_amounts(gold, seeded, indexed):
    (row,) = (row for row in ask(seeded, "events", type="PAY", attr="payment_type:levy", status="any").rows if row["derived"])
    head, share = row["derived"]
    assert (head["same_speaker"], share["same_speaker"]) == (None, False)
    assert head["text"].startswith("45,000 CNY per month for 300 ")
    assert "15 % of the stated yearly earnings; different speakers (Manager of" in share["text"]
    keys = mark_keys()
    assert [keys[pk] for pk in share["figures"]] == ["F08", "F11"]


def test_what_was_just_saved_is_in_it(gold, seeded, indexed):
    Figure.objects.filter(span__key="F08").update(low=90000, high=90000)
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    assert by_figure(seeded)["F08"][0]["per_person_per_month"] == 300
    before = by_figure(seeded)
    take_up()
    assert by_figure(seeded) == before


def test_where_nothing_is_worked_out_nothing_is_there(gold, seeded, indexed):
    assert {row["id"]: row["derived"] for row in ask(seeded, "events", type="REPATRIATE").rows if row["derived"]} == {}
