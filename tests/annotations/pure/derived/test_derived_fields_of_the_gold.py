"""Derived fields of the worked article, made from what its analysts typed in, are those that they wrote down."""

import copy

import pytest

from tests.annotations.pure.conftest import GOLD

FIELDS = ("code", "result", "figures", "implied_rates", "ratio", "values")


@pytest.mark.parametrize("array", ["mentions", "events", "entities"])
def test_every_mark_event_and_entity_is_as_in_the_gold(derived, gold, array):
    assert derived()[array] == gold[array]


def test_the_counts_are_those_of_the_gold(derived, gold):
    assert derived()["counts"] == gold["counts"]


def test_there_are_as_many_checks_as_in_the_gold(derived):
    assert [check["code"] for check in derived()["checks"]] == [check["code"] for check in GOLD["checks"]]


@pytest.mark.parametrize("place", range(len(GOLD["checks"])), ids=lambda place: f"{GOLD['checks'][place]['code']} {place}")
def test_a_check_finds_what_the_gold_says(derived, place):
    ours, theirs = derived()["checks"][place], GOLD["checks"][place]
    assert {field: ours.get(field) for field in FIELDS} == {field: theirs.get(field) for field in FIELDS}


@pytest.mark.parametrize("place", range(len(GOLD["checks"])), ids=lambda place: GOLD["checks"][place]["text"][:40])
def test_a_check_says_it_in_the_words_of_the_gold(derived, place):
    # All six sentences are equal. `hypothesis` is what an analyst thinks of one, and is not derived.
    assert derived()["checks"][place]["text"] == GOLD["checks"][place]["text"]
    assert "hypothesis" not in derived()["checks"][place]


def test_everything_else_stays_as_it_is(derived, gold):
    rest = {key: value for key, value in derived().items() if key not in ("mentions", "events", "entities", "checks", "counts")}
    assert rest == {key: gold[key] for key in rest}


def test_the_document_itself_is_not_changed(derived, bare):
    before = copy.deepcopy(bare)
    derived()
    assert bare == before


def test_derived_fields_are_made_anew_and_not_believed(bare, of_bare, derived, gold):
    of_bare("EV01").update(triggers=["T99"], attributions=["Q9"], factuality="Uu", realis="OTHER")
    of_bare("F01")["attribution"] = "Q9"
    of_bare("E-CN")["mentions"] = []
    bare["checks"], bare["counts"] = [{"code": "FIG-05"}], {"mentions": 1}
    found = derived()
    assert (found["events"], found["mentions"], found["entities"]) == (gold["events"], gold["mentions"], gold["entities"])
    assert (found["counts"], len(found["checks"])) == (gold["counts"], 6)
