"""Words that the scheme gives as examples of an event, in their forms."""

import pytest

from annotations.scheme.view import SchemeView
from annotations.suggesters.suggestion import ScannedText
from annotations.suggesters.triggers import suggest
from tests.annotations.pure.conftest import GOLD, TEXT, VIEW


def triggers_in(text, view=VIEW, segments=()):
    return [(text[slice(*each.extent)], each.label) for each in suggest(ScannedText(text, segments, (), "en", view))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One returns, repatriating took a week.", [("returns", "REPATRIATE"), ("repatriating", "REPATRIATE")]),
        ("Workers were sent back home.", [("sent back", "REPATRIATE")]),
        ("The visa was extended.", []),  # an example of two types says neither
        ("A leaf.", []),
        ("", []),
    ],
)
def test_words_with_their_types(text, expected):
    assert triggers_in(text) == expected


@pytest.mark.parametrize(
    ("examples", "text", "words"),
    [(["귀국", "가"], "노동자가 귀국했다.", "귀국"), (["遣返", "走"], "工人被遣返了，走了。", "遣返")],
)
def test_examples_in_scripts_without_spaces(scheme_body, examples, text, words):
    layer = next(each for each in scheme_body["layers"] if each["code"] == "EVENT")
    label = next(each for each in layer["labels"] if each["code"] == "REPATRIATE")
    label["trigger_examples"] = examples
    assert triggers_in(text, SchemeView(scheme_body)) == [(words, "REPATRIATE")]


def test_the_triggers_of_the_seed():
    gold = {(mark["start"], mark["end"]): mark["label"] for mark in GOLD["mentions"] if mark["layer"] == "EVENT"}
    offered = [(each.extent, each.label) for each in suggest(ScannedText(TEXT, GOLD["segments"], (), "en", VIEW))]
    right = [place for place, label in offered if gold.get(place) == label]
    assert (len(gold), len(offered), len(right)) == (44, 41, 39)
