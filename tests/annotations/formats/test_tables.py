"""What was marked, as CSV and XLSX: every table whole, formulas nowhere, memory flat."""

import csv
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape

from annotations.formats.tables import csv_archive, xlsx
from annotations.formats.tables.definitions import TABLES
from tests.annotations.formats.native import GOLD, TEXT, gold, growth, hostile, written

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://a","b")',
    "<script>alert(1)</script>",
    'a,"b"\r\nc;d\'',
    "＝1",
]
TRIGGERS = [
    (span["fragments"][0]["start"], span["fragments"][0]["end"]) for span in GOLD["mentions"] if span.get("event") == "EV16"
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝")


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def tables():
    content, _ = written(csv_archive)
    return {name.removesuffix(".csv"): rows(text) for name, text in files(content).items()}


@pytest.fixture(scope="module")
def book():
    content, _ = written(xlsx)
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet(book, name):
    header, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def test_every_thing_of_the_gold_has_its_row(tables):
    counts = {name: len(found) for name, found in tables.items()}
    assert counts["spans"] == 129
    assert counts["figures"] == 13
    assert counts["events"] == 41
    assert counts["arguments"] == 108
    assert counts["claims"] == 10
    assert counts["citations"] == 2
    assert counts["entities"] == 37
    assert counts["relations"] == 26
    assert counts["links"] == 6
    assert counts["notes"] == 9
    assert counts["documents"] == 1


def test_quotations_stand_at_their_offsets(tables):
    for row in tables["spans"]:
        pieces = [part.split("-") for part in row["fragments"].split(";")]
        assert row["quote"] == " … ".join(TEXT[int(start) : int(end)] for start, end in pieces)


def test_a_discontinuous_amount_in_all_its_columns(tables):
    row = next(row for row in tables["figures"] if row["id"] == "F08")
    expected = {
        "quote": "average of 45,000 RMB … per month", "low": "45000", "comparator": "eq", "currency": "CNY", "statistic": "mean",
        "per_period": "P1M", "per_count": "300", "approximate": "no", "source": "Manager of North Korean workers at the textile factory",
        "modality": "asserted", "reliability": "F", "claim": "Q7", "paragraph": "paragraph 6", "document": "seed-000",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_an_event_with_its_arguments(tables):
    row = next(row for row in tables["events"] if row["id"] == "EV16")
    assert row["triggers"].split("; ") == [TEXT[start:end] for start, end in TRIGGERS]
    assert row["arguments"].startswith(
        "people: North Korean workers; people: individuals; count: 20; via: Dandong Railway Station"
    )
    found = [row for row in tables["arguments"] if row["event"] == "EV16" and row["role"] == "cause"]
    assert [(row["kind"], row["filler"]) for row in found] == [("event", "EV17")]


def test_every_column_is_explained(tables):
    told = {(row["table"], row["column"]): row["meaning"] for row in tables["columns"]}
    assert all(told.values())
    assert set(told) == {(table.name, name) for table in TABLES for name in table.header}
    assert all(len(set(table.header)) == len(table.header) for table in TABLES)


def test_how_the_text_was_made_is_no_loss_of_a_table():
    """Segments, zones, repairs and the source map: no reader of tables of marks expects them there."""
    _, losses = written(csv_archive)
    assert not losses


def test_pandas_reads_numbers_as_numbers():
    content, _ = written(csv_archive)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        figures = pd.read_csv(archive.open("figures.csv"))
    assert figures["low"].sum() == sum(m["attributes"]["low"] or 0 for m in GOLD["mentions"] if m["layer"] == "FIGURE")
    assert figures["document"].unique() == ["seed-000"]


def test_the_workbook_says_the_same(book, tables):
    for name, expected in tables.items():
        found = sheet(book, name)
        assert len(found) == len(expected)
    figure = next(row for row in sheet(book, "figures") if row["id"] == "F10")
    assert (figure["low"], figure["high"], figure["vague"], figure["unit"]) == (50, None, False, "%")
    assert pd.read_excel(io.BytesIO(written(xlsx)[0]), sheet_name="spans")["start"].sum() == sum(
        mention["fragments"][0]["start"] for mention in GOLD["mentions"]
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_of_a_csv_file_runs(words):
    content, _ = written(csv_archive, [hostile(words)])
    for text in files(content).values():
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(value.lstrip(' \xa0"').startswith(FORMULA) for value in row if not is_number(value))
    names = [row["name"] for row in rows(files(content)["entities.csv"])]
    assert set(names) <= {words, f"'{words}"}


def is_number(value):
    try:
        float(value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("words", [*HOSTILE, "\x01\x0b\x1f control", "_x0041_", "\ufffe", "🏭" * 20])
def test_the_cells_of_a_workbook_are_text_as_it_is(words):
    content, _ = written(xlsx, [hostile(words)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert unescape(sheet(book, "entities")[0]["name"]) == words  # Excel does this by itself


def test_a_text_too_long_for_a_cell_is_cut_and_told():
    document = gold()
    document.native["entities"][0]["note"] = "🏭" * 20_000
    content, losses = written(xlsx, [document])
    assert losses.counts["texts cut to the 32,767 characters of a cell"] == 1
    assert losses.things["texts cut to the 32,767 characters of a cell"] == ["entities, row 2, note"]
    assert sheet(openpyxl.load_workbook(io.BytesIO(content)), "entities")[0]["note"] == "🏭" * 16_383


def test_a_number_too_long_for_a_cell_is_told():
    document = gold()
    next(item for item in document.native["mentions"] if item["id"] == "F01")["attributes"]["low"] = 12345678901234567
    _, losses = written(xlsx, [document])
    assert losses.counts["numbers rounded to the 15 digits of a cell"] == 2


def test_a_full_sheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 100)
    content, _ = written(xlsx)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(sheet(book, "spans")) == 99
    assert len(sheet(book, "spans 2")) == 30


@pytest.mark.parametrize("module", [csv_archive, xlsx])
def test_nothing_marked_is_a_file_too(module):
    content, losses = written(module, [])
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert not losses


def test_the_first_piece_does_not_wait_for_the_documents():
    def documents():
        raise AssertionError("asked too early")
        yield

    from annotations.formats.base import Losses

    assert next(csv_archive.write(documents(), Losses(), {})).startswith(b"PK")


@pytest.mark.parametrize(("module", "links"), [(csv_archive, 0), (xlsx, 440)])
def test_memory_does_not_grow(module, links):
    """A workbook has its links at its end, as many as Excel takes: 65,530; they are kept until then."""
    assert growth(module) < 200_000 + links * 200


def test_a_lossless_copy_of_lists(tables):
    china = next(row for row in tables["entities"] if row["id"] == "E-CN")
    assert json.loads(china["identifiers"]) == [{"scheme": "iso3166-1", "value": "CN"}, {"scheme": "wikidata", "value": "Q148"}]


def test_lines_that_are_chosen_for_a_report_come_alone_and_in_their_order():
    chosen = {"lines": "F08, F01"}
    content, losses = written(csv_archive, **chosen)
    found = files(content)
    assert set(found) == {"columns.csv", "evidence.csv"}
    assert [row["id"] for row in rows(found["evidence.csv"])] == ["F08", "F01"]
    assert {row["table"] for row in rows(found["columns.csv"])} == {"evidence"}
    assert losses.counts["marks without a line of their own"] == 127
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx, **chosen)[0]))
    assert book.sheetnames == ["evidence", "columns"]
    assert [row["id"] for row in sheet(book, "evidence")] == ["F08", "F01"]
