"""Two hundred and sixty dates in words. One half was shut while the reader was changed; `pytest -s` prints both halves."""

from collections import Counter

import pytest

from annotations.text import edtf
from tests.annotations.pure.dates.phrases import LANGUAGES, phrases, verdict

RIGHT = 0.97
WRONG = 0.01


@pytest.fixture(scope="module")
def counts():
    found = Counter((phrase.language, phrase.is_shut, verdict(phrase)) for phrase in phrases())
    for language in LANGUAGES:
        for is_shut in (False, True):
            row = {state: found[language, is_shut, state] for state in ("right", "silent", "wrong")}
            print(language, "shut" if is_shut else "open", row)
    return found


def share(counts, state, place, value):
    of = {key: count for key, count in counts.items() if key[place] == value}
    return sum(count for key, count in of.items() if key[2] == state) / sum(of.values())


@pytest.mark.parametrize("is_shut", [False, True])
def test_both_halves_are_right_and_hardly_ever_wrong(counts, is_shut):
    assert share(counts, "right", 1, is_shut) >= RIGHT
    assert share(counts, "wrong", 1, is_shut) <= WRONG


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_stays_behind(counts, language):
    assert share(counts, "right", 0, language) >= RIGHT


def test_there_are_enough_of_each_language():
    number = Counter(phrase.language for phrase in phrases())
    assert number["en"] >= 90
    assert min(number[language] for language in ("ko", "zh", "ja")) >= 20


def test_what_is_expected_is_edtf():
    for phrase in phrases():
        if phrase.edtf != "-":
            edtf.bounds(phrase.edtf)
