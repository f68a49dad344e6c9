"""Chances by length, and the draw that keeps them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.plans.chances import chances_by_length, drawn, start_of


@pytest.mark.parametrize(
    ("lengths", "number", "chances"),
    [
        ([1000, 3000, 6000], 1, [0.1, 0.3, 0.6]),
        # The longest would have 1.2: it is drawn for certain, and one of the others, in proportion.
        ([1000, 3000, 6000], 2, [0.25, 0.75, 1.0]),
        ([5, 5, 5, 5], 2, [0.5] * 4),
        ([7, 100], 2, [1.0, 1.0]),
        ([0, 3], 1, [0.25, 0.75]),  # an empty text counts as one letter
    ],
)
def test_chances_are_in_proportion_to_lengths(lengths, number, chances):
    assert chances_by_length(lengths, number) == pytest.approx(chances)


lengths = st.lists(st.integers(0, 500_000), min_size=1, max_size=60)


@given(lengths, st.floats(0, 1), st.floats(0, 1, exclude_max=True))
def test_exactly_as_many_are_drawn_as_should_be(lengths, share, start):
    number = max(1, round(share * len(lengths)))
    chances = chances_by_length(lengths, number)
    assert sum(chances) == pytest.approx(number)
    assert all(0 < chance <= 1 for chance in chances)
    assert sum(drawn(chances, start)) == number


def test_each_is_drawn_with_its_chance():
    dice = random.Random(1)
    chances = chances_by_length([dice.randint(500, 20_000) for _ in range(50)], 10)
    starts = [(number + 0.5) / 5_000 for number in range(5_000)]
    counts = [sum(column) for column in zip(*(drawn(chances, start) for start in starts), strict=True)]
    assert [count / len(starts) for count in counts] == pytest.approx(chances, abs=0.001)


def test_seeds_start_all_over_the_line():
    starts = [start_of(seed) for seed in range(2_000)]
    assert all(0 <= start < 1 for start in starts)
    assert sum(starts) / len(starts) == pytest.approx(0.5, abs=0.03)
    assert start_of(7) == start_of(7)
