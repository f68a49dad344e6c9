import pytest


@pytest.mark.parametrize(
    "words",
    [
        "September 4",
        "Sept. 4, 2017",
        "4 September 2017",
        "4th of September",
        "September 2017",
        "2017-09-04",
        "2017年",
        "2017年9月4日",
        "9月4日",
        "2017년 9월 4일",
        "9월 4일",
    ],
)
def test_a_date_has_no_value(says, words):
    assert says(words) == {"warnings": ("date",)}


@pytest.mark.parametrize(
    "words",
    [
        "Resolution 2371",
        "resolution 2371 (2017)",
        "UNSCR 2397",
        "No. 5",
        "paragraph 11",
        "¶8",
        "Article 41",
        "IMO 8832784",
        "決議2371",
    ],
)
def test_a_reference_number_has_no_value(says, words):
    assert says(words) == {"warnings": ("reference number",)}


@pytest.mark.parametrize("words", ["third", "2nd", "21st", "第三", "제3"])
def test_an_ordinal_has_no_value(says, words):
    assert says(words)["warnings"][0] in ("ordinal", "reference number")
    assert "low" not in says(words)


def test_the_time_of_day_has_no_value(says):
    assert says("12:30") == {"warnings": ("time of day",)}


def test_a_number_that_could_be_a_year_is_read_and_doubted(says):
    assert says("2017") == {"low": 2017, "high": 2017, "comparator": "eq", "warnings": ("perhaps a year",)}
    assert "warnings" not in says("2,017")
    assert "warnings" not in says("2017 workers")


def test_a_figure_beside_a_date_is_read(says):
    found = says("300 … September 4")
    assert found["low"] == 300
    assert found["warnings"] == ("date",)


def test_may_is_a_month_only_beside_a_day(says):
    assert "warnings" not in says("may 300")
    assert says("May 20")["warnings"] == ("date",)


@pytest.mark.parametrize("words", ["", " ", "workers", "…", "-", "%", "$", "per month", "about", "percent of"])
def test_words_without_a_number_have_no_value(says, words):
    assert says(words) == {}


def test_an_absurd_number_is_not_read(says):
    assert says("9" * 40) == {"warnings": ("too large",)}
    assert says("999999999999 trillion trillion")["warnings"] != ()
