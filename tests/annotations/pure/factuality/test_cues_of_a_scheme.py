"""The table of cues is data of the scheme, and what is wrong with a row is said with its name."""

import pytest

from annotations.factuality import read
from annotations.scheme.view import SchemeView


@pytest.fixture
def told(scheme_body):
    """What is said of a scheme of which one row of English was changed."""

    def of(part, number, **fields):
        rows = scheme_body["factuality"]["en"][part]
        rows[number] = rows[number] | fields
        return SchemeView(scheme_body).check()

    return of


def test_the_scheme_needs_none_and_then_says_nothing(scheme_body):
    del scheme_body["factuality"]
    bare = SchemeView(scheme_body)
    assert bare.check() == []
    assert read("They were sent.", [[(10, 14)]], bare, "DISPATCH", "en") == {}


def test_a_row_is_named_by_its_part_and_its_first_word(told):
    assert told("modals", 0, status="future") == ["factuality.en.modals.will: status 'future' is not one of the choices"]


def test_offers_and_variants_are_checked_too(told):
    assert told("modals", 0, status=["expected", "soon"], past={"certainty": "sure"}) == [
        "factuality.en.modals.will: status 'soon' is not one of the choices",
        "factuality.en.modals.will.past: certainty 'sure' is not one of the choices",
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"staus": "expected"}, "factuality.en.modals.will: unknown key `staus`"),
        ({"implies": "maybe"}, "factuality.en.modals.will.implies: 'maybe' is not one of read, offered"),
        ({"with": ["that"]}, "factuality.en.modals.will.with: 'that' is not one of to, ing, from"),
        ({"words": []}, "factuality.en.modals.?: has neither `words` nor `verbs`"),
        ({"words": "will"}, "factuality.en.modals.0.words: should be a list"),
    ],
)
def test_what_a_row_may_say_is_known(told, fields, line):
    assert told("modals", 0, **fields) == [line]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"label": "NONE"}, "factuality.en.own.NONE.action.adoption: there is no event 'NONE'"),
        ({"attribute": "decision"}, "factuality.en.own.ADOPT.decision.adoption: ADOPT has no attribute 'decision'"),
        ({"value": "vote"}, "factuality.en.own.ADOPT.action.adoption: ADOPT has no action 'vote'"),
        (
            {"where": "there"},
            "factuality.en.own.ADOPT.action.adoption: where 'there' is not one of trigger, clause, governor, after",
        ),
    ],
)
def test_an_attribute_of_a_type_is_one_that_it_has(told, fields, line):
    assert told("own", 0, **fields) == [line]


def test_a_scheme_can_say_otherwise(scheme_body):
    modals = scheme_body["factuality"]["en"]["modals"]
    modals[0] = {"words": ["will"], "status": "unrealised", "polarity": "positive"}
    changed = SchemeView(scheme_body)
    assert changed.check() == []
    assert read("They will be sent.", [[(13, 17)]], changed, "DISPATCH", "en")["status"].value == "unrealised"
