import pytest


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("300 per month", "P1M"),
        ("300 … per month", "P1M"),
        ("300 a month", "P1M"),
        ("300 every month", "P1M"),
        ("300 each month", "P1M"),
        ("300/month", "P1M"),
        ("300 monthly", "P1M"),
        ("300 per year", "P1Y"),
        ("300 a year", "P1Y"),
        ("300 annually", "P1Y"),
        ("300 per annum", "P1Y"),
        ("300 a day", "P1D"),
        ("300 … every day", "P1D"),
        ("300 daily", "P1D"),
        ("300 a week", "P1W"),
        ("300 every two weeks", "P2W"),
        ("300 every 3 months", "P3M"),
        ("300 every other day", "P2D"),
        ("300 per quarter", "P3M"),
        ("300 an hour", "PT1H"),
        ("月額300ドル", "P1M"),
        ("毎月300人", "P1M"),
        ("1か月に300元", "P1M"),
        ("每月300元", "P1M"),
        ("300元/月", "P1M"),
        ("매달 300달러", "P1M"),
        ("毎年300人", "P1Y"),
    ],
)
def test_a_period_is_an_iso_duration(says, words, period):
    found = says(words)
    assert found["per_period"] == period
    assert found["low"] == 300


def test_a_month_by_itself_is_a_length_of_time(says):
    assert says("a month") == {"low": 1, "high": 1, "comparator": "eq", "unit": "mo", "label": "DURATION"}
    assert says("over a month") == {"low": 1, "comparator": "gt", "unit": "mo", "label": "DURATION"}
    assert says("half a year") == {"low": 0.5, "high": 0.5, "comparator": "eq", "unit": "a", "label": "DURATION"}


def test_a_period_without_a_number_is_no_figure(says):
    assert says("every two weeks") == {}
    assert says("per month") == {}


def test_the_month_of_a_date_is_no_period(says):
    assert "per_period" not in says("4月に300人")
    assert "per_period" not in says("9월 300명")


def test_for_every_n_is_a_suggestion_beside_the_value(says):
    found = says("45,000 RMB per month for every 300 people")
    assert (found["low"], found["per_period"], found["per_count_n"]) == (45000, "P1M", 300)
    assert says("20 per 100 workers")["per_count_n"] == 100
    assert says("for every 300 people") == {}


@pytest.mark.parametrize(
    ("words", "low", "unit"),
    [
        ("24 months", 24, "mo"),
        ("nine-month", 9, "mo"),
        ("3 years", 3, "a"),
        ("a decade", 10, "a"),
        ("two weeks", 2, "wk"),
        ("a fortnight", 2, "wk"),
        ("48 hours", 48, "h"),
        ("10 days", 10, "d"),
        ("two and a half months", 2.5, "mo"),
        ("15か月", 15, "mo"),
        ("3年間", 3, "a"),
        ("24个月", 24, "mo"),
        ("24개월", 24, "mo"),
    ],
)
def test_a_length_of_time_has_a_unit_of_time(says, words, low, unit):
    found = says(words)
    assert (found["low"], found["unit"], found["label"]) == (low, unit, "DURATION")


@pytest.mark.parametrize(
    ("words", "low", "unit"),
    [
        ("500,000 barrels", 500000, "[bbl_us]"),
        ("2,000 tonnes", 2000, "t"),
        ("2,000 metric tons", 2000, "t"),
        ("2000t", 2000, "t"),
        ("40 kg", 40, "kg"),
        ("40㎏", 40, "kg"),
        ("12 km", 12, "km"),
        ("200 nautical miles", 200, "[nmi_i]"),
        ("3 hectares", 3, "har"),
        ("10 kWh", 10000, "W.h"),
        ("700 MW", 700, "MW"),
        ("2000吨", 2000, "t"),
        ("5トン", 5, "t"),
        ("50톤", 50, "t"),
    ],
)
def test_a_quantity_has_a_unit_of_ucum(says, words, low, unit):
    found = says(words)
    assert (found["low"], found["unit"], found["label"]) == (low, unit, "QUANTITY")


def test_a_unit_may_stand_with_both_ends_of_a_range(says):
    found = says("1 month to 3 months")
    assert (found["low"], found["high"], found["unit"]) == (1, 3, "mo")


@pytest.mark.parametrize(
    "words",
    ["56%", "56 percent", "56 per cent", "56 percentage points", "56％", "56퍼센트", "56パーセント", "百分之五十六", "5割6分"],
)
def test_a_percentage_has_the_unit_percent(says, words):
    found = says(words)
    assert (found["low"], found["unit"], found["label"]) == (56, "%", "SHARE")


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("half", 50),
        ("a third", 33.33),
        ("two thirds", 66.67),
        ("two-thirds", 66.67),
        ("three quarters", 75),
        ("a quarter", 25),
        ("one fifth", 20),
        ("3/4 of", 75),
        ("⅔", 66.67),
        ("one in three", 33.33),
        ("nine out of ten", 90),
        ("一半", 50),
        ("半数", 50),
        ("절반", 50),
        ("三分之二", 66.67),
    ],
)
def test_a_fraction_is_a_percentage(says, words, percent):
    found = says(words)
    assert (found["low"], found["high"], found["unit"]) == (percent, percent, "%")


def test_a_range_of_fractions_is_a_range_of_percentages(value):
    assert value("a third to half") == ("between", 33.33, 50)


def test_half_before_a_scale_or_a_unit_is_a_number(says):
    assert says("half a million euros")["low"] == 500000
    assert "unit" not in says("half a million euros")
    assert says("half a year")["unit"] == "a"


def test_what_is_no_fraction_is_not_read_as_one(says):
    assert "unit" not in says("9/4")
    assert "unit" not in says("four")
    assert says("1/0 of").get("unit") is None


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("300人", "PEOPLE"),
        ("300 workers", "PEOPLE"),
        ("300명", "PEOPLE"),
        ("13 vessels", "ITEMS"),
        ("3隻", "ITEMS"),
        ("three times", "ITEMS"),
        ("three times a week", "RATE"),
        ("5% a month", "RATE"),
        ("300", None),
    ],
)
def test_a_counter_tells_people_from_things(says, words, label):
    assert says(words).get("label") == label
