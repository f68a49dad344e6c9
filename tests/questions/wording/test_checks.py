from decimal import Decimal

import pytest

from annotations.derived.checks import CODES
from annotations.derived.checks import RESULTS as RESULTS_OF_CHECKS
from questions.values.extents import Extent
from questions.values.sums import APART, PairReason
from questions.wording.checks import CHECKS, REASONS, RESULTS, reach_words, remedy

PEOPLE = {"unit": "", "currency": "", "per_period": "", "per_count": None}


@pytest.mark.parametrize(
    ("low", "has_low", "high", "has_high", "words"),
    [
        (300, True, 300, True, "300"),
        (115, True, 125, True, "115 to 125"),
        (1500, False, None, False, "more than 1,500"),
        (20, True, None, False, "at least 20"),
        (5, True, 30, False, "at least 5 and less than 30"),
        (5, False, 30, True, "more than 5 and at most 30"),
    ],
)
def test_how_far_a_sum_reaches(low, has_low, high, has_high, words):
    assert reach_words(Extent(Decimal(low), has_low, high and Decimal(high), has_high), PEOPLE) == words


def test_in_what_it_is():
    measure = {"unit": "", "currency": "CNY", "per_period": "P1M", "per_count": Decimal(300)}
    assert reach_words(Extent(Decimal(10), True, Decimal(10), True), measure) == "10 CNY a month for every 300"


def test_every_check_result_and_reason_has_words():
    assert (tuple(CHECKS), tuple(RESULTS)) == (CODES, RESULTS_OF_CHECKS)
    assert set(REASONS) == set(PairReason)
    assert all(remedy(reason) for reason in PairReason if reason not in APART)
