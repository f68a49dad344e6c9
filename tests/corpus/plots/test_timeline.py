"""A timeline: what is drawn is where its days are, and nothing is left out that is not counted."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.plots.bins import bin_edges, fill_bins
from corpus.plots.files import LOOKS, SURFACE
from corpus.plots.lanes import Lane
from corpus.plots.scales import day_scale
from corpus.plots.shapes import Tone
from corpus.plots.timeline import LEFT, RIGHT, timeline
from tests.plots import HOSTILE, DrawnItem, looks, measure, names, numbers, read, words


def item(first, last=None, label="20 workers return", caption="", **rest):
    """From "2017-09-04", or "2017-08-05/2017-09-30", ".." for an end that is not known."""
    first, _, last = first.partition("/") if first else ("..", "", "..")
    days = [None if day == ".." else date.fromisoformat(day) for day in (first, last or first)]
    return DrawnItem(label, "/annotate/1#mark=2", *days, caption=caption, **rest)


def x_of(day, first, last):
    return day_scale(date.fromisoformat(first), date.fromisoformat(last), LEFT, RIGHT).x(date.fromisoformat(day).toordinal())


def test_a_day_is_a_dot_and_a_span_is_a_bar_where_its_days_are():
    root = read(timeline([Lane("Return home", [item("2017-08-05/2017-09-30", is_inferred=True), item("2017-09-04")])], "Two"))
    ends = "2017-08-05", "2017-09-30"
    [dot] = looks(root, "happened")[:1]
    assert measure(dot, "cx") == pytest.approx((x_of("2017-09-04", *ends) + x_of("2017-09-05", *ends)) / 2, abs=0.01)
    bar = looks(root, "happened-inferred")[0]
    left, _, right, *_ = numbers(bar.get("d"))
    assert (left, right) == pytest.approx((x_of("2017-08-05", *ends), x_of("2017-10-01", *ends)), abs=0.01)
    assert bar.get("fill") == f"url(#{root.find('defs/pattern').get('id')})", "hatched: the day is inferred"
    assert "happened or ongoing, day inferred" in words(root)


@pytest.mark.parametrize(("days", "tips"), [("2017-08-05/..", [RIGHT]), ("../2017-08-05", [LEFT])])
def test_an_open_end_is_an_arrow_to_the_edge(days, tips):
    root = read(timeline([Lane("Employ", [item(days), item("2017-01-01/2017-12-31")])], "Two"))
    outlines = [each.get("d") for each in looks(root, "happened") if each.tag == "path"]
    open_bar = max(outlines[:2], key=len)
    assert re.search("L.* ", open_bar)
    assert [x for x in numbers(open_bar) if x in (LEFT, RIGHT)] == tips
    assert "open: beginning or end not known" in words(root)


def test_lanes_stand_in_their_order_and_say_how_many_they_hold():
    lanes = [Lane("Pay", [item("2017-01-01")]), Lane("Employ", [item("2016-01-01"), item("2018-01-01")]), Lane("Permit", [])]
    root = read(timeline(lanes, "Three"))
    assert words(root, "name") == ["Pay", "Employ"]
    assert words(root, "note")[:2] == ["1", "2"]


def test_what_overlaps_is_in_rows():
    same = [item("2017-09-04") for _ in range(3)]
    root = read(timeline([Lane("Return home", [*same, item("2018-09-04")])], "Four"))
    heights = [measure(each, "cy") for each in looks(root, "happened") if measure(each, "cx") > LEFT]
    assert heights == [7.5, 22.5, 37.5, 7.5]


def test_captions_are_beside_their_dots_while_there_is_room():
    root = read(
        timeline([Lane("Adopt", [item("2017-08-05", caption="UNSC adopts 2371"), item("2018-08-05", caption="last")])], "Two")
    )
    first, last = [each for each in root.iter("text") if each.get("class") == "caption"]
    assert (first.get("text-anchor"), last.get("text-anchor")) == (None, "end")
    assert measure(last, "x") < RIGHT - 5
    crowd = [item("2017-09-04", caption=f"event {number}") for number in range(8)]
    assert words(read(timeline([Lane("Adopt", crowd)], "Eight")), "caption") == []


def test_a_caption_that_has_no_room_beside_is_below_its_bar():
    root = read(
        timeline([Lane("Return home", [item("2017-08-05/2017-09-30", caption="170 workers return"), item("2017-08-20")])], "x")
    )
    [caption] = looks(root, "caption")
    [dot] = [each for each in looks(root, "happened") if each.tag == "circle" and measure(each, "cx") > LEFT][:1]
    assert (measure(caption, "y"), measure(dot, "cy")) == (28, 50)


def test_the_undated_are_dots_in_their_order_and_counted():
    undated = [item("", label=f"event {number}") for number in range(3)]
    root = read(timeline([Lane("Return home", [item("2017-09-04"), *undated])], "Four"))
    assert words(root, "name") == ["Return home", "Undated"]
    assert names(root)[1:] == ["event 0", "event 1", "event 2"]


def test_of_many_undated_the_rest_is_stated():
    root = read(timeline([Lane("Return home", [item("") for _ in range(10_000)])], "Many"))
    shown = len(names(root))
    assert shown >= 100
    assert f"and {10_000 - shown:,} more undated" in words(root)
    assert words(root, "tick") == [], "no days, no axis"


def test_each_tone_is_told_by_shape_or_by_being_hollow():
    shapes = set()
    for tone in Tone:
        root = read(timeline([Lane("Return home", [item("2017-09-04", tone=tone)])], "x"))
        shapes.add((looks(root, tone)[0].tag, LOOKS[tone]["fill"] == SURFACE))
    assert len(shapes) == len(Tone)


def many(count):
    first = date(2009, 1, 1)
    return [item(str(first + timedelta(number * 7919 % 3650)), label=f"event {number}") for number in range(count)]


def test_ten_thousand_are_counted_by_their_first_day():
    lanes = [Lane("Return home", many(9_990), lambda first, last: f"/ask/?from={first}&to={last}"), Lane("Adopt", many(10))]
    root = read(timeline(lanes, "Ten thousand"))
    counted = [re.fullmatch(r"([\d,]+) from .*: Return home", name) for name in names(root)]
    assert sum(int(match[1].replace(",", "")) for match in counted if match) == 9_990
    assert "/ask/?from=2009-01-01&to=" in " ".join(each.get("href") for each in root.iter("a"))
    assert [name for name in names(root) if name.startswith("event")] == [
        each.label for each in sorted(many(10), key=lambda e: e.first)
    ]
    assert "number of events by their first day, each lane to its own scale" in words(root)


def test_of_many_lanes_the_smallest_are_one():
    lanes = [Lane(f"Type {number}", many(1 + number)) for number in range(40)]
    root = read(timeline(lanes, "Forty"))
    assert words(root, "name") == [f"Type {number}" for number in range(17, 40)] + ["17 other types"]
    assert "153" in words(root, "note"), "1 + 2 + … + 17"


def test_nothing_at_all_is_said():
    root = read(timeline([], "Nothing"))
    assert words(root) == ["No events"]
    assert root.get("role") == "img"


def test_a_plot_with_links_is_no_img_since_that_would_hide_them():
    root = read(timeline([Lane("Return home", [item("2017-09-04")])], "One\nevent"))
    assert (root.get("role"), root.get("aria-label")) == ("group", "One event")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text):
    lanes = [Lane(text, [DrawnItem(text, text, date(2017, 9, 4), None, caption=text), DrawnItem(text, text, None, None)] * 30)]
    read(timeline(lanes, text))


def test_long_addresses_leave_fewer_items_and_say_so():
    undated = [item("")._replace(href="/" + "x" * 4_000) for _ in range(100)]
    root = read(timeline([Lane("Return home", undated)], "Long"))
    assert f"and {100 - len(names(root))} more undated" in words(root)


def test_long_names_and_addresses_leave_coarser_counts():
    lanes = [Lane(f"{number} " + "x" * 900, many(300), lambda first, last: "/" + "x" * 900) for number in range(5)]
    assert sum(int(name.split()[0]) for name in names(read(timeline(lanes, "Long")))) == 1_500


DAYS = st.none() | st.dates()
ITEMS = st.builds(
    lambda days, inferred, tone, caption: DrawnItem("x", "/x", days[0], days[1], inferred, tone, caption),
    st.tuples(DAYS, DAYS).map(lambda days: days if None in days else tuple(sorted(days))),
    st.booleans(),
    st.sampled_from(Tone),
    st.sampled_from(["", "170 workers", "source familiar with North Korean affairs in China " * 3]),
)


@settings(max_examples=30)
@given(st.lists(st.lists(ITEMS, max_size=8), max_size=3))
def test_whatever_the_days_all_is_drawn_inside(rows):
    root = read(timeline([Lane(f"Lane {number}", row) for number, row in enumerate(rows)], "Any"))
    _, _, breadth, _ = numbers(root.get("viewBox"))
    for each in root.iter("circle"):
        assert 0 <= measure(each, "cx") <= breadth
    assert len(names(root)) == sum(map(len, rows)), "each is drawn, since they are few"


@given(st.lists(st.dates(), min_size=1, max_size=200), st.integers(1, 24))
def test_each_day_is_in_one_bin(days, lanes):
    scale = day_scale(min(days), max(days), LEFT, RIGHT)
    edges = bin_edges(scale, lanes, 150)
    assert edges == sorted(set(edges))
    filled = fill_bins([day.toordinal() for day in days], edges)
    assert sum(each.count for each in filled) == len(days)
    for each in filled:
        assert each.count == sum(each.start <= day.toordinal() < each.end for day in days)
