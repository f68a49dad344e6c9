"""XLSX: a workbook with a sheet for each table, the first of which says what every column means.

Needs XlsxWriter, which keeps one row of each sheet in memory. Text is written as text: no cell is a formula or a link.
Offset unit: Unicode code points.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from annotations.formats.annotated import Annotated
from annotations.formats.columns import Table, Value
from annotations.formats.flat import CAPACITIES
from annotations.formats.losses import Losses
from annotations.formats.tables import filled, wanted

TITLE = "Excel workbook"
EXTENSION = ".xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFSETS = "Unicode code points"
TAKES = "native"
SEALED = True  # its rows can be looked at again: seals
HOLDS = CAPACITIES

ROWS = 1_048_576  # of a sheet, with its header
LONGEST = 32_767  # UTF-16 units in a cell
DIGITS = 15  # what a cell keeps of a number
PIECE = 1 << 16
COLUMNS = ("sheet", "column", "kind", "meaning", "a row is")


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        fill(file, documents, losses, options)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def fill(file: IO[bytes], documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> None:
    from xlsxwriter import Workbook  # a server that writes none need not hold it

    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "use_zip64": True})
    explain(Sheets(book, "columns", COLUMNS, losses), wanted(options))
    sheets = {table.name: Sheets(book, table.name, table.header, losses) for table in wanted(options)}
    for table, rows in filled(documents, losses, options):
        for row in rows:
            sheets[table.name].append(row)
    book.close()


def explain(sheet: Sheets, tables: Iterable[Table]) -> None:
    for table in tables:
        for column in table.columns:
            sheet.append([table.name, column.name, column.kind, column.meaning, table.row])


class Sheets:
    """A table on a sheet, and on further ones where a sheet is full."""

    def __init__(self, book: Any, name: str, header: Sequence[str], losses: Losses) -> None:
        self.book, self.name, self.header, self.losses = book, name, header, losses
        self.bold = book.add_format({"bold": True})
        self.number = 0
        self.begin()

    def begin(self) -> None:
        self.number += 1
        self.sheet = self.book.add_worksheet(self.name if self.number == 1 else f"{self.name} {self.number}")
        self.sheet.freeze_panes(1, 0)
        for place, name in enumerate(self.header):
            self.sheet.write_string(0, place, name, self.bold)
        self.row = 1

    def append(self, values: Iterable[Value]) -> None:
        if self.row == ROWS:
            self.begin()
        for place, value in enumerate(values):
            if value is not None:
                self.put(place, value)
        self.row += 1

    def put(self, place: int, value: str | float | bool) -> None:
        if isinstance(value, bool):
            self.sheet.write_boolean(self.row, place, value)
        elif isinstance(value, int | float):
            if float(f"{value:.{DIGITS}g}") != value:
                self.losses.lose(f"numbers shortened to the {DIGITS} digits that a cell keeps", self.where(place))
            self.sheet.write_number(self.row, place, value)
        else:
            self.sheet.write_string(self.row, place, self.fitting(value, place))

    def fitting(self, text: str, place: int) -> str:
        if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
            return text
        self.losses.lose(f"texts cut to the {LONGEST:,} characters that a cell holds", self.where(place))
        return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")

    def where(self, place: int) -> str:
        return f"{self.name}, row {self.row + 1}, {self.header[place]}"
