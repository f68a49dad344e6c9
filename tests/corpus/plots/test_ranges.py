"""Ranges of figures: where their ends are, what is open, and how exact they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.plots.ranges import LEFT, RIGHT, FigureRange, Precision, ranges
from tests.plots import HOSTILE, looks, measure, names, numbers, read, words


def figure(low, high, precision=Precision.EXACT, source="manager"):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return FigureRange(source, f"{low} to {high}", f"{source}: {low} to {high}", "/annotate/1#mark=2", *ends, precision)


def test_one_number_is_a_dot_at_its_place_on_the_logarithmic_axis():
    root = read(ranges([figure(10, 10), figure(100, 100), figure(1000, 1000)], "people", "Three"))
    one, two, three = (measure(each, "cx") for each in looks(root, "exact") if each.tag == "circle")
    assert two - one == pytest.approx(three - two, abs=0.02)
    assert words(root, "name") == ["manager"] * 3
    assert words(root, "tick")[0] == "people, logarithmic"


def test_a_range_is_a_bar_between_its_ends():
    root = read(ranges([figure(5000, 7000, Precision.APPROXIMATE), figure(5000, 5000), figure(7000, 7000)], "people", "x"))
    left, _, right, *_ = numbers(looks(root, "approximate")[0].get("d"))
    dots = [measure(each, "cx") for each in looks(root, "exact") if each.tag == "circle"]
    assert [left, right] == pytest.approx(dots, abs=0.02)


@pytest.mark.parametrize(
    ("low", "high", "edges"), [(20, None, {RIGHT}), (None, 20, {LEFT}), (None, None, {LEFT, RIGHT}), (10, 20, set())]
)
def test_an_open_end_is_an_arrow_to_the_edge(low, high, edges):
    root = read(ranges([figure(low, high), figure(20, 20)], "people", "x"))
    data = looks(root, "exact")[0].get("d")
    assert {x for x in numbers(data) if x in (LEFT, RIGHT)} == edges
    assert data.count("L") == len(edges)
    assert ("open: no limit stated" in words(root)) == bool(edges)


def test_how_exact_a_value_is_is_in_the_key_if_it_occurs():
    root = read(ranges([figure(24, 999, Precision.VAGUE)], "USD", "x"))
    assert words(root, "note") == ["vague"]


@pytest.mark.parametrize("values", [[0], [300, 300], [-40, 500], [0, 0.5, -12_000], [1e-300, 1e300], [7]])
def test_zero_negatives_and_equal_values_have_places(values):
    root = read(ranges([figure(value, value) for value in values], "CNY", "x"))
    places = [measure(each, "cx") for each in looks(root, "exact") if each.tag == "circle"]
    assert len(places) == len(values)
    assert all(LEFT < x < RIGHT for x in places)
    assert (len(looks(root, "zero")) == 1) == (min(values) <= 0)


def test_only_open_figures_have_no_axis():
    root = read(ranges([figure(None, None)], "people", "x"))
    assert words(root, "tick") == []
    assert words(read(ranges([], "people", "x"))) == ["No figures"]


def test_of_many_figures_the_rest_is_stated():
    root = read(ranges([figure(number, number + 5) for number in range(1, 1_000)], "people", "x"))
    shown = len(names(root))
    assert 100 <= shown <= 150
    assert f"and {999 - shown} more figures" in words(root, "note")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text):
    read(ranges([FigureRange(text, text, text, text, Decimal(1), None)] * 20, text, text))


ENDS = st.none() | st.decimals(-(10**12), 10**12, places=2)


@given(st.lists(st.builds(figure, ENDS, ENDS, st.sampled_from(Precision)), max_size=20))
def test_any_figures_stay_inside(figures):
    root = read(ranges(figures, "people", "x"))
    for each in root.iter("circle"):
        assert LEFT <= measure(each, "cx") <= RIGHT
    assert len(names(root)) == len(figures)
