"""Every figure of the worked article is read as its analysts valued it."""

import pytest

from annotations.figures import read
from annotations.rules.figures import agree
from tests.annotations.pure.conftest import GOLD

FIGURES = [item for item in GOLD["mentions"] if item["layer"] == "FIGURE"]
CONVERSIONS = {link["source"] for link in GOLD["relations"] if link["type"] == "equivalent_to"}
READ = ("low", "high", "comparator", "approximate", "vague", "statistic", "unit", "currency", "currency_basis", "per_currency")


def test_the_gold_has_thirteen_figures():
    assert len(FIGURES) == 13


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure['id']} {figure['quote']}")
def test_a_figure_has_the_values_of_the_gold(figure, scheme):
    reading = read(figure["quote"], scheme)
    assert {field: getattr(reading, field) for field in READ} == {field: figure["attributes"][field] for field in READ}


@pytest.mark.parametrize("figure", [item for item in FIGURES if item["id"] not in CONVERSIONS], ids=lambda figure: figure["id"])
def test_a_figure_has_the_period_of_the_gold(figure, scheme):
    assert read(figure["quote"], scheme).per_period == figure["attributes"]["per_period"]


@pytest.mark.parametrize("figure", [item for item in FIGURES if item["id"] in CONVERSIONS], ids=lambda figure: figure["id"])
def test_the_period_of_a_conversion_is_that_of_its_main_figure_and_not_in_its_words(figure, scheme):
    assert figure["attributes"]["per_period"]
    assert read(figure["quote"], scheme).per_period is None


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["id"])
def test_a_label_is_guessed_right_or_not_at_all(figure, scheme):
    assert read(figure["quote"], scheme).label in (None, figure["label"])


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["id"])
def test_nothing_about_a_figure_of_the_gold_is_doubted(figure, scheme):
    reading = read(figure["quote"], scheme)
    assert reading.warnings == ()
    assert agree(reading.low, reading.high, reading.comparator)


REFERRING = {"use", "per_count", "counted", "counted_text", "of_whole", "credibility", "note", "equivalent_to"}


def test_no_field_of_the_gold_is_left_out_but_those_that_refer_to_other_marks():
    assert {field for figure in FIGURES for field in figure["attributes"]} <= {*READ, *REFERRING, "per_period"}


# Journey 3, in the words and by the numbers of its observations.
B1 = {"low": 5000, "high": 7000, "comparator": "between", "approximate": True}
B2 = {
    "more than half": {"comparator": "gt", "low": 50, "unit": "%", "label": "SHARE"},
    "1 to 3 months": {"comparator": "between", "low": 1, "high": 3, "unit": "mo", "label": "DURATION"},
    "dozens to hundreds of dollars": {
        "comparator": "between", "low": 24, "high": 999, "vague": True, "approximate": True,
        "currency": "USD", "currency_basis": "inferred", "label": "MONEY",
    },
    "approximately one million KPW": {
        "comparator": "eq", "low": 1_000_000, "high": 1_000_000, "approximate": True,
        "currency": "KPW", "currency_basis": "stated", "label": "MONEY",
    },
}  # fmt: skip
B3 = {
    "comparator": "eq", "low": 45_000, "high": 45_000, "statistic": "mean", "per_period": "P1M",
    "currency": "CNY", "currency_basis": "stated", "label": "MONEY",
}  # fmt: skip


def test_journey_3_b1_a_range_is_read_at_once(says):
    assert says("approximately 5000 to 7000") == B1


@pytest.mark.parametrize("words", B2)
def test_journey_3_b2_shares_times_and_money_are_read_at_once(says, words):
    assert says(words) == B2[words]


def test_journey_3_b3_two_fragments_are_one_value(says):
    assert says("average of 45,000 RMB … per month") == B3


@pytest.mark.parametrize(
    ("words", "amount", "currency", "approximate"),
    [("4万5000元", 45_000, "CNY", False), ("約76万3000円", 763_000, "JPY", True)],
)
@pytest.mark.parametrize("language", ["ja", "zh-Hans", "en"])
def test_journey_3_a2_amounts_of_east_asia(says, words, amount, currency, approximate, language):
    found = says(words, language)
    assert (found["low"], found["high"], found["currency"]) == (amount, amount, currency)
    assert found.get("approximate", False) is approximate
