"""Numbers in words, fractions, coins, two units and the numerals of East Asia: what becomes of them in a reading."""

import pytest


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two hundred and five", 205),
        ("three million five hundred thousand", 3_500_000),
        ("4 thousand 3 hundred and 21", 4321),
        ("nine point nought four", 9.04),
        ("minus five point five", -5.5),
        ("two and three fifths", 2.6),
        ("3 million and a half", 3_500_000),
        ("one billion and a half million", 1_000_500_000),
        ("three quarters of a million", 750_000),
        ("2½", 2.5),
        ("2 1/4", 2.25),
        ("three lakh", 300_000),
        ("1.3x10^6", 1_300_000),
        ("12e3", 12_000),
        (".25", 0.25),
        ("1.2M", 1_200_000),
        ("three dozens", 36),
        ("a couple of hundred", 200),
        ("四千零五万", 40_050_000),
        ("四万亿", 4_000_000_000_000),
        ("五十五点五七九", 55.579),
        ("负一又二分之一", -1.5),
        ("이십만 이천", 202_000),
        ("2억 4천 7백만", 247_000_000),
        ("스물여섯", 26),
        ("백 스물두 명", 122),
        ("이십삼과 오분의 삼", 23.6),
        ("마이너스 오점 오", -5.5),
    ],
)
def test_however_it_is_written_it_is_one_number(value, words, number):
    assert value(words) == ("eq", number, number)


def test_the_last_digit_of_a_chinese_number_may_stand_for_the_next_scale(value):
    assert value("二百五", "zh") == ("eq", 250, 250)
    assert value("二百五", "ja") == ("eq", 205, 205)
    assert value("二百零五", "zh") == ("eq", 205, 205)


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("five eighths", 62.5),
        ("two out of five hundred", 0.4),
        ("one over three", 33.33),
        ("1/3", 33.33),
        ("千分之一", 0.1),
        ("삼분의 일", 33.33),
        ("3分の1", 33.33),
        ("七成六", 76),
        ("9折", 90),
        ("六个百分点", 6),
        ("二割五分", 25),
    ],
)
def test_a_part_of_a_whole_is_a_percentage(says, words, percent):
    found = says(words)
    assert (found["low"], found["high"], found["unit"]) == (percent, percent, "%")


@pytest.mark.parametrize(
    ("words", "low", "unit"),
    [("3/4 hour", 0.75, "h"), ("a third of a ton", 0.333333, "t"), ("½ mile", 0.5, None), ("half a ton", 0.5, "t")],
)
def test_a_part_of_a_unit_is_a_number(says, words, low, unit):
    found = says(words)
    assert (found["low"], found.get("unit")) == (low, unit)


def test_a_second_is_no_half(says):
    assert "unit" not in says("one second")


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("thirteen dollars and forty-five cents", 13.45, "USD"),
        ("15 dollars 50", 15.5, "USD"),
        ("50元6角三分", 50.63, "CNY"),
        ("64달러 45센트", 64.45, "USD"),
        ("120 MEUR", 120_000_000, "EUR"),
        ("북한 돈 800만 원", 8_000_000, "KPW"),
    ],
)
def test_coins_are_added_to_the_amount(says, words, amount, currency):
    found = says(words)
    assert (found["low"], found["high"], found["currency"]) == (amount, amount, currency)
    assert "warnings" not in found


def test_a_dollar_that_the_scheme_lacks_is_no_other_dollar(says):
    found = says("5 million Canadian dollars")
    assert found["low"] == 5_000_000
    assert "currency" not in found
    assert found["warnings"] == ("a currency that the scheme lacks",)


@pytest.mark.parametrize(
    ("words", "low", "unit"),
    [
        ("8 days and 20 hours", 212, "h"),
        ("8天20时", 212, "h"),
        ("1시간 30분", 1.5, "h"),
        ("one year and six months", 18, "mo"),
        ("a year and a half", 1.5, "a"),
        ("三年半", 3.5, "a"),
        ("两个半月", 2.5, "mo"),
        ("30 minutes", 0.5, "h"),
        ("4 square kilometres", 4_000_000, "m2"),
        ("40 g", 0.04, "kg"),
    ],
)
def test_two_units_and_decimal_multiples_become_one_unit(says, words, low, unit):
    found = says(words)
    assert (found["low"], found["high"], found["unit"]) == (low, low, unit)


def test_a_range_over_two_units_is_said_in_the_smaller(says):
    found = says("6 months to 1 year")
    assert (found["low"], found["high"], found["unit"]) == (6, 12, "mo")


def test_months_and_days_are_not_added(says):
    assert "more than one number" in says("2 months and 10 days")["warnings"]


@pytest.mark.parametrize(
    "words",
    [
        "more than 10 and less than 40",
        "at most 40 and at least 10",
        "above 10 and below 40",
        "between ten and forty",
        "10보다 크고 40보다 작거나 같다",
        "40 이하, 10 이상",
        "10과 40 사이",
        "大于10并少于40",
        "10与40之间",
    ],
)
def test_two_bounds_are_a_range(value, words):
    assert value(words) == ("between", 10, 40)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        (">10", "gt"),
        (">= 10", "ge"),
        ("≤10", "le"),
        ("more than 10 or equal to", "ge"),
        ("greater than or equal to 10", "ge"),
        ("10보다 크거나 같다", "ge"),
        ("10이거나 그보다 작다", "le"),
        ("大于或等于10", "ge"),
        ("二十余万", "gt"),
    ],
)
def test_a_bound_is_open_or_closed(says, words, comparator):
    assert says(words)["comparator"] == comparator


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("四五千人", 4000, 5000),
        ("二、三か月", 2, 3),
        ("두세 명", 2, 3),
        ("4〜5割", 40, 50),
        ("5k-20k", 5000, 20000),
        ("-10 to 15", -10, 15),
    ],
)
def test_neighbouring_numbers_are_a_range(value, words, low, high):
    assert value(words) == ("between", low, high)


@pytest.mark.parametrize("words", ["이 지역 노동자 2천 명", "한국인 2천 명", "북한 일꾼 2000명", "일본인 2천 명 정도"])
def test_syllables_of_other_words_are_no_numbers(says, words):
    found = says(words)
    assert (found["low"], found["high"]) == (2000, 2000)
    assert "warnings" not in found


def test_a_figure_per_head_suggests_it(says):
    assert says("1인당 3천 위안")["per_count_n"] == 1
    assert says("1인당 3천 위안")["low"] == 3000
