"""A question as a sentence."""

import json
from datetime import date

import pytest

from annotations.scheme.view import SchemeView
from questions.address.parameters import LEDGERS
from questions.address.question import read
from questions.wording.code_names import CodeNames
from questions.wording.sentence import pieces
from tests import factories

NAMES = CodeNames(SchemeView(json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))))
TODAY = date(2026, 11, 27)
PLACE = "3b241101-e2bb-4255-8caf-4136c566a962"


def sentence(ledger, entities=None, **given):
    question = read(ledger, [(name.rstrip("_"), value) for name, value in given.items()])
    return [piece.words for piece in pieces(question, NAMES, entities or {}, TODAY)]


def test_a_question_is_said_in_the_order_of_its_address_with_what_counts_by_default():
    asked = {"type": "REPATRIATE", "figure": "1", "place": PLACE, "from_": "2017-08-01", "to": "2017-12-31"}
    assert sentence("events", {"place": "Dandong"}, **asked) == [
        NAMES.types["REPATRIATE"],
        "happened, ongoing",
        "polarity positive",
        "with figures",
        "place: Dandong",
        "1 Aug – 31 Dec 2017",
    ]


@pytest.mark.parametrize(
    ("ledger", "given", "words"),
    [
        ("figures", {}, ["only actual counts (no caps, no “per …”)"]),
        ("events", {"filter": "contract_over"}, ["Contract ended or not renewed"]),
        (
            "events",
            {"status": "any", "polarity": "any", "timed": "1"},
            ["any status", "any polarity", "with words or a date for when"],
        ),
        (
            "figures",
            {"attr": "payment_type:levy", "use": "any"},
            ["Kind: levy, quota or contribution to state or party", "any use"],
        ),
        ("counts", {"by": "source,outlet"}, ["by source, outlet"]),
        ("sources", {"from_": "today-90"}, ["from 29 Aug 2026"]),
        ("sources", {"published_from": "2017-01-01", "published_to": "2017-12-31"}, ["published 2017"]),
        ("events", {"place": PLACE}, ["happened, ongoing", "polarity positive", "place: an entity"]),
        ("words", {"q": "Terminat*", "case": "1"}, ["“Terminat*” as written"]),
        ("words", {"on": "label:GROUP,status:expected"}, ["marked: Group of people, expected"]),
        ("words", {"on": f"entity:{PLACE},source:{PLACE}"}, ["marked: of an entity, reported by an entity"]),
        ("words", {"q": "a", "with": "b", "near": "5"}, ["“a”", "with “b” up to 5 words away"]),
        (
            "words",
            {"q": "a", "with": "type:PAY,attr:phase:end"},
            ["“a”", "with a mark: Phase: contract ended, Money changes hands in the same paragraph"],
        ),
        (
            "words",
            {"q": "a", "sample": "9", "seed": "7", "order": "left"},
            ["“a”", "sample of 9 lines, seed 7", "sorted by the words on the left"],
        ),
        ("events", {"whose": "by:ann"}, ["happened, ongoing", "polarity positive", "annotated by ann"]),
    ],
)
def test_each_piece_has_its_own_words(ledger, given, words):
    assert sentence(ledger, **given) == words


def test_entities_of_marks_are_called_by_their_names():
    words = sentence("words", {"on:entity": "Dandong", "with:source": "Daily NK"}, on=f"entity:{PLACE}", with_=f"source:{PLACE}")
    assert words == ["marked: of Dandong", "with a mark: reported by Daily NK in the same paragraph"]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_taking_away_every_piece_leaves_the_question_without_anything_asked(ledger):
    question = read(ledger, [])
    named = {name for piece in pieces(question, NAMES, {}, TODAY) for name in piece.names}
    assert named <= {"status", "polarity", "use", "by"}


@pytest.mark.parametrize(("name", "code"), [("code", "FIG-05"), ("result", "ok"), ("mark", "GROUP"), ("type", "PAY")])
def test_codes_of_every_kind_have_names(name, code):
    assert NAMES.of(name, code) not in ("", code)
