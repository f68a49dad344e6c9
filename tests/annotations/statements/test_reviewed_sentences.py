"""The sentences that people have read: of every figure and event of the gold, and of made events of every type.

A change of a pattern shows here, word for word: read the new sentence aloud before it goes into the fixture.
"""

import json

import pytest

from annotations.statements.sentences import of_event, of_figure
from config.environment import ROOT
from tests.annotations.formats.native import GOLD, view
from tests.annotations.statements.made import SCHEME, Made

FIXTURES = ROOT / "tests/fixtures/sentences"
GOLD_SENTENCES = dict(line.split("\t") for line in (FIXTURES / "gold.tsv").read_text("utf-8").splitlines())
MADE = [line.split("\t") for line in (FIXTURES / "made.tsv").read_text("utf-8").splitlines()[1:]]
EVENT_LAYER = next(layer for layer in SCHEME["layers"] if layer["code"] == "EVENT")


@pytest.mark.parametrize("pk", GOLD_SENTENCES)
def test_the_gold(pk):
    seen = view()
    told = of_figure(seen, seen.span(pk)) if pk.startswith("F") else of_event(seen, seen.event(pk))
    assert told == GOLD_SENTENCES[pk]


def test_every_figure_and_event_of_the_gold_was_read():
    figures = {mention["id"] for mention in GOLD["mentions"] if mention["layer"] == "FIGURE"}
    assert set(GOLD_SENTENCES) == figures | {event["id"] for event in GOLD["events"]}
    assert len(GOLD_SENTENCES) == 13 + 41


@pytest.mark.parametrize(("kind", "state", "attributes", "fillers", "sentence"), MADE)
def test_made_events(kind, state, attributes, fillers, sentence):
    made = Made()
    codes = [None if code == "null" else code for code in state.split(".")]
    given = [pair.split("=", 1) for pair in fillers.split("; ") if pair]
    event = made.event("X", kind, codes, json.loads(attributes), given)
    assert of_event(made.view(), event) == sentence


def test_every_type_status_and_polarity_was_read():
    assert {row[0] for row in MADE} == {label["code"] for label in EVENT_LAYER["labels"]}
    states = {tuple(row[1].split(".")[:2]) for row in MADE}
    for code in ("status", "polarity"):
        place = ("status", "polarity").index(code)
        choices = next(entry for entry in EVENT_LAYER["attributes"] if entry["code"] == code)["choices"]
        assert {choice["code"] for choice in choices} | {"null", "not_stated"} >= {state[place] for state in states}
        assert {choice["code"] for choice in choices} <= {state[place] for state in states}
