"""Two lists of marks: what agrees, what is missing, too much, or marked otherwise."""

import itertools
import random

import pytest

from annotations.queries.gold_comparison import compared, counts, inside

number = itertools.count(1)


def mark(label, *bounds, layer="ACTOR"):
    fragments = [{"start": start, "end": end, "quote": "x" * (end - start)} for start, end in bounds]
    return {"id": f"m{next(number)}", "layer": layer, "label": label, "fragments": fragments}


def outcomes(own, gold):
    return [pair.outcome for pair in compared(own, gold)]


@pytest.mark.parametrize(
    ("own", "gold", "outcome"),
    [
        ([mark("GROUP", (4, 9))], [mark("GROUP", (4, 9))], ["agreed"]),
        ([mark("GROUP", (4, 9))], [mark("PERSON", (4, 9))], ["label"]),
        ([mark("GROUP", (4, 9))], [mark("RETURN", (4, 9), layer="EVENT")], ["extra", "missing"]),
        ([mark("GROUP", (0, 10)), mark("GROUP", (10, 20))], [mark("GROUP", (0, 4)), mark("GROUP", (4, 13))], ["words", "words"]),
        ([mark("GROUP", (4, 9))], [mark("GROUP", (2, 9))], ["words"]),
        ([mark("GROUP", (4, 9))], [mark("PERSON", (2, 9))], ["label"]),
        ([mark("GROUP", (4, 9), (12, 14))], [mark("GROUP", (4, 9))], ["words"]),
        ([mark("GROUP", (4, 9))], [mark("GROUP", (9, 12))], ["extra", "missing"]),
        ([mark("GROUP", (4, 9))], [mark("RETURN", (2, 9), layer="EVENT")], ["missing", "extra"]),
        ([], [mark("GROUP", (4, 9))], ["missing"]),
        ([mark("GROUP", (4, 9))], [], ["extra"]),
        ([mark("GROUP", (4, 9)), mark("GROUP", (4, 9))], [mark("GROUP", (4, 9))], ["agreed", "extra"]),
        ([mark("GROUP", (0, 20))], [mark("GROUP", (0, 3)), mark("GROUP", (5, 20))], ["missing", "words"]),
        ([mark("GROUP", (0, 20))], [mark("PERSON", (0, 19)), mark("GROUP", (19, 20))], ["missing", "words"]),
    ],
)  # fmt: skip
def test_each_outcome(own, gold, outcome):
    assert outcomes(own, gold) == outcome


def test_a_pair_shows_both_marks_without_their_values():
    [pair] = compared([mark("GROUP", (4, 9)) | {"attributes": {"note": "mine"}}], [mark("PERSON", (4, 9))])
    told = pair.as_dict()
    assert (told["own"]["label"], told["gold"]["label"]) == ("GROUP", "PERSON")
    assert "attributes" not in told["own"]


def test_a_mark_of_another_layer_is_no_pair_but_a_remark():
    pairs = compared([mark("GROUP", (4, 9)), mark("GROUP", (20, 22))], [mark("RETURN", (4, 9), layer="EVENT")])
    remarks = [(pair.outcome, pair.mark["layer"], pair.as_dict()["other_layer"]) for pair in pairs]
    assert remarks == [("extra", "ACTOR", "EVENT"), ("missing", "EVENT", "ACTOR"), ("extra", "ACTOR", None)]


def test_counts_have_every_layer():
    pairs = compared([mark("GROUP", (4, 9)), mark("GROUP", (20, 22))], [mark("PERSON", (4, 9)), mark("R", (0, 2), layer="EVENT")])
    found = {each.pop("layer"): each for each in counts(pairs, ["ACTOR", "FIGURE", "EVENT"])}
    assert [name for name, count in found["EVENT"].items() if count] == ["missing"]
    assert [name for name, count in found["ACTOR"].items() if count] == ["extra", "label"]
    assert not any(found["FIGURE"].values())


def test_a_segment_has_the_marks_that_begin_in_it():
    first, second = mark("GROUP", (4, 9)), mark("GROUP", (10, 12))
    assert inside([first, second], {"start": 0, "end": 9}) == [first]


def test_every_mark_stands_in_one_pair_whatever_they_are():
    chance = random.Random(7)
    for _ in range(200):
        own, gold = ([some(chance) for _ in range(chance.randrange(12))] for _ in range(2))
        pairs = compared(own, gold)
        assert sorted(pair.own["id"] for pair in pairs if pair.own) == sorted(each["id"] for each in own)
        assert sorted(pair.gold["id"] for pair in pairs if pair.gold) == sorted(each["id"] for each in gold)


def some(chance):
    start = chance.randrange(30)
    return mark(
        chance.choice(["GROUP", "PERSON"]), (start, start + chance.randrange(1, 9)), layer=chance.choice(["ACTOR", "EVENT"])
    )
