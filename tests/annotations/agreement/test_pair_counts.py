"""What two readings of a text agree in: the same both ways, of marks in any order, and adding up."""

import copy
import itertools
import random

import pytest

from annotations.agreement.pair_counts import pair_counts
from annotations.agreement.reading import ReadingView

KINDS = {"ACTOR": "actor", "FIGURE": "figure", "EVENT": "event"}
LENGTH = 400
number = itertools.count(1)


def mark(layer, label, start, end, event=None, **attributes):
    parts = [{"start": start, "end": end}]
    return {
        "id": f"m{next(number)}",
        "layer": layer,
        "label": label,
        "fragments": parts,
        "event": event,
        "attributes": attributes,
    }


def native():
    """One sentence: “170 of the workers returned to the North, a manager said”, as somebody may mark it."""
    workers, north = mark("ACTOR", "GROUP", 4, 15, entity="W"), mark("ACTOR", "TERRITORY", 28, 37, entity="N")
    again = mark("ACTOR", "GROUP", 60, 64, entity="W")
    people = mark("FIGURE", "PEOPLE", 0, 3, low=170, high=170, comparator="eq", unit=None, currency=None)
    trigger = mark("EVENT", "REPATRIATE", 16, 24, event="E1")
    arguments = [
        {"role": role, "mention": of["id"]} for role, of in (("people", workers), ("people", again), ("destination", north))
    ]
    arguments += [{"role": "count", "figure": people["id"]}, {"role": "basis", "measure_ref": "R1"}]
    claim = {"id": "Q1", "source_entity": "M", "content": [{"start": 0, "end": 37}], "cue": []}
    return {
        "mentions": [workers, north, again, people, trigger],
        "entities": [{"id": name, "type": type_} for name, type_ in (("W", "GROUP"), ("N", "TERRITORY"), ("M", "PERSON"))],
        "events": [{"id": "E1", "type": "REPATRIATE", "status": "happened", "polarity": "positive", "certainty": "certain", "arguments": arguments}],
        "attributions": [claim],
        "measure_refs": [{"id": "R1", "fragments": [{"start": 90, "end": 110}]}],
        "default_attribution": {"source_entity": "O"},
    }  # fmt: skip


def counts(left, right):
    return pair_counts(ReadingView(left, KINDS), ReadingView(right, KINDS), LENGTH)


@pytest.fixture
def left():
    return native()


@pytest.fixture
def right(left):
    return copy.deepcopy(left)


def test_a_reading_agrees_with_itself_in_everything(left):
    told = counts(left, left)
    for layer in told["layers"].values():
        assert layer["left"] == layer["right"] == layer["exact"] == layer["overlap"]
        assert all(observed == 0 for observed, _ in layer["unitising"].values())
    assert (told["figures"]["right"], told["sources"]["same"]) == (1, told["sources"]["pairs"])
    assert told["arguments"] == {"left": 4, "right": 4, "tp": 4}, "two mentions of one entity in one role are one argument"
    assert told["entities"] == {"marks": 3, "precision": 3, "recall": 3}


def test_a_figure_with_one_word_more_loses_an_exact_match_and_no_overlap(left, right):
    right["mentions"][3]["fragments"] = [{"start": 0, "end": 8}]
    told = counts(left, right)["layers"]["FIGURE"]
    assert (told["exact"], told["overlap"], told["labels"]["PEOPLE"]) == (0, 1, [1, 1, 0, 1])


def test_the_order_of_marks_and_of_the_two_does_not_matter(left, right):
    right["mentions"] = [*right["mentions"][1:], mark("ACTOR", "COMPANY", 2, 9, entity="W")]
    right["events"][0]["type"] = "EMPLOY"
    random.Random(2).shuffle(right["mentions"])
    one, other = counts(left, right), counts(right, left)
    for layer in KINDS:
        for key in ("exact", "overlap", "unitising", "nested"):
            assert one["layers"][layer][key] == other["layers"][layer][key]
    assert one["arguments"]["tp"] == other["arguments"]["tp"]
    assert one["events"]["type"] == other["events"]["type"] == 0


def test_entities_that_each_made_for_the_same_marks_are_one(left, right):
    for entity in right["entities"]:
        entity["id"] = f"their {entity['id']}"
    for actor in right["mentions"][:3]:
        actor["attributes"]["entity"] = f"their {actor['attributes']['entity']}"
    told = counts(left, right)
    assert told["arguments"]["tp"] == 4
    right["entities"][1]["type"] = "PERSON"
    assert counts(left, right)["arguments"]["tp"] == 3


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda doc: doc["events"][0]["arguments"].pop(), "tp"),
        (lambda doc: doc["events"][0]["arguments"][3].update(role="worker"), "tp"),
        (lambda doc: doc["measure_refs"][0].update(fragments=[{"start": 120, "end": 130}]), "tp"),
    ],
    ids=["missing", "another role", "another filler"],
)
def test_an_argument_is_lost(left, right, spoil, key):
    spoil(right)
    assert counts(left, right)["arguments"][key] == 3


def test_whoever_marks_no_claim_has_the_narrator_as_source(left, right):
    right["attributions"] = []
    assert counts(left, right)["sources"] == {"pairs": 2, "same": 0}
    left["attributions"] = []
    assert counts(left, right)["sources"] == {"pairs": 2, "same": 2}


def test_an_actor_without_an_entity_counts_for_no_grouping(left, right):
    right["mentions"][0]["attributes"]["entity"] = None
    assert counts(left, right)["entities"]["marks"] == 2


def test_two_empty_readings_have_no_weight(left):
    for key in ("mentions", "events", "attributions", "measure_refs"):
        left[key] = []
    told = counts(left, left)
    assert told["figures"] == {
        "left": 0,
        "right_count": 0,
        "pairs": 0,
        "right": 0,
        "fields": dict.fromkeys(told["figures"]["fields"], 0),
    }
    assert told["layers"]["ACTOR"] == {
        "left": 0, "right": 0, "exact": 0, "overlap": 0, "labels": {}, "same_words": [], "unitising": {}, "nested": 0,
    }  # fmt: skip
