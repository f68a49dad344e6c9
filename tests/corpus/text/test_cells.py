"""Cells that a spreadsheet shows and never runs."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corpus.text.cells import cell, csv_lines, inert

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_text_that_begins_like_a_formula_gets_a_quote_in_front(sign):
    assert inert(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("before", [" ", "\xa0", '"', '" '])
def test_spaces_and_double_quotes_before_the_sign_do_not_hide_it(before):
    assert inert(f"{before}=1+1") == f"'{before}=1+1"


@pytest.mark.parametrize(
    "text", ["", "Rosneft", "3-4 ships", "'already quoted", 'a "quoted", b', "line1\nline2", "a=b", "노동자"]
)
def test_other_texts_stay_as_they_are(text):
    assert inert(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-5, "-5"),
        (Decimal("1000000.000000"), "1000000"),
        (Decimal("-0.500000"), "-0.5"),
        (Decimal("1E+6"), "1000000"),
        (date(2017, 9, 4), "2017-09-04"),
        (datetime(2017, 9, 4, 12, tzinfo=UTC), "2017-09-04T12:00:00+00:00"),
        (["=1", "b"], "'=1; b"),
        ((), ""),
    ],
)
def test_values_are_written_as_a_spreadsheet_reads_them(value, text):
    assert cell(value) == text


def test_a_file_is_read_back_as_it_was_written():
    rows = [["a,b", 'say "no"'], ["two\nlines", "노동자"]]
    text = "".join(csv_lines(["one", "two"], rows))
    assert list(csv.reader(io.StringIO(text))) == [["one", "two"], *rows]


def test_a_heading_is_a_cell_too():
    assert next(csv_lines(["=1+1"], [])) == "'=1+1\r\n"


def test_lines_come_while_rows_come():
    """A generator of rows that fails late has given its first lines before."""

    def rows():
        yield ["first"]
        raise RuntimeError

    lines = csv_lines(["a"], rows())
    assert [next(lines), next(lines)] == ["a\r\n", "first\r\n"]
