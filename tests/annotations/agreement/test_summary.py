"""Sums of pairs: what adds up, what two empty readings are, and where an interval begins."""

import pytest

from annotations.agreement.pair_counts import pair_counts
from annotations.agreement.reading import ReadingView
from annotations.agreement.summary import AgreementMeasure, summary
from tests.annotations.agreement.test_pair_counts import KINDS, LENGTH, native


def counts(**changes):
    left, right = native(), native()
    right.update(changes)
    return pair_counts(ReadingView(left, KINDS), ReadingView(right, KINDS), LENGTH)


def values(pairs):
    return {(each.measure, each.layer): each for each in summary(pairs).measures}


def test_scores_are_ratios_of_sums_and_not_means_of_scores():
    missed = counts(mentions=[], events=[], measure_refs=[])
    told = values([(1, counts()), (2, missed), (3, missed)])
    assert told["exact", "ACTOR"] == AgreementMeasure("exact", "ACTOR", 6 / 12, 12)
    assert told["value", ""].value == 1, "where nothing is paired nothing is wrong"
    assert told["value_f1", ""].value == pytest.approx(2 / 4)


def test_pairs_of_one_article_are_one_article():
    whole = summary([(1, counts()), (1, counts()), (2, counts())])
    assert (whole.articles, whole.pairs) == (2, 3)
    assert summary([]).measures == []


def test_two_empty_readings_agree_and_a_share_of_nothing_is_no_number():
    nothing = {"mentions": [], "events": [], "measure_refs": [], "attributions": []}
    left = native() | nothing
    view = ReadingView(left, KINDS)
    told = values([(1, pair_counts(view, view, LENGTH))])
    assert (told["exact", "EVENT"].value, told["value", ""].value, told["alpha_u", "EVENT"].value) == (1.0, None, None)


def test_an_interval_needs_twenty_articles():
    pair, missed = counts(), counts(mentions=native()["mentions"][:3], events=[])
    rows = [(number, missed if number % 3 == 0 else pair) for number in range(20)]
    told = values(rows)["exact", "EVENT"]
    assert told.low < told.value < told.high
    assert values(rows[:19])["exact", "EVENT"].low is None


def test_labels_and_confusions_are_added_up():
    renamed = native()["mentions"]
    renamed[0]["label"] = "PERSON"
    whole = summary([(1, counts(mentions=renamed)), (2, counts())])
    group = next(row for row in whole.labels if row.label == "GROUP")
    assert (group.left, group.right, group.exact, group.f1_exact) == (4, 3, 3, pytest.approx(6 / 7))
    [confusion] = whole.confusions
    assert (confusion.left, confusion.right, confusion.count) == ("GROUP", "PERSON", 1)
