"""The collection of hostile cells: none runs in a spreadsheet, none is changed that need not be."""

import csv
import io

import pytest

from corpus.text.cells import csv_lines
from tests.conformance import material

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def cases():
    return [pytest.param(case.expect, case.payload, id=case.id) for case in material.cases("csv_injection.txt")]


@pytest.mark.parametrize(("expected", "value"), cases())
def test_a_hostile_cell_is_inert_and_a_harmless_one_unchanged(expected, value):
    text = "".join(csv_lines(["value"], [[value]]))
    found = next(csv.reader(io.StringIO(text.partition("\r\n")[2], newline="")))[0]
    assert not found.startswith(SIGNS)
    assert found == value or (expected == "neutralise" and found == f"'{value}")


def test_there_are_cases():
    assert len(cases()) > 10
