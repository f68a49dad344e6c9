"""A forecast is as sure as the weeks that it is drawn from."""

import pytest

from annotations.queries.forecast import HORIZON, Forecast, forecast


@pytest.mark.parametrize(("weekly", "left", "low", "high"), [([5] * 12, 20, 4, 4), ([5] * 4, 21, 5, 5), ([0, 10] * 6, 20, 2, 7)])
def test_even_weeks_are_sure_and_uneven_ones_are_not(weekly, left, low, high):
    # Of fair coins, the second head comes with the second throw in 25 %, by the sixth in 89 %, by the seventh in 94 %.
    assert forecast(weekly, left) == Forecast(low, high)


def test_only_the_last_weeks_count_and_too_few_say_nothing():
    assert forecast([1_000] * 20 + [1] * 12, 10) == Forecast(10, 10)
    assert forecast([5, 5, 5], 10) is None
    assert forecast([0] * 12, 10) is None
    assert forecast([5] * 12, 0) is None


def test_it_ends_where_hardly_anything_is_submitted():
    assert forecast([0] * 11 + [1], 1_000_000) == Forecast(HORIZON, HORIZON)


def test_four_of_five_futures_lie_within():
    """Weeks that come as those before: the true end is inside the interval in about 80 of 100 histories."""
    from random import Random

    random = Random(7)
    inside = 0
    for _ in range(200):
        history = [random.choice([2, 4, 6, 8, 10]) for _ in range(12)]
        told, left, week = forecast(history, 60), 60, 0
        while left > 0:
            left -= random.choice([2, 4, 6, 8, 10])
            week += 1
        inside += told.low <= week <= told.high
    assert 140 <= inside <= 190
