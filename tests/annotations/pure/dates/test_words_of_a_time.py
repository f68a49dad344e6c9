"""Words of a time against the day of publication: a proposal for the date of an event."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates import Moment, Published, resolve
from annotations.text import edtf as times

SOME_DAY = Published(date(2017, 9, 14), date(2017, 9, 14))  # a Thursday
SEPTEMBER = Published(date(2017, 9, 4), date(2017, 9, 30))
NEVER = Published(None, None)
NOWHERE = None


@pytest.mark.parametrize(
    ("words", "edtf", "basis"),
    [
        ("September 4, 2017", "2017-09-04", "stated"),
        ("4 September 2017", "2017-09-04", "stated"),
        ("the 4th of September, 2017", "2017-09-04", "stated"),
        ("2017-09-04", "2017-09-04", "stated"),
        ("Sept. 4", "2017-09-04", "resolved"),
        ("morning of September 4", "2017-09-04", "resolved"),
        ("November 22", "2016-11-22", "resolved"),
        ("February 29", "2016-02-29", "resolved"),
        ("August", "2017-08", "resolved"),
        ("August 2016", "2016-08", "stated"),
        ("mid-October 2017", "2017-10-11~/2017-10-20~", "inferred"),
        ("late February 2017", "2017-02-21~/2017-02-28~", "inferred"),
        ("the first half of 2017", "2017-01/2017-06", "stated"),
        ("in 2016", "2016", "stated"),
        ("yesterday", "2017-09-13", "resolved"),
        ("today", "2017-09-14", "resolved"),
        ("on Tuesday", "2017-09-12", "resolved"),
        ("Thursday", "2017-09-14", "resolved"),
        ("last Thursday", "2017-09-07", "resolved"),
        ("last month", "2017-08", "resolved"),
        ("this year", "2017", "resolved"),
        ("last week", "2017-09-04/2017-09-10", "resolved"),
        ("three days ago", "2017-09-11", "resolved"),
        ("two months ago", "2017-07", "resolved"),
        ("a year ago", "2016", "resolved"),
        ("10 months ago", "2016-11", "resolved"),
        ("recently", None, "open"),
        ("will soon", None, "open"),
    ],
)
def test_words_are_read_against_the_day_of_publication(words, edtf, basis):
    assert resolve(words, SOME_DAY) == Moment(edtf, basis)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("early this year", "2017-01~/2017-02-10"),
        ("early 2017", "2017-01~/2017-02-10"),
        ("올해 초", "2017-01~/2017-02-10"),
        ("今年初", "2017-01~/2017-02-10"),
        ("early this month", "2017-02-01~/2017-02-10~"),
        ("will open early this year", "2017-01~/2017-04~"),
        ("late this year", "2017-09~/2017-12~"),
    ],
)
def test_what_was_does_not_reach_beyond_publication(words, edtf):
    assert resolve(words, Published(date(2017, 2, 10), date(2017, 2, 10))).edtf == edtf


@pytest.mark.parametrize(
    ("words", "before", "edtf"),
    [
        ("14일", "", "2017-09-14"),
        ("5日", "", "2017-09-05"),
        ("20일", "", None),
        ("20日", "会议将于", "2017-09-20"),
        ("14", "", None),
    ],
)
def test_a_day_without_a_month_is_one_of_the_last_ten_days(words, before, edtf):
    moment = resolve(words, SOME_DAY, before=before, language="ko")
    assert (moment and moment.edtf) == edtf


def test_a_fiscal_year_is_read_only_of_a_country_that_is_named():
    assert resolve("U.S. fiscal year 2016", SOME_DAY) == Moment("2015-10/2016-09", "resolved")
    assert resolve("Japan's fiscal 2016", SOME_DAY) == Moment("2016-04/2017-03", "resolved")
    assert resolve("fiscal 2016", SOME_DAY) is None


def test_the_seed_has_no_day_of_its_own_so_that_the_year_is_inferred():
    assert resolve("morning of September 4", SEPTEMBER) == Moment("2017?-09-04", "inferred")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("last month", Moment("2017-08", "inferred")),
        ("August", Moment("2017?-08", "inferred")),
        ("yesterday", NOWHERE),
        ("on Monday", NOWHERE),
        ("last week", NOWHERE),
    ],
)
def test_a_publication_date_that_is_a_range_gives_what_it_can(words, found):
    assert resolve(words, SEPTEMBER) == found


@pytest.mark.parametrize("words", ["September 4", "August", "yesterday", "last month", "a year ago"])
def test_without_a_publication_date_nothing_is_guessed(words):
    assert resolve(words, NEVER) is None


def test_what_is_stated_in_full_needs_no_publication_date():
    assert resolve("September 4, 2017", NEVER) == Moment("2017-09-04", "stated")


@pytest.mark.parametrize(
    "words", ["", "workers", "may be sent back", "September 32", "February 30, 2017", "2017-13-01", "45,000"]
)
def test_what_names_no_day_gives_none(words):
    assert resolve(words, SOME_DAY) is None


@given(words=st.text(max_size=60), day=st.dates(), length=st.integers(0, 400))
def test_every_proposal_is_edtf(words, day, length):
    last = date.fromordinal(min(day.toordinal() + length, date.max.toordinal()))
    found = resolve(words, Published(day, last))
    if found and found.edtf:
        times.bounds(found.edtf)


@pytest.mark.parametrize("words", ["last year", "a month ago", "three years ago"])
def test_before_the_first_year_there_is_none(words):
    assert resolve(words, Published(date(1, 1, 1), date(1, 1, 1))) is None


@given(
    words=st.sampled_from(
        ["yesterday", "tomorrow", "last week", "next week", "999 days ago", "last year", "next year", "10 months ago"]
    ),
    day=st.dates(),
)
def test_no_proposal_leaves_the_calendar(words, day):
    found = resolve(words, Published(day, day))
    if found:
        times.bounds(found.edtf)


# What lies ahead, what lies behind


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("next Monday", "2024-05-20"),
        ("next Friday", "[2024-05-17,2024-05-24]"),
        ("coming Friday", "2024-05-17"),
        ("three days from today", "2024-05-18"),
        ("two weeks after March 3, 2024", "2024-03-17"),
        ("will close on May 20", "2024-05-20"),
    ],
)
def test_next_and_from_lie_after_and_are_worked_out(words, edtf):
    assert resolve(words, WEDNESDAY) == Moment(edtf, "resolved")


WEDNESDAY = Published(date(2024, 5, 15), date(2024, 5, 15))


@pytest.mark.parametrize(
    ("before", "words", "edtf"),
    [
        ("The port will close on", "May 20", "2024-05-20"),
        ("Officials said the port will be closed on", "May 20", "2024-05-20"),
        ("The port, he said, is to close on", "Friday", "2024-05-17"),
        ("The port was closed on", "May 20", "2023-05-20"),
        ("It will close. The port closed on", "Friday", "2024-05-10"),
        ("该港将于", "5月20日", "2024-05-20"),
    ],
)
def test_the_tense_before_the_words_tells_which_year_or_week(before, words, edtf):
    assert resolve(words, WEDNESDAY, before=before) == Moment(edtf, "resolved")


@pytest.mark.parametrize("words", ["May 20", "5월 20일", "5月20日", "from May 3 to July 4", "the third quarter", "until June 30"])
def test_a_day_that_comes_soon_may_be_meant_so_that_no_year_is_guessed(words):
    assert resolve(words, WEDNESDAY) is None


@pytest.mark.parametrize(
    "words",
    [
        "after the vote in 2019",
        "two weeks after the vote",
        "three days later",
        "in the two weeks after May 3, 2019",
        "the first Monday of March 2019",
        "in March and May 2019",
        "from 2019 to the present",
        "Tuesday, March 4, 2024",
        "03/04/2019",
        "2010-12",
        "fiscal year 2019",
        "2019年度",
        "every Monday",
        "2015 tons",
        "Resolution 2371 (2017)",
        "그해 가을",
        "2019年の会議前",
    ],
)
def test_a_word_that_is_not_understood_leaves_it_open(words):
    assert resolve(words, WEDNESDAY) is None


def test_the_language_decides_where_it_must():
    assert resolve("前年", WEDNESDAY, language="zh") == Moment("2022", "resolved")
    assert resolve("前年", WEDNESDAY, language="ja") is None
