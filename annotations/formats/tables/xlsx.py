"""XLSX: a workbook with a sheet for each table, which opens on the evidence; the last one says what every column means.

Needs XlsxWriter, which keeps one row of each sheet in memory. Text is written as text: no cell is a formula, and none is a link
but the title of an article in the evidence, to its own address. Offset unit: Unicode code points.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from annotations.formats.base import BASES, CAPACITIES, LINES, Losses, Options
from annotations.formats.columns import ExportTable, Value
from annotations.formats.evidence.evidence_lines import EVIDENCE
from annotations.formats.tables.definitions import chosen_tables, filled
from annotations.native.annotated import Annotated

TITLE = "Excel workbook"
EXTENSION = ".xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFSETS = "Unicode code points"
TAKES = "native"
BASED = True  # says what lines of evidence rest on: wants `bases`
SEALED = True  # its rows can be looked at again: seals
HOLDS = CAPACITIES
WRITING: Options = {"lines": LINES, "basis": BASES}

ROWS = 1_048_576  # of a sheet, with its header
LONGEST = 32_767  # UTF-16 units in a cell
DIGITS = 15  # what a cell keeps of a number
LINKS = 65_530  # of a sheet
PIECE = 1 << 16
FIRST = EVIDENCE.name
TITLED = "article"
ADDRESS = re.compile(r"https?://[!-~]+")
LONGEST_ADDRESS = 2_079  # characters that Excel takes
# Widths of columns in characters; other columns are narrow. Long text wraps.
WIDTHS = {
    "statement": 60, "sentence": 60, "quotation": 28, "article": 32, "footnote": 40, "address": 32, "source": 22, "measure": 24,
    "outlet": 16, "date": 16, "annotated": 18, "meaning": 60, "a row is": 40,
}  # fmt: skip
NARROW = 12
HIDDEN = ("document", "annotator", "address", "start", "end", "id", "seal")  # for programs; a person can show them
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
    tables = sorted(chosen_tables(options), key=lambda table: table.name != FIRST)
    sheets = {table.name: Sheets(book, table.name, table.header, losses) for table in tables}
    for table, rows in filled(documents, losses, options):
        for row in rows:
            sheets[table.name].append(row)
    explain(Sheets(book, "columns", COLUMNS, losses), tables)
    for sheet in sheets.values():
        sheet.end()
    book.close()


def explain(sheet: Sheets, tables: Iterable[ExportTable]) -> None:
    for table in tables:
        for column in table.columns:
            sheet.append([table.name, column.name, column.kind, column.meaning, table.row])


class Sheets:
    """A table on a sheet, and on further ones where a sheet is full."""

    def __init__(self, book: Any, name: str, header: Sequence[str], losses: Losses) -> None:
        self.book, self.name, self.header, self.losses = book, name, header, losses
        self.bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self.plain = book.add_format({"valign": "top", "text_wrap": True})
        self.link = book.add_format({"valign": "top", "text_wrap": True, "font_color": "#0563C1", "underline": 1})
        self.number = 0
        self.begin()

    @property
    def is_evidence(self) -> bool:
        return self.name == FIRST

    def begin(self) -> None:
        self.number += 1
        self.sheet = self.book.add_worksheet(self.name if self.number == 1 else f"{self.name} {self.number}")
        self.sheet.freeze_panes(1, 0)
        for index, name in enumerate(self.header):
            # A column that is hidden must be one before its first row is written.
            options = {"hidden": True} if self.is_evidence and name in HIDDEN else {}
            self.sheet.set_column(index, index, WIDTHS.get(name, NARROW), self.plain, options)
            self.sheet.write_string(0, index, name, self.bold)
        self.row, self.links = 1, 0

    def end(self) -> None:
        """A filter over what there is."""
        if self.is_evidence:
            self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self.header) - 1)

    def append(self, values: Iterable[Value]) -> None:
        if self.row == ROWS:
            self.end()
            self.begin()
        cells = list(values)
        for index, value in enumerate(cells):
            if value is not None and not self.linked(index, value, cells):
                self.put(index, value)
        self.row += 1

    def linked(self, index: int, value: Value, cells: list[Value]) -> bool:
        """Whether it was written as the title of an article that leads to its address; a claimed address is none."""
        if not self.is_evidence or self.header[index] != TITLED or self.links >= LINKS:
            return False
        address = str(cells[self.header.index("address")] or "")
        if not ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
            return False
        self.links += 1
        self.sheet.write_url(self.row, index, address, self.link, self.fitting(str(value), index))
        return True

    def put(self, index: int, value: str | float | bool) -> None:
        if isinstance(value, bool):
            self.sheet.write_boolean(self.row, index, value)
        elif isinstance(value, int | float):
            if float(f"{value:.{DIGITS}g}") != value:
                self.losses.lose(f"numbers rounded to the {DIGITS} digits of a cell", self.where(index))
            self.sheet.write_number(self.row, index, value)
        else:
            self.sheet.write_string(self.row, index, self.fitting(value, index))

    def fitting(self, text: str, index: int) -> str:
        if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
            return text
        self.losses.lose(f"texts cut to the {LONGEST:,} characters of a cell", self.where(index))
        return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")

    def where(self, index: int) -> str:
        return f"{self.name}, row {self.row + 1}, {self.header[index]}"
