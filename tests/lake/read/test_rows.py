"""Rows of Parquet files: as those of JSON Lines, and hostile files are told of in words."""

import io
import json
import re
from dataclasses import asdict
from datetime import date, datetime

import pyarrow as pa
import pytest
from pyarrow import parquet

from lake.read import rows, sandboxed
from lake.read.inputs import task_rows, task_sha256, tasks
from lake.read.sandboxed import RowReader

TEXT = "The ministry said that {} workers had been sent home."


def articles(count):
    return [
        {
            "text": TEXT.format(number),
            "Headline": f"Workers {number}",
            "url": f"https://site.example/{number}",
            "author": ["A. Byline", "B. Byline"],
            "source": "Example Daily",
            "lang": "en",
            "date": "2017-03-04",
        }
        for number in range(count)
    ]


def write(path, values, **options):
    parquet.write_table(pa.Table.from_pylist(values), path, **options)
    return path


def read(path):
    (task,) = tasks([path])
    return [row for _, row in task_rows(task, task_sha256(task))]


def test_a_row_is_what_a_line_of_json_is(tmp_path):
    path = write(tmp_path / "a.parquet", articles(40), row_group_size=15)
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in articles(40)))
    pages, lines = read(path), read(tmp_path / "a.jsonl")
    positions = ("page", "crawl", "crawl_sha256", "offset", "length", "number", "name")
    assert [asdict(page) | dict.fromkeys(positions) for page in pages] == [
        asdict(line) | dict.fromkeys(positions) for line in lines
    ]
    assert [(page.offset, page.length, page.number, page.name) for page in pages] == [
        (0, 0, at, f"a.parquet:{at + 1}") for at in range(40)
    ]
    assert len({page.page for page in pages}) == 40


def test_a_parquet_file_is_known_by_its_bytes_too(tmp_path):
    write(tmp_path / "dump", articles(1))
    (task,) = tasks([tmp_path / "dump"])
    assert task.kind == "rows"


def opened(table, **options):
    stream = io.BytesIO()
    parquet.write_table(table, stream, **options)
    stream.seek(0)
    return rows.opened(stream)


def lines(table):
    """What goes on to a reader of each row; or why none does."""
    lines = []
    for row in rows.rows(opened(table)):
        try:
            lines.append(json.loads(rows.line(row)))
        except ValueError as error:
            lines.append(str(error))
    return lines


def test_columns_of_other_types_are_read_as_what_they_say():
    values = {
        "text": pa.array([b"bytes", b"caf\xe9", None], pa.binary()),
        "outlet": pa.array(["a", "b", "c"]).dictionary_encode(),
        "date": pa.array([date(2020, 1, 2), None, None]),
        "published_at": pa.array([datetime(2020, 1, 2, 3), None, None], pa.timestamp("us")),  # noqa: DTZ001 - as files have them
        "links": ["x", "y", "z"],
        "title": [{"main": "x"}] * 3,
    }
    assert lines(pa.table(values)) == [
        {"text": "bytes", "outlet": "a", "date": "2020-01-02", "published_at": "2020-01-02 03:00:00"},
        "the column text has bytes that are not UTF-8 (byte 3)",
        "the row has no text",
    ]


def test_a_row_that_is_too_long_is_none(monkeypatch):
    monkeypatch.setattr(rows, "EACH", 2_000_000)
    assert lines(pa.table({"text": ["a", "b" * 2_000_000]})) == [{"text": "a"}, "the row has more than 2 MB"]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"words": ["a"]}, "no text column; name it one of: text, body,"),
        ({"text": [[["a"]]]}, r"the column text is of type list<.*; give it as strings"),
        ({"text": [{"a": "b"}]}, r"the column text is of type struct<.*; give it as strings"),
    ],
)
def test_without_a_column_of_texts_the_file_is_refused(table, why):
    with pytest.raises(rows.NotRows, match=why):
        list(rows.rows(opened(pa.table(table))))


def test_what_unfolds_to_too_much_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "allow_time", lambda: None)  # it is for a process of its own
    text = "word " * 1_000
    stream = io.BytesIO()
    file = write(tmp_path / "a.parquet", [{"text": text}] * 20_000, compression="zstd").open("rb")
    with file, pytest.raises(rows.NotRows, match="it expands to more than 200 times its size"):
        rows.send_rows(stream, file)
    assert len(stream.getvalue()) < 3 * max(rows.HARMLESS, rows.RATIO * (tmp_path / "a.parquet").stat().st_size)


def bomb(tmp_path):
    """Twenty times one value of 40 MB, in some kilobytes: more than the process may have at once."""
    values = pa.DictionaryArray.from_arrays(pa.array([0] * 20, pa.int8()), ["a" * 40_000_000])
    parquet.write_table(pa.table({"text": values}), tmp_path / "bomb.parquet", compression="zstd", store_schema=False)
    return tmp_path / "bomb.parquet"


def cut(tmp_path):
    path = write(tmp_path / "cut.parquet", articles(5))
    path.write_bytes(path.read_bytes()[:-20])
    return path


def damaged(tmp_path):
    path = write(tmp_path / "damaged.parquet", articles(400), row_group_size=50, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 4_000] = b"\xff" * 4_000
    path.write_bytes(content)
    return path


def other(tmp_path):
    (tmp_path / "other.parquet").write_bytes(b"no rows at all\n" * 20)
    return tmp_path / "other.parquet"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (cut, r"the Parquet file cannot be read: it is damaged or not Parquet: "),
        (other, r"the Parquet file cannot be read: it is damaged or not Parquet: "),
        (bomb, r"the Parquet file cannot be read: reading it took more than 400 MB of memory"),
        (damaged, r"the Parquet file cannot be read from row [\d,]+ on: it is damaged: "),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_hostile_file_is_unread_and_what_came_before_is_read(tmp_path, make, why):
    *pages, row = read(make(tmp_path))
    assert (row.stage, row.offset, row.length) == ("crawl", 0, 0)
    assert re.match(why, row.why), row.why
    assert [page.number for page in pages] == list(range(len(pages)))
    assert (make is damaged) == bool(pages)


class DyingReader(RowReader):
    def header(self):
        frame = super().header()
        if frame.get("row") == 2:
            self.close()
            raise sandboxed.DeadError("its reader crashed")
        return frame


def test_a_file_that_kills_its_process_is_unread_from_there_on(tmp_path, monkeypatch):
    monkeypatch.setattr(sandboxed, "RowReader", DyingReader)
    *pages, row = read(write(tmp_path / "a.parquet", articles(5)))
    assert len(pages) == 2
    assert row.why.startswith("the Parquet file cannot be read from row 3 on: its reader crashed")


def test_a_row_that_is_no_article_has_its_number(tmp_path):
    first, row = read(write(tmp_path / "a.parquet", [{"text": TEXT}, {"text": " "}]))
    assert first.number == 0
    assert (row.name, row.why, row.stage) == ("a.parquet:2", "the row has no text", "page")


def test_nothing_is_read_where_the_sandbox_does_not_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(sandboxed.sandboxed, "strict", True)
    monkeypatch.setattr(RowReader, "layers", lambda self: type("Missing", (), {"hold": False})())
    with pytest.raises(sandboxed.SandboxMissing):
        read(write(tmp_path / "a.parquet", articles(1)))
