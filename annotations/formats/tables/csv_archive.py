"""CSV: an archive with a file for each table, and `columns.csv`, which says what every column means.

Pure. UTF-8 with a byte order mark, for the sake of spreadsheets; lines end with CR LF. A cell that a spreadsheet would take
for a formula has a quote in front (`corpus.text.cells`); numbers stay numbers. Offset unit: Unicode code points.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping

from annotations.formats.base import BASES, CAPACITIES, LINES, Losses, Options
from annotations.formats.columns import ExportTable
from annotations.formats.files.spooled import Files, archived
from annotations.formats.tables.definitions import chosen_tables, filled
from annotations.native.annotated import Annotated
from corpus.text.cells import csv_lines

TITLE = "CSV tables"
EXTENSION = ".csv.zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "Unicode code points"
TAKES = "native"
BASED = True  # says what lines of evidence rest on: wants `bases`
SEALED = True  # its rows can be looked at again: seals
HOLDS = CAPACITIES
WRITING: Options = {"lines": LINES, "basis": BASES}


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    tables = chosen_tables(options)

    def fill(files: Files) -> None:
        for table in tables:
            files[f"{table.name}.csv"].write(codecs.BOM_UTF8 + "".join(csv_lines(table.header, [])).encode())
        for table, rows in filled(documents, losses, options):
            files[f"{table.name}.csv"].writelines(line.encode() for line in lines(rows))

    yield from archived([("columns.csv", columns(tables))], [f"{table.name}.csv" for table in tables], fill)


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows without a header."""
    written = csv_lines([], rows)
    next(written)
    return written


def columns(tables: Iterable[ExportTable]) -> bytes:
    rows = [(table.name, column.name, column.kind, column.meaning, table.row) for table in tables for column in table.columns]
    return codecs.BOM_UTF8 + "".join(csv_lines(("table", "column", "kind", "meaning", "a row is"), rows)).encode()
