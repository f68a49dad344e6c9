"""Curves: where points lie, what is told beside them, and that nothing hostile gets in."""

from datetime import date

import pytest

from corpus.plots.curves import HEIGHT, LEFT, RIGHT, TOP, DayCurve, Level, Outlook, curves
from tests.plots import HOSTILE, looks, measure, numbers, read, words

DAYS = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]


def curve(name="Readings", values=(0, 10, 20)):
    return DayCurve(name, [(day, value, f"{name} until {day}: {value}") for day, value in zip(DAYS, values, strict=True)])


def titles(root):
    return [each.text for each in root.iter() if each.tag == "title"]


def test_points_lie_by_day_and_value_between_zero_and_the_greatest():
    root = read(curves([curve()], "Sums"))
    *dots, _ = looks(root, "dot-1")  # the last one is of the key
    x, y = ([measure(each, name) for each in dots] for name in ("cx", "cy"))
    assert x[1] - x[0] == pytest.approx(x[2] - x[1], abs=0.02)
    assert x[0] >= LEFT
    assert x[2] <= RIGHT
    assert y == pytest.approx([TOP + HEIGHT, TOP + HEIGHT / 2, TOP], abs=0.02)
    assert "Readings until 2026-11-09: 10" in titles(root)


def test_a_top_is_kept_and_a_forecast_is_inside():
    top = read(curves([curve(values=(0.2, 0.5, 0.5))], "F1", top=1))
    assert measure(looks(top, "dot-1")[1], "cy") == pytest.approx(TOP + HEIGHT / 2)
    later = Outlook(date(2026, 12, 1), date(2027, 2, 1), 40, "40 readings")
    root = read(curves([curve()], "Sums", outlook=later))
    ends = numbers(looks(root, "zero")[1].get("d"))
    assert max(ends) <= RIGHT
    assert "40 readings" in words(root)


def test_dots_of_each_curve_look_as_its_line_and_as_in_the_key():
    root = read(curves([curve("Readings"), curve("Gold", (1, 2, 3))], "Sums"))
    assert [len(looks(root, f"dot-{number}")) for number in (1, 2, 3)] == [4, 4, 0]
    assert [len(looks(root, f"edge-{number}")) for number in (1, 2, 3)] == [3, 3, 0]


@pytest.mark.parametrize(("greatest", "across"), [(0, "01234"), (1, "01234"), (5, "02468"), (20, ["0", "5", "10", "15", "20"])])
def test_lines_across_are_whole_numbers_where_things_are_counted(greatest, across):
    root = read(curves([curve(values=(0, 0, greatest))], "Sums"))
    assert [each.text for each in looks(root, "tick") if each.get("text-anchor") == "end"] == list(across)


def test_days_are_told_apart_where_they_are_inside():
    told = [(date(2026, 11, 10), "Companies, version 2"), (date(2020, 1, 1), "long before")]
    root = read(curves([curve()], "F1", events=told))
    assert len(looks(root, "stripe")) == 1
    assert "10 Nov 2026: Companies, version 2" in titles(root)


def test_words_of_a_day_at_the_right_edge_stand_left_of_its_line():
    root = read(curves([curve()], "F1", events=[(DAYS[-1], "Companies, version 2"), (DAYS[0], "Persons")]))
    anchors = [each.get("text-anchor") for each in looks(root, "note")]
    assert anchors[:2] == ["end", None]


def test_levels_lie_at_their_value_and_share_a_line():
    root = read(curves([curve(values=(0.2, 0.5, 0.5))], "F1", top=1, levels=[Level(0.5, "Half"), Level(0.5, "Too")]))
    (_, line) = looks(root, "zero")
    assert numbers(line.get("d"))[1] == pytest.approx(TOP + HEIGHT / 2)
    assert "Half, Too" in words(root)


def test_without_values_it_says_so():
    assert words(read(curves([], "Sums"))) == ["No values"]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_text(text):
    root = read(curves([curve(text)], text, events=[(DAYS[0], text)], levels=[Level(1, text)]))
    assert {each.tag for each in root.iter()} <= {"svg", "g", "path", "circle", "text", "title"}
