"""Matchings: as many pairs as possible, and exactly the best ones."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.marks import overlapping
from annotations.agreement.matching import best_matching, weight_of

SOME = st.dictionaries(st.integers(0, 6), st.dictionaries(st.integers(0, 6), st.integers(1, 9), max_size=5), max_size=7)


def best(rows, taken=frozenset()):
    """By trying all of them."""
    if not rows:
        return 0
    (row, *others) = rows
    taking = [weight + best(others, taken | {right}) for right, weight in row.items() if right not in taken]
    return max([best(others, taken), *taking])


@given(SOME)
def test_it_equals_trying_all(weights):
    pairs = best_matching(weights)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert sum(weights[left][right] for left, right in pairs) == best(list(weights.values()))


@given(SOME, st.sampled_from([0.25, 1 / 3, 0.7]))
def test_weights_may_be_fractions(weights, factor):
    scaled = {left: {right: weight * factor for right, weight in row.items()} for left, row in weights.items()}
    total = sum(scaled[left][right] for left, right in best_matching(scaled))
    assert abs(total - best(list(scaled.values()))) < 1e-9


def test_the_first_number_of_a_weight_decides():
    assert weight_of(1, 0) > weight_of(0, 1_000_000)


def marks(*bounds):
    return [
        {"label": "X", "fragments": [{"start": start, "end": end} for start, end in zip(each[::2], each[1::2], strict=True)]}
        for each in bounds
    ]


def test_of_two_possible_pairs_both_are_made():
    assert len(overlapping(marks((0, 10), (10, 20)), marks((0, 4), (4, 13)))) == 2


def test_among_as_many_pairs_those_that_share_the_most_characters():
    left, right = marks((0, 10)), marks((0, 3), (3, 10, 12, 14))
    assert overlapping(left, right) == [(left[0], right[1])]


def test_marks_that_meet_or_lie_in_the_gaps_of_others_share_nothing():
    assert overlapping(marks((0, 4, 8, 10)), marks((4, 8), (10, 12))) == []


def test_a_long_chain_of_overlaps_is_matched():
    left, right = (marks(*((start, start + 10) for start in range(first, 20_000, 10))) for first in (0, 5))
    assert len(overlapping(left, right)) == 2_000
