"""Shaded tables and bars: every count is where it belongs, the busiest first, and what is left out is said."""

import pytest

from corpus.plots.bars import LEFT, CountBar, bars
from corpus.plots.matrix import Cell, edge_matrix, few_digits, matrix, shade
from corpus.plots.network import Edge, Node
from tests.plots import HOSTILE, looks, measure, names, read, words


def cell(row, column, count):
    return Cell(row, column, count, f"{row}, {column}: {count}", f"/ask/?row={row.replace(' ', '+')}")


def test_a_count_stands_where_row_and_column_meet():
    root = read(matrix([cell("Employ", "2016", 5), cell("Pay", "2016", 1), cell("Employ", "2017", 9)], "x"))
    rows = {each.text: measure(each, "y") for each in looks(root, "name") if each.text in ("Employ", "Pay")}
    columns = {each.text: measure(each, "x") for each in looks(root, "name") if each.text in ("2016", "2017")}
    numbers = {
        (measure(each, "x"), measure(each, "y")): each.text
        for each in root.iter("text")
        if each.get("class", "").startswith("number")
    }
    assert numbers == {
        (columns["2016"], rows["Employ"]): "5",
        (columns["2016"], rows["Pay"]): "1",
        (columns["2017"], rows["Employ"]): "9",
    }
    assert rows["Employ"] < rows["Pay"]
    assert columns["2017"] < columns["2016"], "the busiest first"


def test_an_order_that_is_given_is_kept():
    cells = [cell("Employ", "2017", 9), cell("Employ", "2016", 5), cell("Employ", "not stated", 7)]
    root = read(matrix(cells, "x", columns=["2015", "2016", "2017"]))
    assert words(root, "name") == ["2016", "2017", "not stated", "Employ"]


def test_the_darker_the_more():
    assert [shade(count, 100) for count in (1, 4, 5, 16, 17, 64, 65, 100)] == [1, 1, 2, 2, 3, 4, 5, 5]
    assert shade(1, 1) == 5


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1"), (9_999, "9999"), (12_345, "12k"), (999_999, "999k"), (3_400_000, "3M"), (2 * 10**9, "2G")]
)
def test_a_count_fits_into_its_cell(count, expected):
    assert few_digits(count) == expected


@pytest.mark.parametrize("side", [5, 12, 60, 300])
def test_of_a_full_table_the_busiest_corner_is_drawn_and_the_rest_stated(side):
    cells = [
        cell(f"Garment factory {row}", f"Joint venture {column}", 1_000_000 // (row + column + 1))
        for row in range(side)
        for column in range(side)
    ]
    root = read(matrix(cells, "x"))
    drawn = round(len(names(root)) ** 0.5)
    assert drawn**2 == len(names(root))
    assert drawn == side or (drawn >= 12 and f"and {side - drawn} more rows and {side - drawn} more columns" in words(root))
    assert words(root, "name")[-drawn:][0] == "Garment factory 0"


def test_a_sparse_table_has_sixty_rows_and_columns():
    root = read(matrix([cell(f"row {number:03}", f"column {number:03}", 5) for number in range(100)], "x"))
    assert len(names(root)) == 60
    assert "and 40 more rows and 40 more columns" in words(root)


def test_rows_without_a_cell_among_the_busiest_are_not_drawn():
    cells = [cell("a", f"column {number}", 100 - number) for number in range(70)] + [cell("b", "column 69", 1)]
    root = read(matrix(cells, "x"))
    assert [name for name in words(root, "name") if name in "ab"] == ["a"]
    assert "and 1 more rows and 10 more columns" in words(root)


def test_a_table_wider_than_the_page_says_so():
    root = read(matrix([cell(f"row {number}", f"column {number}", 5) for number in range(60)], "x"))
    assert root.get("class") == "plot wide"
    assert float(root.get("width")) > 2_000


def test_who_acts_on_whom_as_a_table():
    nodes = [Node("a", "factory", "", ""), Node("b", "workers", "", ""), Node("c", "workers", "", "")]
    edges = [
        Edge("a", "b", "employs", 3, "employs: 3", "/e"),
        Edge("a", "b", "pays", 2, "pays: 2", "/p"),
        Edge("c", "a", "sues", 1, "sues: 1", "/s"),
    ]
    root = read(edge_matrix(nodes, edges, "x", lambda one, other: f"/ask/?acted={one}&on={other}"))
    assert names(root) == ["factory → workers (b): employs 3, pays 2", "sues: 1"]
    assert [each.get("href") for each in root.iter("a")] == ["/ask/?acted=a&on=b", "/s"]
    assert words(root, "number-inverse") == ["5"]


def test_bars_begin_at_zero_and_end_with_their_number():
    counts = [
        CountBar("Employ", 1212, "Employ: 1212", "/1"),
        CountBar("Pay", 606, "Pay: 606", "/2"),
        CountBar("Advise", 0, "", "/3"),
    ]
    root = read(bars(counts, "x"))
    widths = [(measure(each, "x"), measure(each, "width")) for each in root.iter("rect")]
    assert widths == [(LEFT, widths[0][1]), (LEFT, widths[0][1] / 2), (LEFT, 0)]
    assert words(root) == ["Employ", "1,212", "Pay", "606", "Advise", "0"]


def test_of_many_bars_the_rest_is_stated():
    root = read(bars([CountBar(f"value {number}", 2_000 - number, "x", "/x") for number in range(2_000)], "x"))
    assert f"and {2_000 - len(names(root)):,} more values" in words(root)


def test_no_counts_are_said():
    assert words(read(bars([], "x"))) == ["No counts"]
    assert words(read(matrix([cell("a", "b", 0)], "x"))) == ["No counts"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text):
    read(matrix([Cell(text, text, 5, text, text), Cell(text + "x", text, 5, text, text)], text))
    read(bars([CountBar(text, 5, text, text)], text))
