"""Files of lists: text that is not UTF-8, rows that break off, archives that are bombs."""

import csv
import struct
import zipfile
from io import BytesIO

import pytest

from registry.lists import files, spreadsheet
from registry.lists.formats import uk
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import UK, ods, read, zipped


def texts(raw):
    return list(files.rows(files.lines(BytesIO(raw), "list.csv"), "list.csv"))


def test_rows_of_csv():
    assert texts(b'\xef\xbb\xbfa,b\r\n\r\n"c\nd",\xc3\xa9\n\x1a\r\n') == [(1, ["a", "b"]), (4, ["c\nd", "é"])]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a,b\nc,\xe9\n", r"list\.csv, line 2: not UTF-8"),
        ("a,b\n".encode("utf-16"), "line 1: contains NUL|line 1: not UTF-8"),
        (b"a,b\nc\x00,d\n", "line 2: contains NUL"),
        (b'a,b\n"c,d\n', "line 2: not CSV: unexpected end of data"),
        (b'a,b\n"c"d,e\n', "line 2: not CSV"),
        (b"a,b\n\x1ac,d\n", "line 2: the text continues after its end"),
        (b"a" * 1_000_001, "line 1: has more than 1 MB"),
        (b'"' + b"a" * 140_000 + b'"', "not CSV: field larger than field limit"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_its_line(raw, message):
    csv.field_size_limit(50_000_000)  # as a reader of articles in the same process has it
    with pytest.raises(UnreadableList, match=message):
        texts(raw)


def test_a_file_over_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 1_000_000)
    with pytest.raises(UnreadableList, match=r"the file: has 2 MB, 1 MB are the limit"):
        read(uk, tmp_path, UK + " " * 2_000_000)


def encrypted():
    raw = bytearray(zipped({"content.xml": "x"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = raw.index(signature) + offset
        raw[position : position + 2] = struct.pack("<H", 1)
    return bytes(raw)


BOMB = ods([["x"]]).replace("<text:p>x", "<text:p>" + "x" * 3_000_000)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04nothing", "not a ZIP archive"),
        (zipped({"content.xml": BOMB}), r"the file, content\.xml: expands to more than 200 times its size"),
        (zipped({"content.xml": "x"}, zipfile.ZIP_LZMA), "is compressed by another method than Deflate"),
        (encrypted(), "is password-protected"),
        (zipped({str(number): "" for number in range(1_001)}), "has more than 1,000 files"),
        (zipped({"other.xml": "x"}), r"contains no content\.xml"),
        (zipped({"content.xml": ods([["x"]])}), "the header has no column Unique ID"),
        (zipped({"content.xml": "<html/>"}), "the root element is html"),
    ],
)
def test_an_archive_that_is_no_list_is_refused(tmp_path, raw, message):
    with pytest.raises(UnreadableList, match=message):
        read(uk, tmp_path, raw, "list.ods")


def test_a_damaged_member_is_refused(tmp_path):
    raw = bytearray(zipped({"content.xml": ods([["x"]] * 100)}, zipfile.ZIP_STORED))
    raw[200] ^= 1
    with pytest.raises(UnreadableList, match=r"content\.xml"):
        read(uk, tmp_path, bytes(raw), "list.ods")


def test_a_row_that_repeats_its_cells_beyond_the_sheet_is_cut(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p></table:table-cell>'
    path = tmp_path / "list.ods"
    path.write_bytes(zipped({"content.xml": ods([["a", "b"]]).replace("<table:table-row>", f"<table:table-row>{cell}", 1)}))
    assert [(number, set(cells), len(cells)) for number, cells in spreadsheet.rows(path)] == [(1, {"x"}, spreadsheet.MOST_CELLS)]
