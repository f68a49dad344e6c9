"""Seals of rows: in every evidence table, and found again whatever program the table went through."""

import csv
import io
import zipfile

import docx
import openpyxl
import pytest

from annotations.formats.base import Unreadable
from annotations.formats.evidence import docx_file, markdown
from annotations.formats.evidence.evidence_lines import EVIDENCE, SEALED_COLUMNS, lines, seal
from annotations.formats.evidence.seals import seals_in
from annotations.formats.tables import csv_archive, xlsx
from tests.annotations.formats.native import gold, view, written

ID = "0a1b2c3d-0000-4000-8000-00000000beef"


def sealed(**more):
    """The seals of the worked article, in its order."""
    seen = view(gold(id=ID, **more))
    return [seal(seen, item) for item in lines(seen)]


def found(content):
    return seals_in(io.BytesIO(content), "table")


@pytest.mark.parametrize("module", [csv_archive, markdown, docx_file, xlsx])
def test_each_row_of_each_table_has_its_seal(module):
    content, _ = written(module, [gold(id=ID)])
    assert found(content) == sealed()
    assert module.SEALED


def test_they_outlive_other_programs():
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx, [gold(id=ID)])[0]))
    letter = docx.Document(io.BytesIO(written(docx_file, [gold(id=ID)])[0]))
    for saved in (book, letter):
        again = io.BytesIO()
        saved.save(again)
        assert found(again.getvalue()) == sealed()
    with zipfile.ZipFile(io.BytesIO(written(csv_archive, [gold(id=ID)])[0])) as archive:
        rows = archive.read("evidence.csv").decode("utf-8-sig")
    assert found(rows.encode("utf-16")) == sealed()
    kept = list(csv.reader(io.StringIO(rows)))[3:5]
    assert found("\n".join(row[-1] for row in kept).encode()) == sealed()[2:4], "some of the rows alone"


def test_a_reader_of_the_report_does_not_see_them():
    text = written(markdown, [gold(id=ID)])[0].decode()
    assert all(f"<!-- {each} -->" in text for each in sealed())
    letter = docx.Document(io.BytesIO(written(docx_file, [gold(id=ID)])[0]))
    runs = [run for row in letter.tables[0].rows[1:] for paragraph in row.cells[-1].paragraphs for run in paragraph.runs]
    assert [run.text.strip() for run in runs if run.font.hidden] == [str(each) for each in sealed()]


def test_a_seal_changes_with_what_the_row_says_and_with_nothing_else():
    before, again = sealed(annotator="kim"), sealed(annotator="lee", submitted="2026-03-04T05:06:07+00:00")
    assert before == again
    changed = gold(id=ID)
    figure = next(mark for mark in changed.native["mentions"] if mark["id"] == "F02")
    figure["attributes"] = figure["attributes"] | {"low": 171}
    seen = view(changed)
    after = [seal(seen, item) for item in lines(seen)]
    assert [each.line for each in after] == [each.line for each in before]
    different = [str(item["id"]) for item, old, new in zip(lines(seen), before, after, strict=True) if old != new]
    assert "F02" in different
    assert len(different) < len(before) / 2
    assert [each.name for each in EVIDENCE.columns if each not in SEALED_COLUMNS] == ["listed_as", "basis", "annotated", "seal"]


def test_what_is_no_archive_is_refused():
    with pytest.raises(Unreadable, match="not a ZIP archive"):
        found(b"PK\x03\x04 and so on")
    assert found(b"") == []
