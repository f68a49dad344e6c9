"""Over two hundred sentences with what they say. One half was shut while the rules were made; `pytest -s` prints both halves."""

from collections import Counter

import pytest

from annotations.factuality import read
from tests.annotations.pure.conftest import VIEW
from tests.annotations.pure.factuality.sentences import OFFER, OPEN, sentences, verdict

READ, OFFERED = 0.97, 0.9
STATED = ("status", "polarity", "certainty")


@pytest.fixture(scope="module")
def counts():
    found = Counter()
    for sentence in sentences():
        readings = read(sentence.text, [[sentence.trigger]], VIEW, sentence.label, sentence.language)
        for code, expected in sentence.expected.items():
            kind = "open" if expected == OPEN else "offered" if expected.startswith(OFFER) else "plain"
            own = code if code in STATED else "own"
            found[sentence.is_shut, own, kind, verdict(expected, readings.get(code))] += 1
    for is_shut in (False, True):
        for own in (*STATED, "own"):
            rows = {f"{key[2]}: {key[3]}": n for key, n in sorted(found.items()) if key[:2] == (is_shut, own)}
            print("shut" if is_shut else "open", own, rows)
    return found


def share(counts, is_shut, right, wrong):
    of = Counter()
    for (half, _, _, found), number in counts.items():
        of[found] += number if half == is_shut else 0
    return of[right] / (of[right] + of[wrong])


@pytest.mark.parametrize("is_shut", [False, True])
def test_what_is_read_is_right(counts, is_shut):
    assert share(counts, is_shut, "right", "wrong") >= READ


@pytest.mark.parametrize("is_shut", [False, True])
def test_what_is_offered_first_is_right(counts, is_shut):
    assert share(counts, is_shut, "first", "other") >= OFFERED


@pytest.mark.parametrize("is_shut", [False, True])
def test_most_of_what_the_words_say_plainly_is_read(counts, is_shut):
    plain = Counter()
    for (half, _, kind, found), number in counts.items():
        plain[found] += number if half == is_shut and kind == "plain" else 0
    assert plain["right"] / plain.total() >= 0.9


def test_each_type_of_event_has_each_of_the_nine_ways():
    """Told not to, did not, denied, will, plans, ordered, is expected, can, if: the first nine of each type, in this order."""
    by_label = Counter(sentence.label for sentence in sentences() if sentence.language == "en")
    assert len(by_label) == len(VIEW.labels("EVENT"))
    assert min(by_label.values()) >= 9
    assert Counter(sentence.language == "en" for sentence in sentences())[False] >= 24
