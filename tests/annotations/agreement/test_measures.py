"""The measures of agreement, on cases that a person can work out."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.alpha import alpha, coincidences, labels_of_same_words, ratio
from annotations.agreement.bootstrap import intervals
from annotations.agreement.entities import grouping
from annotations.agreement.gamma import disorder, gamma
from annotations.agreement.unitising import LabelledUnit, alpha_u, disagreements, units_of
from annotations.agreement.values import alpha_ratio, figure_counts

# Krippendorff 2004, p. 254, as DKPro Agreement has it: continuum 150–450, two observers, labels c and k.
PUBLISHED = [
    [(180, 240, "k"), (225, 295, "c"), (300, 350, "k"), (370, 400, "c")],
    [(180, 240, "k"), (220, 300, "c"), (300, 350, "k"), (355, 375, "c"), (400, 420, "c")],
]


def units(*rows):
    return [LabelledUnit(*row) for row in rows]


def mark(label, *bounds):
    return {"label": label, "fragments": [{"start": start, "end": end} for start, end in bounds]}


def figure(label="PEOPLE", **values):
    known = {"low": 170, "high": 170, "comparator": "eq", "unit": None, "currency": None}
    return {"label": label, "attributes": known | values}


def test_alpha_of_labels():
    assert alpha([coincidences(["aa", "aa", "bb", "ab"])]) == pytest.approx(1 - 0.25 / (30 / 56))
    assert alpha([coincidences(["aa", "aa"])]) is None, "with one value nobody could err"


def test_alpha_of_three_readings_leaves_out_who_has_not_marked():
    marks = [[mark("a", (0, 4)), mark("b", (5, 9))], [mark("a", (0, 4))], [mark("b", (0, 4)), mark("c", (20, 22))]]
    assert labels_of_same_words(marks) == [["a", "a", "b"]]


def test_alpha_of_numbers_does_not_mix_units():
    assert alpha([coincidences([(100, 100), (100, 200), (300, 300)])], ratio) == pytest.approx(0.7096399535423925)
    assert alpha_ratio({"mo": [(3, 3), (3, 3)], "KPW": [(1_000_000, 10_000_000)]}) == pytest.approx(0)
    assert alpha([coincidences([(3, 3), (3, 3), (1_000_000, 10_000_000)])], ratio) > 0.5
    assert alpha_ratio({"KPW": [(5, 5)]}) is None


def test_alpha_for_unitising_equals_the_published_one():
    both = {}
    for label in "ck":
        both |= disagreements(
            [units(*((s - 150, e - 150, x) for s, e, x in reading if x == label)) for reading in PUBLISHED], 300
        )
    assert alpha_u([both["c"]]) == pytest.approx(0.728598996805389)
    assert alpha_u(both.values()) == pytest.approx(0.8586654051841702)
    assert alpha_u([]) is None


def test_of_nested_marks_the_outer_one_is_a_unit():
    assert units_of([mark("b", (2, 4)), mark("a", (0, 9), (12, 14))]) == units((0, 9, "a"), (12, 14, "a"))


def test_the_disorder_of_an_alignment():
    assert disorder(units((0, 10, "X"), (20, 30, "Y")), units((0, 10, "X"), (22, 30, "X"))) / 2 == pytest.approx((1 + 1 / 81) / 2)


def test_gamma_is_one_for_equal_readings_and_near_zero_by_chance():
    chance = random.Random(5)
    one, other = (
        [(start := place + chance.randrange(40), start + 9, chance.choice("ab")) for place in range(0, 4000, 50)] for _ in "ab"
    )
    assert gamma(units(*one), units(*one)).observed == 0
    told = gamma(units(*one), units(*other))
    assert abs(1 - told.observed / told.expected) < 0.3
    assert told == gamma(units(*one), units(*other)), "the same seed gives the same number"
    with pytest.raises(ValueError, match="at least one unit"):
        gamma([], [])


PARTS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from("ab")), max_size=5)


def disorder_by_trying(left, right):
    if not left:
        return len(right)
    one, *others = left
    costs = [1 + disorder_by_trying(others, right)]
    for n, other in enumerate(right):
        apart = abs(one.start - other.start) + abs(one.end - other.end)
        pair = (apart / (one.end - one.start + other.end - other.start)) ** 2 + (one.label != other.label)
        costs.append(pair + disorder_by_trying(others, right[:n] + right[n + 1 :]))
    return min(costs)


@given(PARTS, PARTS)
def test_no_alignment_has_less_disorder(left, right):
    one, other = (units(*((start, start + width, label) for start, width, label in side)) for side in (left, right))
    assert disorder(one, other) == pytest.approx(disorder_by_trying(one, other))


def test_values_are_right_as_a_whole_and_compared_field_by_field():
    counts = figure_counts([(figure(), figure()), (figure(), figure(high=None, approximate=True)), (figure("ITEMS"), figure())])
    assert (counts["pairs"], counts["right"]) == (3, 1)
    assert {name: count for name, count in counts["fields"].items() if count < 3} == {"label": 2, "high": 2, "approximate": 2}


def test_a_price_per_tonne_is_not_the_value_of_a_sum():
    assert figure_counts([(figure(per_unit="t"), figure(per_unit="t")), (figure(per_unit="t"), figure())])["right"] == 1


def test_how_alike_two_groupings_are():
    marks, precision, recall = grouping("aabb", "xxxy")
    assert (precision / marks, recall / marks) == pytest.approx((2 / 3, 3 / 4))


def test_an_interval_is_the_same_each_time_and_holds_the_ratio():
    chance = random.Random(3)
    rows = [[(chance.randrange(20, 41), 40), (1, 1)] for _ in range(60)]
    [(low, high), whole] = intervals(rows)
    assert low < sum(row[0][0] for row in rows) / (40 * 60) < high
    assert 0.02 < high - low < 0.15
    assert whole == (1.0, 1.0)
    assert intervals(rows) == intervals(rows)
    assert intervals([[(0, 0)]] * 20) == [(1.0, 1.0)], "two empty readings agree"


def test_of_many_corpora_the_interval_holds_the_true_ratio_in_about_95_of_100():
    chance, held = random.Random(11), 0
    for seed in range(200):
        rows = [[(sum(chance.random() < 0.85 for _ in range(20)), 20)] for _ in range(50)]
        [(low, high)] = intervals(rows, resamples=400, seed=seed)
        held += low <= 0.85 <= high
    assert 0.90 <= held / 200 <= 0.985


def test_distances_are_symmetric():
    for a, b in itertools.product((0, 1, 5, 1_000), repeat=2):
        assert ratio(a, b) == ratio(b, a)
