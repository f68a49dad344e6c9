"""The collection of hostile cells: none runs in a spreadsheet, none is changed that need not be."""

import csv
import io
import json
from pathlib import Path

import pytest

from corpus.text.cells import csv_lines

CASES = Path(__file__).parents[2].parent / "shared" / "attack" / "csv_injection.txt"
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="../shared is not here")


def cases():
    if not CASES.exists():
        return []
    rows = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [pytest.param(row[2], json.loads(row[3]), id=row[0]) for row in rows]


@pytest.mark.parametrize(("expected", "value"), cases())
def test_a_hostile_cell_is_inert_and_a_harmless_one_unchanged(expected, value):
    text = "".join(csv_lines(["value"], [[value]]))
    found = next(csv.reader(io.StringIO(text.partition("\r\n")[2], newline="")))[0]
    assert not found.startswith(SIGNS)
    assert found == value or (expected == "neutralise" and found == f"'{value}")


def test_there_are_cases():
    assert len(cases()) > 10
