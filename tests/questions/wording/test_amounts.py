"""Values of rows in words."""

from decimal import Decimal

import pytest

from questions.wording.amounts import amount_words, sources_words


def value(low=None, high=None, **more):
    ends = {"low": None if low is None else Decimal(low), "high": None if high is None else Decimal(high)}
    empty = {
        "comparator": "eq",
        "approximate": False,
        "vague": False,
        "unit": "",
        "currency": "",
        "per_period": "",
        "per_count": None,
    }
    return {**empty, **ends, **more}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (value("300.000000", "300.000000"), "300"),
        (value("1200000.5", "1200000.5"), "1,200,000.5"),
        (value("5000", "7000", approximate=True), "about 5,000 to 7,000"),
        (value("20", comparator="gt"), "more than 20"),
        (value(None, "20", comparator="lt"), "less than 20"),
        (value("20", comparator=""), "at least 20"),
        (value("50", comparator="gt", unit="%"), "more than 50 %"),
        (
            value("45000", "45000", currency="CNY", per_period="P1M", per_count=Decimal("300.000000")),
            "CNY 45,000 a month for every 300",
        ),
        (value("20", comparator="gt", currency="CNY"), "more than CNY 20"),
        (value("3", "3", unit="t"), "3 tonnes"),
        (value("24", "999", currency="USD", vague=True, approximate=True), "USD 24 to 999 (vague)"),
        (value(), "value not stated"),
    ],
)
def test_a_value_is_as_it_was_stated(given, words):
    assert amount_words(given) == words


@pytest.mark.parametrize(
    ("fewest", "most", "exact", "words"),
    [
        (0, 0, True, "no source"),
        (1, 1, True, "1 source"),
        (2, 3, True, "2 to 3 sources"),
        (3, 3, True, "3 sources"),
        (9, 14, False, "at least 9 to 14 sources"),
    ],
)
def test_sources_are_counted_as_far_as_they_are_known_apart(fewest, most, exact, words):
    assert sources_words({"fewest": fewest, "most": most, "exact": exact}) == words
