"""Two hundred dates in sentences of news; `pytest -s` prints both halves."""

from collections import Counter

import pytest

from annotations.text import edtf
from tests.annotations.pure.dates.news import LANGUAGES, VERDICTS, news_dates

RIGHT = 0.9
CONTRADICTS = 0.02


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


@pytest.mark.parametrize("is_shut", [True, False])
def test_both_halves_are_read_to_the_grain_of_the_words(counts, is_shut):
    of = Counter()
    for (_, half, state), count in counts.items():
        of[state] += count if half == is_shut else 0
    assert of["right"] >= RIGHT * of.total()
    assert of["contradicts"] <= CONTRADICTS * of.total()


def test_what_is_expected_is_edtf():
    for date in news_dates():
        if date.expected != "open":
            edtf.bounds(date.expected)
