"""Two hundred dates in sentences of news; `pytest -s` prints both halves."""

from collections import Counter

import pytest

from annotations.text import edtf
from tests.annotations.pure.dates.news import LANGUAGES, VERDICTS, news_dates


@pytest.fixture(scope="module")
def counts():
    found = Counter((date.language, date.is_shut, date.verdict) for date in news_dates())
    for language in LANGUAGES:
        for is_shut in (True, False):
            row = {state: found[language, is_shut, state] for state in VERDICTS}
            print(language, "shut" if is_shut else "open", row)
    return found


def test_there_are_two_hundred_in_two_halves_of_a_like_size(counts):
    shut = sum(count for (_, is_shut, _), count in counts.items() if is_shut)
    assert sum(counts.values()) == 200
    assert 90 <= shut <= 110


def test_what_is_expected_is_edtf():
    for date in news_dates():
        if date.expected != "open":
            edtf.bounds(date.expected)
