"""Tables of the lake as Parquet: their columns, and the one way in which rows become a file. The same rows make the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import batched
from pathlib import Path
from typing import Any

from lake.extras import needed
from lake.read.page import LakePage, UnreadPage

BATCH = 1_000  # rows of a record batch
TYPES = {"str": "string", "int": "int64", "bytes": "binary", "float": "float64"}

Columns = Mapping[str, str]
"""Names and types of Arrow."""


def columns_of(row: type) -> Columns:
    return {field.name: TYPES.get(str(field.type), "list") for field in fields(row)}


COLUMNS: dict[str, Columns] = {
    "pages": columns_of(LakePage),
    "unread": columns_of(UnreadPage),
    "copies": {"text_sha256": "string", "of": "string", "likeness": "float64"},
    "names": {
        "text_sha256": "string",
        "list": "string",
        "entry": "string",
        "name": "string",
        "start": "int64",
        "end": "int64",
        "quote": "string",
    },
}


def schema(table: str) -> Any:
    arrow = needed("pyarrow")
    return arrow.schema(
        [
            (name, arrow.list_(arrow.int64()) if kind == "list" else getattr(arrow, kind)())
            for name, kind in COLUMNS[table].items()
        ]
    )


def record_batches(table: str, rows: Iterable[Any]) -> Iterable[Any]:
    """Rows with an attribute for each column → batches of Arrow."""
    arrow, shape = needed("pyarrow"), schema(table)
    for batch in batched(rows, BATCH):
        yield arrow.RecordBatch.from_arrays(
            [arrow.array([getattr(row, field.name) for row in batch], field.type) for field in shape], schema=shape
        )


class TableWriter:
    """One file of a table, row by row."""

    def __init__(self, table: str, path: Path) -> None:
        self.table, self.path, self.rows = table, path, 0
        self.waiting: list[Any] = []
        self.file = needed("pyarrow.parquet").ParquetWriter(path, schema(table), compression="zstd")

    def add(self, row: Any) -> None:
        self.waiting.append(row)
        self.rows += 1
        if len(self.waiting) == BATCH:
            self.write()

    def write(self) -> None:
        for batch in record_batches(self.table, self.waiting):
            self.file.write_batch(batch)
        self.waiting = []

    def close(self) -> str:
        """The SHA-256 of the file."""
        self.write()
        self.file.close()
        return file_sha256(self.path)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
