"""Units of oil, gas, ships and land; and that no reading is a reason to refuse a mark, whatever its label."""

import copy
from decimal import Decimal

import pytest

from annotations import figures
from annotations.figures import read, values_under_label
from annotations.figures.lexicon import ALL
from annotations.native.view import NativeContext
from annotations.rules import WRITE
from annotations.scheme.view import SchemeView
from tests.annotations.pure.conftest import SCHEME, VIEW

LABELS = [label["code"] for layer in VIEW.layers_of("figure") for label in layer["labels"]]


@pytest.mark.parametrize(
    ("words", "low", "unit", "period"),
    [
        ("4,000 b/d", 4000, "[bbl_us]", "P1D"),
        ("675,000 bpd", 675000, "[bbl_us]", "P1D"),
        ("3 mb/d", 3_000_000, "[bbl_us]", "P1D"),
        ("500,000 barrels per day", 500_000, "[bbl_us]", "P1D"),
        ("500,000 bbl", 500_000, "[bbl_us]", None),
        ("20 mt", 20, "t", None),
        ("10 kt", 10_000, "t", None),
        ("105,000 dwt", 105_000, "DWT", None),
        ("300,000 deadweight tonnes", 300_000, "DWT", None),
        ("1.2 million TEUs", 1_200_000, "TEU", None),
        ("3 MMBtu", 3_000_000, "[Btu]", None),
        ("50 sq km", 50_000_000, "m2", None),
        ("200 sq m", 200, "m2", None),
        ("5 hectares", 5, "har", None),
        ("5 acres", 5, "[acr_us]", None),
        ("60 MW", 60, "MW", None),
        ("30 GWh", 30_000_000_000, "W.h", None),
        ("5 nautical miles", 5, "[nmi_i]", None),
        ("40 cubic metres", 40, "m3", None),
        ("40 mcm/d", 40_000_000, "m3", "P1D"),
        ("3 bcm", 3_000_000_000, "m3", None),
        ("2 tcf", 2_000_000_000_000, "[cft_i]", None),
    ],
)
def test_a_unit_of_the_trade_is_read_under_quantity(words, low, unit, period):
    reading = values_under_label(read(words, VIEW), VIEW, "FIGURE", "QUANTITY")
    assert (reading["low"], reading["unit"], reading.get("per_period")) == (low, unit, period)


def test_barrels_of_oil_equivalent_are_no_barrels_and_no_days():
    reading = read("4,000 boe/d", VIEW)
    assert (reading.low, reading.unit, reading.warnings) == (4000, None, ("a unit that the scheme lacks",))


def refusals(values, label):
    """What the rules that refuse say of a mark with these values."""
    values = {code: float(value) if isinstance(value, Decimal) else value for code, value in values.items()}
    item = {"id": "1", "layer": "FIGURE", "label": label, "fragments": [{"start": 0, "end": 1}], "attributes": values}
    context = NativeContext({"mentions": [item]}, "x", VIEW)
    rules = [rule for rule in WRITE["span"] if rule.__name__.startswith("fig_")]
    return [found for rule in rules for found in rule(item, context)]


@pytest.mark.parametrize("label", LABELS)
def test_no_reading_is_refused_under_any_label(label):
    words = [*ALL.units, *ALL.other_units, *ALL.currencies, *ALL.percent, *ALL.people, *ALL.fractions, *ALL.periods]
    for word in words:
        for phrase in (f"more than 4,000 {word}", f"4.5 {word}", f"5 to 7 {word} a day", f"dozens of {word}"):
            assert refusals(values_under_label(read(phrase, VIEW), VIEW, "FIGURE", label), label) == [], phrase


def test_the_test_can_fail():
    reading = read("4 days", VIEW)
    assert refusals({"low": 4, "high": 4, "comparator": "eq", "unit": reading.unit}, "QUANTITY")


def test_a_unit_without_a_place_leaves_the_number_unless_it_was_converted():
    assert values_under_label(read("4 days", VIEW), VIEW, "FIGURE", "QUANTITY")["low"] == 4
    assert "unit" not in values_under_label(read("4 days", VIEW), VIEW, "FIGURE", "QUANTITY")
    for label in ("QUANTITY", "PEOPLE"):
        assert "low" not in values_under_label(read("30 minutes", VIEW), VIEW, "FIGURE", label)


def test_a_scheme_without_a_unit_leaves_it_open_with_a_warning():
    body = copy.deepcopy(SCHEME)
    del body["declared_units"]
    reading = figures.read("1,200 TEU", SchemeView(body))
    assert (reading.low, reading.unit, reading.warnings) == (1200, None, ("a unit that the scheme lacks",))
