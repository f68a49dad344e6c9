"""Days and numbers have their pixels, and an axis the ticks that a reader expects."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.plots.scales import amount, day_scale, day_ticks, length, number_scale, number_ticks

DAYS = st.dates()
NUMBERS = st.floats(-1e15, 1e15) | st.floats(-1e300, 1e300) | st.just(0.0)


def ticks(first, last, width=700):
    scale = day_scale(date.fromisoformat(first), date.fromisoformat(last), 0, width)
    return [f"{tick.above} {tick.label}".strip() for tick in day_ticks(scale)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2017-09-04", "2017-09-04", ["2017 1 Sep", "2 Sep", "3 Sep", "4 Sep", "5 Sep", "6 Sep", "7 Sep"]),
        ("2017-08-05", "2017-09-30", ["2017 7 Aug", "14 Aug", "21 Aug", "28 Aug", "4 Sep", "11 Sep", "18 Sep", "25 Sep"]),
        ("2017-08-05", "2018-02-20", ["2017 Aug", "Sep", "Oct", "Nov", "Dec", "2018 Jan", "Feb"]),
        ("2017-03-05", "2018-12-20", ["2017 Apr", "Jul", "Oct", "2018 Jan", "Apr", "Jul", "Oct", "2019 Jan"]),
        ("2009-03-05", "2018-06-20", ["2009", "2010", "2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018"]),
        ("1950-01-01", "2017-12-31", ["1950", "1960", "1970", "1980", "1990", "2000", "2010"]),
        ("0001-01-01", "9999-12-31", [str(year) for year in range(1000, 10_000, 1000)]),
    ],
)
def test_ticks_from_days_to_centuries(first, last, expected):
    assert ticks(first, last) == expected


def test_weeks_begin_on_monday():
    scale = day_scale(date(2017, 8, 5), date(2017, 9, 30), 0, 700)
    assert {(date.fromordinal(scale.start) + timedelta(tick.x / scale.breadth)).weekday() for tick in day_ticks(scale)} == {0}


@given(DAYS, DAYS)
def test_days_lie_in_their_order_between_the_ends_and_ticks_are_apart(one, other):
    first, last = sorted((one, other))
    scale = day_scale(first, last, 100, 800)
    assert 100 <= scale.x(first.toordinal()) <= scale.x(last.toordinal()) < scale.x(last.toordinal() + 1) <= 800.001
    assert scale.breadth * 7 <= 700.001
    shown = day_ticks(scale)
    assert 1 <= len(shown) <= 11
    assert all(after.x - before.x >= 58 for before, after in pairwise(shown)), "months and years differ in length by some days"
    assert all(100 <= tick.x <= 800 for tick in shown)


def number_labels(*values):
    return [tick.label for tick in number_ticks(number_scale(list(values), 0, 500))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([20, 170, 7000], ["10", "100", "1,000", "10,000"]),
        ([300], ["200", "300", "400", "500"]),
        ([300, 300, 300], ["200", "300", "400", "500"]),
        ([100], ["50", "100", "200"]),
        ([0], ["0", "1"]),
        ([0, 20, 300], ["0", "10", "100"]),
        ([-40, 500], ["−10", "0", "10", "100", "1,000"]),
        ([-5, -300], ["−100", "−10", "−1", "0"]),
        ([1, 10**15], ["1", "100", "10,000", "1 million", "100 million", "10 billion", "1 trillion", "100 trillion"]),
        ([], ["0.5", "1", "2"]),
    ],
)
def test_ticks_of_numbers_are_round(values, expected):
    assert number_labels(*values) == expected


@given(st.lists(NUMBERS, max_size=8))
def test_numbers_lie_in_their_order_between_the_ends(values):
    scale = number_scale(values, 100, 800)
    held = sorted(max(-1e150, min(1e150, value)) for value in values if not 0 < abs(value) < 1e-150)
    places = [scale.x(value) for value in held]
    assert all(99.99 <= x <= 800.01 for x in places)
    assert places == sorted(places)
    shown = number_ticks(scale)
    assert all(after.x - before.x >= 59.99 for before, after in pairwise(shown))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (0.02, "0.02"),
        (12_000, "12,000"),
        (1.5e6, "1.5 million"),
        (2e9, "2 billion"),
        (-40, "−40"),
        (1e15, "1e+15"),
        (2.5, "2.5"),
    ],
)
def test_amounts_are_short(value, expected):
    assert amount(value) == expected


def test_a_bar_is_in_proportion_and_never_too_short_to_be_seen():
    assert [length(count, 100, 50) for count in (0, 1, 50, 100)] == [0, 2, 25, 50]
    assert length(0, 0, 50) == 0
