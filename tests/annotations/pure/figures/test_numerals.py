from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.figures import eastern
from annotations.figures.numerals import find, from_digits
from annotations.figures.reader import in_digits
from tests.annotations.pure.conftest import VIEW


def values(text, language="en", *, money=False):
    return [number.value for number in find(in_digits(text, VIEW, language), language, money=money)]


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("300", 300),
        ("45,000", 45000),
        ("7,800,000", 7800000),
        ("1,00,000", 100000),
        ("45 000", 45000),
        ("1 234 567", 1234567),
        ("45'000", 45000),
        ("45’000", 45000),
        ("1.234.567", 1234567),
        ("45.000,5", Decimal("45000.5")),
        ("45,000.5", Decimal("45000.5")),
        ("45,5", Decimal("45.5")),
        ("3.75", Decimal("3.75")),
        ("0,125", Decimal("0.125")),
        ("٣٠٠", 300),
    ],
)
def test_separators_group_or_part_by_what_follows_them(digits, number):
    assert values(digits) == [number]


def test_a_single_point_before_three_digits_depends_on_the_language():
    assert values("45.000", "en") == [45]
    assert values("45.000", "de") == [45000]
    assert values("45.000", "pt-BR") == [45000]
    assert from_digits("45.00", "de") == 45


def test_a_year_and_a_number_are_not_grouped():
    assert values("2017 300") == [2017, 300]


@given(st.integers(0, 10**12))
def test_grouped_digits_are_the_number(number):
    for grouped in (f"{number:,}", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "'")):
        assert values(grouped) == [number]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one million", 10**6),
        ("thirteen", 13),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("five hundred", 500),
        ("eleven hundred", 1100),
        ("two hundred and fifty-three", 253),
        ("a hundred and one", 101),
        ("three hundred thousand", 300000),
        ("three million five hundred thousand", 3500000),
        ("1 million 200 thousand", 1200000),
        ("a hundred", 100),
        ("a dozen", 12),
        ("12 dozen", 144),
        ("half a dozen", 6),
        ("half a million", 500000),
        ("one and a half million", 1500000),
        ("2 and a half", Decimal("2.5")),
        ("7.8 million", 7800000),
        ("1.2 billion", 1200000000),
        ("45k", 45000),
        ("3.5bn", 3500000000),
        ("2.5 bn", 2500000000),
        ("zero", 0),
    ],
)
def test_words_are_numbers(words, number):
    assert values(words) == [number]


@pytest.mark.parametrize("words", ["", "a", "half", "and", "an hour", "someone", "tone", "bn"])
def test_other_words_are_none(words):
    assert values(words) == []


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("one and two", [1, 2]),
        ("two three", [2, 3]),
        ("twenty, five", [20, 5]),
        ("100 and 50", [100, 50]),
        ("4k to 5k", [4000, 5000]),
        ("a hundred and", [100]),
        ("five hundred, two thousand", [500, 2000]),
    ],
)
def test_two_numbers_stay_two(words, numbers):
    assert values(words) == numbers


def test_m_is_a_million_only_of_money():
    assert values("120m", money=True) == [120000000]
    assert values("120m") == [120]


def test_a_number_tells_where_it_stands_and_its_last_scale():
    (first, second) = find("5 to 7 million")
    assert (first.start, first.end, first.scale) == (0, 1, 1)
    assert (second.start, second.end, second.scale) == (5, 14, 10**6)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("4万5000", 45000),
        ("76万3000", 763000),
        ("1億2000万", 120000000),
        ("5千", 5000),
        ("三百", 300),
        ("三百二十", 320),
        ("一万二千", 12000),
        ("二〇一七", 2017),
        ("百", 100),
        ("十五", 15),
        ("两千", 2000),
        ("4만5000", 45000),
        ("4만 5000", 45000),
        ("1억 2천만", 120000000),
        ("3백", 300),
        ("1.5万", 15000),
    ],
)
def test_numbers_of_east_asia_are_read(words, number):
    assert eastern.value(words) == number
    assert values(words) == [number]


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_ten_thousands_add_up(large, small):
    if large:
        assert values(f"{large}万{small}") == [large * 10000 + small]


@given(st.text(st.sampled_from("0123456789.,' abdefhimnoruty-百万千억"), max_size=30))
def test_numbers_lie_apart_and_in_order(text):
    found = find(text)
    for number in found:
        assert 0 <= number.start < number.end <= len(text)
        assert number.value >= 0
    for one, other in pairwise(found):
        assert one.end <= other.start
