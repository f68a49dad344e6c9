from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.edtf import bounds, date_words

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2017-09-04", "2017-09-04", "2017-09-04"),
        ("2017-09", "2017-09-01", "2017-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017", "2017-01-01", "2017-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2017-02-XX", "2017-02-01", "2017-02-28"),
        ("2017-02-XX/2018", "2017-02-01", "2018-12-31"),
        ("2017-XX-31", "2017-01-31", "2017-12-31"),
        ("2017-21", "2017-03-01", "2017-05-31"),
        ("2017-09-04T10:00:00", "2017-09-04", "2017-09-04"),
        ("[2024-05-17,2024-05-24]", "2024-05-17", "2024-05-24"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
    ],
)
def test_a_time_has_a_first_and_a_last_day(edtf, first, last):
    assert bounds(edtf) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("edtf", ["2017?-09-04", "2017-09-04?", "2017-09-04~", "2017-09~-04"])
def test_uncertainty_does_not_widen_a_day(edtf):
    assert bounds(edtf) == (date(2017, 9, 4), date(2017, 9, 4))


def test_an_interval_runs_from_the_first_day_of_one_to_the_last_of_the_other():
    assert bounds("2017-08-05/2017-09") == (date(2017, 8, 5), date(2017, 9, 30))
    assert bounds("201X/2016-XX") == (date(2010, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize("edtf", ["2017-09-04/..", "2017-09-04/"])
def test_an_interval_without_an_end_has_no_last_day(edtf):
    assert bounds(edtf) == (date(2017, 9, 4), None)


@pytest.mark.parametrize("edtf", ["../2017", "/2017", "[..2017]"])
def test_an_interval_without_a_beginning_has_no_first_day(edtf):
    assert bounds(edtf) == (None, date(2017, 12, 31))


def test_a_set_may_be_open_at_its_end():
    assert bounds("[2017..]") == (date(2017, 1, 1), None)
    assert bounds("{1960,1961-12..}") == (date(1960, 1, 1), None)


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "soon",
        "2017-9-4",
        "2017-13",
        "2017-09-31",
        "2017-02-29",
        "2017-01/2017-02-29",
        " 2017",
        "2017\n",
        "4 September 2017",
        "２０１７",
        "[",
        "/" * 3,
    ],
)
def test_what_is_not_edtf_is_refused(edtf):
    with pytest.raises(ValueError, match="is not EDTF"):
        bounds(edtf)


@pytest.mark.parametrize("edtf", ["2018/2017", "2017-09-30/2017-09-04"])
def test_an_interval_that_runs_backwards_is_refused(edtf):
    with pytest.raises(ValueError, match="ends before it starts"):
        bounds(edtf)


@pytest.mark.parametrize("edtf", ["../..", "/", "/.."])
def test_an_interval_without_any_day_is_refused(edtf):
    with pytest.raises(ValueError, match="covers no day"):
        bounds(edtf)


@pytest.mark.parametrize("edtf", ["0000", "-0044", "Y-170000002", "Y3E8"])
def test_years_that_no_calendar_day_has_are_refused(edtf):
    with pytest.raises(ValueError, match="between 1 and 9999"):
        bounds(edtf)


def test_a_long_string_is_refused_before_it_is_parsed():
    with pytest.raises(ValueError, match="is not EDTF"):
        bounds("{" + "2017," * 1000 + "2018}")


@given(DAYS)
def test_every_day_is_its_own_bounds(day):
    assert bounds(day.isoformat()) == (day, day)


@given(DAYS, DAYS)
def test_an_interval_of_two_days_is_bounded_by_them(one, other):
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@given(st.text(st.sampled_from("0123456789-X?~%/.[]{},YET:"), max_size=14))
def test_any_string_gives_days_or_a_value_error(string):
    try:
        first, last = bounds(string)
    except ValueError:
        return
    assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2017-09-04/2017-09-30", "between 2017-09-04 and 2017-09-30"),
        ("2017-09-05", "2017-09-05"),
        ("2017-09?", "2017-09?"),
        ("2017-09-04/..", "2017-09-04/.."),
        ("/2017", "/2017"),
        ("", ""),
    ],
)
def test_a_day_within_an_interval_in_words(edtf, words):
    assert date_words(edtf) == words
