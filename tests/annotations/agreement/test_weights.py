"""Agreement of articles that were drawn with unequal chances: each weighs 1 / chance."""

import random

import pytest

from annotations.agreement.summary import summary
from annotations.plans.chances import chances_by_length, drawn


def counts(left, right, exact, other=0):
    """`other`: of the words that both have marked, how many have another label."""
    labels = {"PERSON": [left, right, exact, exact]}
    same_words = [["PERSON", "PERSON", exact], *([["PERSON", "GROUP", other]] if other else [])]
    layer = {"left": left, "right": right, "exact": exact, "overlap": exact, "labels": labels, "unitising": {}}
    return {"layers": {"ACTOR": layer | {"same_words": same_words}}}


# Three articles, drawn with the chances 1, 1/2 and 1/4.
PAIRS = [("a", counts(10, 10, 10)), ("b", counts(10, 10, 4)), ("c", counts(5, 5, 1))]
WEIGHTS = {"a": 1.0, "b": 2.0, "c": 4.0}


def test_f1_is_that_by_hand():
    """(1·2·10 + 2·2·4 + 4·2·1) / (1·20 + 2·20 + 4·10) = 44 / 100; without weights (20 + 8 + 2) / (20 + 20 + 10) = 30 / 50."""
    plain, weighted = (summary(PAIRS, weights=weights) for weights in (None, WEIGHTS))
    values = [{each.measure: each for each in whole.measures}["exact"] for whole in (plain, weighted)]
    assert [each.value for each in values] == pytest.approx([0.6, 0.44])
    assert [each.n for each in values] == [50, 50]


def test_so_are_labels_with_the_counts_of_what_was_read():
    [label] = summary(PAIRS, weights=WEIGHTS).labels
    assert (label.left, label.right, label.exact) == (25, 25, 15)
    assert (label.f1_exact, label.precision, label.recall) == pytest.approx((0.44, 0.44, 0.44))


def test_precision_and_recall_against_the_gold():
    """Precision (1·10 + 4·1) / (1·20 + 4·5) = 14 / 40, recall 14 / (1·10 + 4·5) = 14 / 30."""
    pairs = [("a", counts(10, 20, 10)), ("c", counts(5, 5, 1))]
    whole = summary(pairs, is_gold=True, weights={"a": 1.0, "c": 4.0})
    values = {each.measure: each.value for each in whole.measures}
    assert (values["exact_precision"], values["exact_recall"]) == pytest.approx((14 / 40, 14 / 30))


def test_alpha_of_labels_is_that_of_articles_as_often_as_they_weigh():
    """Weights 1 and 3 on four articles' scale: as if the second one stood there three times, scaled to the number of articles."""
    pairs = [("a", counts(6, 6, 4, other=2)), ("b", counts(3, 3, 2, other=1))]
    [even] = [each for each in summary(pairs, weights={"a": 5.0, "b": 5.0}).measures if each.measure == "alpha_label"]
    [plain] = [each for each in summary(pairs).measures if each.measure == "alpha_label"]
    assert even == plain
    # Observed: mixed pairs (2·.5 + 1·1.5)·2 = 5 of 18 values; with GROUP 2.5: expected 2·15.5·2.5 / 17.
    weighted = [("a", counts(6, 6, 4, other=2)), ("b", counts(6, 6, 4, other=1))]
    [alpha] = [each for each in summary(weighted, weights={"a": 1.0, "b": 3.0}).measures if each.measure == "alpha_label"]
    mixed = 2 * 0.5 + 1 * 1.5
    total = 2 * (6 * 0.5 + 5 * 1.5)
    expected = 2 * mixed * (total - mixed) / (total - 1)
    assert alpha.value == pytest.approx(1 - 2 * mixed / expected)
    assert alpha.n == 11


def test_intervals_hold_what_weighs_much():
    """Twenty long articles that were drawn for certain, and twenty short ones with a chance of 1/10."""
    pairs = [(n, counts(20, 20, 18)) for n in range(20)] + [(n, counts(10, 10, 10 - n % 5)) for n in range(20, 40)]
    weights = {n: 1.0 if n < 20 else 10.0 for n in range(40)}
    [plain], [weighted] = (
        [each for each in summary(pairs, weights=chosen).measures if each.measure == "exact"] for chosen in (None, weights)
    )
    assert weighted.low < weighted.value < weighted.high
    assert weighted.value == pytest.approx((18 * 20 + 10 * 8 * 20) / (20 * 20 + 10 * 10 * 20))
    assert weighted.value < plain.low


def test_an_estimate_of_weighted_draws_is_unbiased():
    """Longer articles are read better here, so that those that are drawn by length look better than all are: by .03."""
    dice = random.Random(11)
    sizes = [dice.randint(5, 200) for _ in range(400)]
    exact = [round(size * (0.7 + size / 1_000)) for size in sizes]
    truth = sum(exact) / sum(sizes)
    chances = chances_by_length(sizes, 80)
    plain, weighted = [], []
    for start in (number / 400 for number in range(400)):
        numbers = [n for n, is_drawn in enumerate(drawn(chances, start)) if is_drawn]
        plain.append(sum(exact[n] for n in numbers) / sum(sizes[n] for n in numbers))
        weighed = [(exact[n] / chances[n], sizes[n] / chances[n]) for n in numbers]
        weighted.append(sum(one for one, _ in weighed) / sum(two for _, two in weighed))
    assert sum(weighted) / len(weighted) == pytest.approx(truth, abs=0.005)
    assert sum(plain) / len(plain) > truth + 0.01
