"""The interval of agreement holds what it says: corpora are drawn in which the F1 of every mark is known."""

import numpy as np

from annotations.agreement.bootstrap import intervals

F1 = 0.85
CORPORA, ARTICLES, MARKS = 1_000, 50, (10, 41)  # marks of an article: from, and below
BOTH = F1 / (2 - F1)  # of marks that any of the two has: F1 = 2 both / (2 both + one)


def corpus(chance):
    """For each article twice the marks that both readings have, and the marks of both readings together."""
    marks = chance.integers(*MARKS, size=ARTICLES)
    both = chance.binomial(marks, BOTH)
    return [[(2 * same, 2 * same + number - same)] for same, number in zip(both, marks, strict=True)]


def test_of_a_thousand_corpora_the_interval_holds_the_true_agreement_in_nearly_ninety_five_of_a_hundred():
    chance = np.random.default_rng(7)
    ranges = [intervals(corpus(chance), resamples=500, seed=number)[0] for number in range(CORPORA)]
    held = sum(low <= F1 <= high for low, high in ranges) / CORPORA
    assert 0.92 <= held <= 0.97
    width = sum(high - low for low, high in ranges) / CORPORA / 2
    assert 0.015 <= width <= 0.025, "half of it, at 50 articles"
