import json
from pathlib import Path

import pytest

from annotations.formats.middle.flat import Flat, Frame, Mark, Tie
from annotations.formats.middle.mapping import Dictionary, Mapping, guessed, vocabulary
from annotations.scheme.view import SchemeView

SCHEME = json.loads((Path(__file__).parents[3] / "domain" / "scheme.json").read_text(encoding="utf-8"))
VIEW = SchemeView(SCHEME)


@pytest.mark.parametrize(
    ("word", "target"),
    [
        ("PERSON", "ACTOR.PERSON"),
        ("person", "ACTOR.PERSON"),
        ("State body", "ACTOR.STATE_BODY"),
        ("People count", "FIGURE.PEOPLE"),
        ("ACTOR.ORG", "ACTOR.ORG"),
        ("actor-org", "ACTOR.ORG"),
        ("claim", "CLAIM"),
        ("Transaction.Transfer-Money", "EVENT.PAY"),
        ("Event", None),
        ("Protein", None),
        ("", None),
    ],
)
def test_labels_are_known_by_code_name_and_what_others_call_them(word, target):
    assert Dictionary(VIEW, Mapping()).meant_mark(word) == target


def test_what_a_person_said_goes_before_what_words_look_like():
    book = Dictionary(VIEW, Mapping(marks={"PERSON": None, "GPE": "ACTOR.TERRITORY"}))
    assert book.meant_mark("PERSON") is None
    assert book.meant_mark("GPE") == "ACTOR.TERRITORY"
    assert book.mark("ACTOR.TERRITORY") == "GPE"
    assert book.mark("ACTOR.PERSON") == "PERSON"


def test_a_mapping_to_what_the_scheme_does_not_have_leaves_the_word_out():
    book = Dictionary(VIEW, Mapping(marks={"A": "ACTOR.NOBODY", "B": "NOWHERE.X", "C": "ACTOR", "PERSON": "PERSON"}))
    assert [book.meant_mark(word) for word in ("A", "B", "C", "PERSON")] == [None] * 4


def test_a_code_of_two_layers_goes_out_with_its_layer():
    body = json.loads(json.dumps(SCHEME))
    body["layers"][1]["labels"][0]["code"] = "PERSON"
    book = Dictionary(SchemeView(body), Mapping())
    assert book.mark("FIGURE.PERSON") == "FIGURE-PERSON"
    assert book.meant_mark("FIGURE-PERSON") == "FIGURE.PERSON"
    assert book.meant_mark("PERSON") is None


def test_attributes_are_mapped_by_their_head():
    book = Dictionary(VIEW, Mapping(attributes={"wer": "entity"}))
    assert book.attribute("entity.name") == "wer.name"
    assert book.meant_attribute("wer.name") == "entity.name"
    assert book.meant_attribute("Per period") == "per_period"
    assert book.meant_attribute("Negation") is None


def test_the_words_of_a_file_are_counted_and_guessed():
    marks = [Mark("T1", "Person", [(0, 1)], {"Low": 1, "Negation": True}), Mark("T2", "GPE", [(1, 2)])]
    flat = Flat("ab", marks, [Frame("E1", "PAY", ["T1"], [("Payer", "T2")])], [Tie("Located", "T1", "T2")])
    found = vocabulary([flat, flat])
    assert found["marks"] == {"Person": 2, "GPE": 2, "PAY": 2}
    guess = guessed(found, VIEW)
    assert guess.marks == {"Person": "ACTOR.PERSON", "GPE": None, "PAY": "EVENT.PAY"}
    assert guess.ties == {"Located": None}
    assert guess.roles == {"Payer": "payer"}
    assert guess.attributes == {"Low": "low", "Negation": None}
    assert Mapping.from_dict(json.loads(json.dumps(guess.to_dict()))) == guess


@pytest.mark.parametrize("bad", [None, [], {"labels": {}}, {"marks": []}, {"marks": {"a": 3}}])
def test_what_is_no_mapping_is_refused(bad):
    with pytest.raises(ValueError, match=r"mapping|strings"):
        Mapping.from_dict(bad)
