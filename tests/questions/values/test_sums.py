"""Values added up, and why two may count the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.values.extents import Extent, Value, extent
from questions.values.sums import APART, PairFacts, PairReason, added, covering, reason_of


def of(low=None, high=None, comparator="eq", **fields):
    return extent(Value("PEOPLE", low=low and Decimal(low), high=high and Decimal(high), comparator=comparator, **fields))


def test_exact_values():
    assert added([of(170, 170), of(130, 130)]) == Extent(Decimal(300), True, Decimal(300), True)


def test_an_open_end_leaves_the_sum_open():
    assert added([of(20, comparator="gt"), of(130, 130)]) == Extent(Decimal(150), False, None, False)


def test_an_end_that_one_term_lacks_the_sum_lacks():
    assert added([of(high=20, comparator="lt"), of(5, 10, "between")]) == Extent(Decimal(5), True, Decimal(30), False)


def test_approximate_values_reach_farther():
    assert added([of(100, 100, approximate=True), of(20, 20)]) == Extent(Decimal(115), True, Decimal(125), True)


def test_a_figure_without_a_value_adds_nothing_at_the_least_and_leaves_the_end_open():
    assert added([of(comparator=""), of(20, 20)]) == Extent(Decimal(20), True, None, False)


def test_reports_of_one_row_are_covered_and_none_is_chosen():
    assert covering([of(20, 20), of(20, comparator="gt")]) == Extent(Decimal(20), True, None, False)
    assert covering([of(20, 20), of(25, 30, "between")]) == Extent(Decimal(20), True, Decimal(30), True)
    assert covering([of(20, comparator="gt")]) == Extent(Decimal(20), False, None, False)


EXTENTS = st.builds(
    lambda low, width, has_low, has_high: Extent(Decimal(low), has_low, width and Decimal(low + width), has_high and bool(width)),
    st.integers(0, 1000),
    st.none() | st.integers(1, 1000),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(EXTENTS, min_size=1, max_size=5))
def test_the_order_of_the_terms_is_nothing_to_the_sum(terms):
    assert added(terms) == added(reversed(terms))
    assert added([added(terms[:1]), *terms[1:]]) == added(terms)


@given(st.lists(EXTENTS, min_size=1, max_size=5), EXTENTS)
def test_one_more_report_never_makes_a_row_narrower(reports, more):
    one, other = covering(reports), covering([*reports, more])
    assert other.low <= one.low
    assert other.high is None or (one.high is not None and one.high <= other.high)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "unknown"),
        ({"is_judged": True}, "no_note"),
        ({"is_judged": True, "is_explained": True}, "judged_different"),
        ({"has_parts": True}, "parts_of_whole"),
        ({"has_parts": True, "counts_same": True}, "parts_of_whole"),
        ({"has_parts": True, "exceeds": True}, "exceeds_whole"),
        ({"has_parts": True, "is_part": True}, "part_of"),
        ({"has_parts": True, "may_be_one": True}, "possible_same_as"),
        ({"is_judged": True, "is_explained": True, "is_part": True, "may_be_one": True}, "judged_different"),
        ({"is_judged": True, "is_explained": True, "is_linked": True}, "linked"),
        ({"counts_same": True}, "same_counted"),
        ({"is_linked": True}, "linked"),
    ],
)
def test_the_reason_of_a_pair(facts, reason):
    assert reason_of(PairFacts(**facts)) == reason


@given(st.builds(PairFacts, *[st.booleans()] * len(PairFacts._fields)))
def test_nothing_is_apart_without_a_judgement_that_says_why_or_parts_that_fit(pair):
    if reason_of(pair) in APART:
        assert pair.is_explained or (pair.has_parts and not pair.exceeds)
        assert not pair.is_linked
    assert reason_of(pair) in PairReason
