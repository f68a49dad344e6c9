"""Parquet: the tables of `annotations.formats.tables.definitions` in an archive, a folder for each, in it one for each corpus.

    figures/corpus=demo/part-0.parquet

Needs pyarrow. DuckDB, pandas and Spark read such a folder as one table with a column `corpus`. Offset unit: Unicode code points.
The option `corpus` names the corpus.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import IO, Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotations.formats.base import CAPACITIES, Losses
from annotations.formats.columns import FLAG, NUMBER, TEXT, WHOLE, Column, ExportTable, Value, views
from annotations.formats.files.optional_libraries import needed
from annotations.formats.files.spooled import packed
from annotations.formats.files.zipped import DAY, Drain
from annotations.formats.tables.csv_archive import columns
from annotations.formats.tables.definitions import DOCUMENTS, TABLES
from annotations.native.annotated import Annotated

TITLE = "Parquet tables"
EXTENSION = ".parquet.zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "Unicode code points"
TAKES = "native"
BASED = True  # says what lines of evidence rest on: wants `bases`
HOLDS = CAPACITIES
NEEDS = ("pyarrow",)
BY_CORPUS = True  # wants to know the corpus

GROUP = 5_000  # rows written at once
NAME = "Parquet"
TYPES = {TEXT: "string", NUMBER: "float64", WHOLE: "int64", FLAG: "bool_"}
WITH_TEXT = ExportTable(
    DOCUMENTS.name,
    DOCUMENTS.row,
    (*DOCUMENTS.columns, Column("text", TEXT, "the text that offsets refer to", lambda view, record: view.text)),
    DOCUMENTS.records,
)
WRITTEN = (WITH_TEXT, *(table for table in TABLES if table is not DOCUMENTS))


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    needed("pyarrow.parquet", NAME)
    drain = Drain()
    with ExitStack() as stack, ZipFile(drain, "w") as archive:
        archive.writestr(ZipInfo("columns.csv", DAY), columns(TABLES), ZIP_DEFLATED)
        yield drain.taken()
        parts = [ParquetPart(table, stack.enter_context(tempfile.TemporaryFile()), losses) for table in WRITTEN]
        for view in views(documents):
            for part in parts:
                for row in part.table.rows(view):
                    part.append(row)
        for part in parts:
            part.close()
            for _ in packed(archive, part.path(options.get("corpus") or "unknown"), part.file, compressed=False):
                yield drain.taken()
    yield drain.taken()


class ParquetPart:
    """One table of one corpus; GROUP rows of it are in memory."""

    def __init__(self, table: ExportTable, file: IO[bytes], losses: Losses) -> None:
        arrow = needed("pyarrow", NAME)
        self.table, self.file, self.losses = table, file, losses
        self.schema: Any = arrow.schema([(column.name, getattr(arrow, TYPES[column.kind])()) for column in table.columns])
        self.writer: Any = needed("pyarrow.parquet", NAME).ParquetWriter(file, self.schema)
        self.rows: list[list[Value]] = []
        self.number = 0

    def path(self, corpus: str) -> str:
        return f"{self.table.name}/corpus={quote(corpus, safe='')}/part-0.parquet"

    def append(self, row: list[Value]) -> None:
        self.number += 1
        self.rows.append(row)
        if len(self.rows) == GROUP:
            self.flush()

    def flush(self) -> None:
        arrow = needed("pyarrow", NAME)
        listed = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.schema)
        pairs = zip(listed, self.schema, self.table.columns, strict=True)
        arrays = [
            self.array(self.floats(values, column) if column.kind == NUMBER else list(values), field)
            for values, field, column in pairs
        ]
        self.writer.write_table(arrow.Table.from_arrays(arrays, schema=self.schema))
        self.rows = []

    def array(self, values: list[Value], field: Any) -> Any:
        """Halves of surrogate pairs, which UTF-8 has not, become question marks."""
        arrow = needed("pyarrow", NAME)
        try:
            return arrow.array(values, type=field.type)
        except UnicodeEncodeError:
            return arrow.array(
                [str(value).encode("utf-8", "replace").decode() if value else None for value in values], type=field.type
            )

    def floats(self, values: Iterable[Any], column: Column) -> list[Value]:
        """Numbers as floats of 64 bits."""
        floats: list[Value] = []
        for index, value in enumerate(values, self.number - len(self.rows) + 1):
            if value is not None and float(value) != value:
                self.losses.lose("numbers rounded to 64 bits", f"{self.table.name}, row {index}, {column.name}")
            floats.append(None if value is None else float(value))
        return floats

    def close(self) -> None:
        if self.rows:
            self.flush()
        self.writer.close()
