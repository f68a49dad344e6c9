"""Days of rows in words."""

from datetime import date

import pytest

from questions.wording.times import span, stated_time

DAY = date(2017, 9, 4)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (DAY, DAY, "4 Sep 2017"),
        (date(2017, 8, 5), date(2017, 9, 30), "5 Aug – 30 Sep 2017"),
        (date(2017, 9, 4), date(2017, 9, 9), "4 – 9 Sep 2017"),
        (date(2017, 9, 1), date(2017, 9, 30), "Sep 2017"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2016, 12, 1), date(2017, 1, 31), "1 Dec 2016 – 31 Jan 2017"),
        (DAY, None, "from 4 Sep 2017"),
        (None, DAY, "until 4 Sep 2017"),
        (None, None, ""),
    ],
)
def test_days_are_written_as_short_as_they_can_be(first, last, words):
    assert span(first, last) == words


def time(earliest=None, latest=None, **more):
    empty = {"words": "", "part_of_day": "", "basis": "stated", "possible_from": None, "possible_before": None}
    return {"earliest": earliest, "latest": latest, "undated": earliest is None and latest is None, **empty, **more}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (time(DAY, DAY, part_of_day="MO"), "4 Sep 2017, morning"),
        (time(DAY, DAY, basis="inferred"), "4 Sep 2017 (inferred)"),
        (time(possible_before=date(2017, 10, 1)), "undated, not later than 30 Sep 2017"),
        (time(possible_from=DAY, words="soon"), "undated, “soon”, not before 4 Sep 2017"),
        (time(), "undated"),
    ],
)
def test_what_is_not_dated_says_what_is_known_of_its_day(given, words):
    assert stated_time(given) == words
