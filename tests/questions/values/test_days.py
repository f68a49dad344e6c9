"""Possible days: stated ones, else those that the day of publication leaves open."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from questions.values.days import ANY_DAY, DaySpan, lies_within, meet, possible_days

SEPTEMBER = DaySpan(date(2017, 9, 1), date(2017, 9, 30))
SINCE_AUGUST = DaySpan(date(2017, 8, 5), None)


def test_stated_days_stand_as_they_are_whatever_the_status():
    assert possible_days(SINCE_AUGUST, SEPTEMBER, is_future=True) == SINCE_AUGUST


def test_undated_events_were_before_the_last_day_of_publication():
    assert possible_days(ANY_DAY, SEPTEMBER, is_future=False) == (None, date(2017, 9, 30))


def test_what_is_expected_comes_after_the_first_day_of_publication():
    assert possible_days(ANY_DAY, SEPTEMBER, is_future=True) == (date(2017, 9, 1), None)


def test_without_a_day_of_publication_every_day_is_possible():
    assert possible_days(ANY_DAY, ANY_DAY, is_future=True) == possible_days(ANY_DAY, ANY_DAY, is_future=False) == ANY_DAY


def test_both_ends_are_included():
    assert meet(SEPTEMBER, DaySpan(date(2017, 9, 30), date(2017, 12, 31)))
    assert meet(SEPTEMBER, DaySpan(date(2017, 1, 1), date(2017, 9, 1)))
    assert not meet(SEPTEMBER, DaySpan(date(2017, 10, 1), None))


def test_an_open_end_meets_what_comes_later_and_lies_within_nothing_that_ends():
    assert meet(SINCE_AUGUST, DaySpan(date(2020, 1, 1), date(2020, 1, 1)))
    assert not lies_within(SINCE_AUGUST, DaySpan(date(2017, 1, 1), date(9999, 12, 31)))
    assert lies_within(SEPTEMBER, SINCE_AUGUST)


DAYS = st.one_of(st.none(), st.dates(date(2017, 1, 1), date(2017, 1, 9)))
WINDOWS = st.tuples(DAYS, DAYS).filter(lambda ends: None in ends or ends[0] <= ends[1]).map(lambda ends: DaySpan(*ends))


@given(WINDOWS, WINDOWS, WINDOWS)
def test_widening_a_window_loses_nothing(event, window, wider):
    assert meet(event, window) == meet(window, event)
    if lies_within(window, wider):
        assert not meet(event, window) or meet(event, wider)
        assert not lies_within(event, window) or lies_within(event, wider)


@given(WINDOWS, WINDOWS)
def test_what_lies_within_a_window_meets_it(event, window):
    assert not lies_within(event, window) or meet(event, window)
