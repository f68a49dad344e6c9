from decimal import Decimal

import pytest

from annotations.derived.numbers import decimal, exact, plain, rounded, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("45000", "45,000"),
        ("150", "150"),
        ("1000000", "1,000,000"),
        ("173.3333", "173.33"),
        ("15.0", "15"),
        ("0.5", "0.5"),
        ("0", "0"),
        ("-1234.5", "-1,234.5"),
        ("2.005", "2.01"),
        ("1E+3", "1,000"),
    ],
)
def test_a_number_is_written_as_people_write_it(value, text):
    assert written(Decimal(value)) == text


def test_places_may_be_fewer():
    assert written(Decimal("56.666"), 1) == "56.7"
    assert written(Decimal("56.04"), 1) == "56"


@pytest.mark.parametrize(("value", "number"), [("150.00", 150), ("173.3333", 173.33), ("0.005", 0.01)])
def test_json_has_whole_numbers_without_a_point(value, number):
    found = plain(Decimal(value))
    assert found == number
    assert type(found) is type(number)


def test_halves_are_rounded_up():
    assert rounded(Decimal("0.125"), 2) == Decimal("0.13")


def test_a_json_number_is_taken_as_it_stands():
    assert decimal(0.1) == Decimal("0.1")
    assert decimal(None) is None


@pytest.mark.parametrize(("low", "high", "value"), [(300, 300, 300), (5, 7, None), (300, None, None), (None, None, None)])
def test_only_one_number_is_exact(low, high, value):
    assert exact({"attributes": {"low": low, "high": high}}) == value
    assert exact(None) is None


def test_as_many_digits_as_two_figures_can_make():
    """The largest share of the smallest amount, in percent."""
    largest, smallest = Decimal("9" * 24), Decimal("0.000001")
    share = largest * 100 / smallest
    assert plain(share) == int(share)
    assert written(share).startswith("99,999,")
