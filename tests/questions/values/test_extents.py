"""Values against each other: equal, compatible or in conflict, and never by an exchange rate."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.values.extents import Value, ValueRelation, compare, extent, is_disputed

SIGNS = {">": "gt", ">=": "ge", "<": "lt", "<=": "le"}
SHAPE = re.compile(r"(?P<about>about )?(?P<sign>[<>]=?)?(?P<low>[\d.]+)(-(?P<high>[\d.]+))?(?P<rest>.*)")


def value(words):
    """ "about 300", ">20", "5000-7000", "45000 CNY P1M /300" as a value."""
    match = SHAPE.fullmatch(words)
    sign, low, high = SIGNS.get(match["sign"], ""), Decimal(match["low"]), match["high"] and Decimal(match["high"])
    rest = match["rest"].split()
    return Value(
        "PEOPLE",
        low=None if sign in ("lt", "le") else low,
        high=None if sign in ("gt", "ge") else high or low,
        comparator=sign or ("between" if high else "eq"),
        approximate=bool(match["about"]),
        currency=next((word for word in rest if word.isalpha()), ""),
        per_period=next((word for word in rest if word.startswith("P")), ""),
        per_count=next((Decimal(word[1:]) for word in rest if word.startswith("/")), None),
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("20", "20", "equal"),
        ("20", ">20", "conflict"),  # the photograph shows 20, the source says more than 20
        ("20", ">=20", "compatible"),
        ("20", "<20", "conflict"),
        (">20", "<21", "compatible"),
        (">20", "<=20", "conflict"),
        ("about 300", "315", "compatible"),  # 5 % of 300 are 15
        ("about 300", "316", "conflict"),
        ("300", "301", "conflict"),
        ("about 5000-7000", "about 20000", "conflict"),
        ("about 5000-7000", "7300", "compatible"),
        ("5000-7000", "7300", "conflict"),
        ("1-3", "3", "compatible"),
        ("1-3", "3-5", "compatible"),
        (">50", "50", "conflict"),
        ("about >50", "50", "compatible"),
        ("0", "<5", "compatible"),
        ("45000 CNY P1M /300", "45000 KPW P1M /300", "none"),
        ("45000 CNY P1M /300", "45000 CNY P1M", "none"),
        ("45000 CNY P1M /300", "45000 CNY P1M /300.0", "equal"),
        ("12000 CNY P1Y", "12000 CNY P12M", "equal"),
        ("12000 CNY P1Y", "13000 CNY P12M", "conflict"),
        ("12000 CNY P1Y", "12000 CNY P1M", "none"),
        ("12000 CNY P1Y", "12000 CNY P1W", "none"),
    ],
)
def test_two_values(one, other, expected):
    assert compare(value(one), value(other)) == expected
    assert compare(value(other), value(one)) == expected


def test_an_end_that_is_not_stated_is_open():
    assert extent(value(">20")) == (20, False, None, False)
    assert extent(value("<20")) == (0, True, 20, False)
    assert extent(value("about >20")) == (19, True, None, False)


def test_some_values_are_disputed_when_any_two_are_in_conflict():
    assert is_disputed([value("20"), value(">=20"), value("<20")])
    assert not is_disputed([value("20"), value(">=20"), value("20 CNY")])
    assert not is_disputed([])


NUMBERS = st.integers(0, 50).map(Decimal)


@st.composite
def values(draw):
    sign = draw(st.sampled_from(["eq", "gt", "ge", "lt", "le", "between"]))
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    return Value(
        draw(st.sampled_from(["PEOPLE", "ITEMS"])),
        low=None if sign in ("lt", "le") else low,
        high=None if sign in ("gt", "ge") else low if sign == "eq" else high,
        comparator=sign,
        approximate=draw(st.booleans()),
    )


@given(values(), values())
def test_the_order_makes_no_difference_and_what_is_equal_is_no_conflict(one, other):
    assert compare(one, other) == compare(other, one)
    assert compare(one, one) is ValueRelation.EQUAL
    assert not is_disputed([one, one])


@given(values(), NUMBERS)
def test_a_number_is_in_conflict_with_a_value_exactly_when_it_lies_outside(one, number):
    low, has_low, high, has_high = extent(one)
    above = number > low or (has_low and number == low)
    below = high is None or number < high or (has_high and number == high)
    point = Value(one.label, number, number, "eq")
    assert (compare(one, point) is ValueRelation.CONFLICT) == (not (above and below))
