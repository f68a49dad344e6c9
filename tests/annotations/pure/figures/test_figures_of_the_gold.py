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
