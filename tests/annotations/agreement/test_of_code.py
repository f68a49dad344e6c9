"""The counts of one layer or label alone."""

import pytest

from annotations.agreement.of_code import has_marks, of_code
from annotations.agreement.summary import summary

ACTOR = {
    "left": 5,
    "right": 4,
    "exact": 3,
    "overlap": 4,
    "labels": {"ORG": [3, 3, 2, 2], "PERSON": [2, 1, 1, 1]},
    "same_words": [["ORG", "ORG", 2], ["ORG", "PERSON", 1], ["PERSON", "PERSON", 1]],
    "unitising": {"ORG": [1, 4], "PERSON": [1, 2]},
}
COUNTS = {"layers": {"ACTOR": ACTOR, "EVENT": {**ACTOR, "labels": {}}}, "gamma": {"ACTOR": [1, 2], "EVENT": [1, 3]}}


def values(counts, **how):
    return {(each.measure, each.layer): each.value for each in summary([("a", counts)], **how).measures}


def test_a_layer_keeps_what_is_counted_of_its_marks():
    made = values(of_code(COUNTS, "ACTOR"))
    assert {layer for _, layer in made} == {"ACTOR"}
    assert made["exact", "ACTOR"] == 6 / 9
    assert made["gamma", "ACTOR"] == 0.5
    assert made["alpha_label", "ACTOR"] is not None


def test_a_label_is_counted_without_the_others():
    made = values(of_code(COUNTS, "ACTOR.ORG"), label="ORG")
    assert made == {("exact", "ACTOR"): 4 / 6, ("overlap", "ACTOR"): 4 / 6, ("alpha_u", "ACTOR"): 0.75}
    [label] = summary([("a", of_code(COUNTS, "ACTOR.ORG"))], label="ORG").labels
    assert (label.label, label.left, label.right) == ("ORG", 3, 3)
    [confusion] = summary([("a", of_code(COUNTS, "ACTOR.ORG"))], label="ORG").confusions
    assert (confusion.left, confusion.right, confusion.count) == ("ORG", "PERSON", 1)


@pytest.mark.parametrize(
    ("code", "expected"), [("ACTOR.ORG", True), ("ACTOR.VESSEL", False), ("NONE", False), ("NONE.ORG", False)]
)
def test_whether_there_is_anything_of_it(code, expected):
    assert has_marks(of_code(COUNTS, code)) is expected


def test_beside_the_gold_precision_and_recall_are_told_apart():
    made = values(of_code(COUNTS, "ACTOR"), is_gold=True)
    assert (made["exact_precision", "ACTOR"], made["exact_recall", "ACTOR"]) == (3 / 4, 3 / 5)
    assert (made["overlap_precision", "ACTOR"], made["overlap_recall", "ACTOR"]) == (1.0, 4 / 5)
    assert ("exact_precision", "ACTOR") not in values(of_code(COUNTS, "ACTOR"))


def test_each_label_has_an_interval_from_twenty_articles_on():
    counts = of_code(COUNTS, "ACTOR")
    for articles in (19, 20):
        rows = summary([(number, counts) for number in range(articles)]).labels
        assert [(row.low, row.high) for row in rows] == ([(None, None)] * 2 if articles < 20 else [(4 / 6,) * 2, (2 / 3,) * 2])
