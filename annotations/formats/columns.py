"""Tables made of native documents: what a row stands for, and what each column says.

Pure. CSV, XLSX and Parquet write the same tables; `docs/formats.md` and the file `columns.csv` of an export describe them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.native.annotated import Annotated
from annotations.native.view import Object

TEXT, NUMBER, WHOLE, FLAG = "text", "number", "whole number", "yes or no"
Value = str | float | int | bool | None
Getter = Callable[[DocumentView, Object], Any]


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    meaning: str
    get: Getter

    def value(self, view: DocumentView, record: Object) -> Value:
        """Of the column's kind, or None; anything else that a document holds becomes text."""
        return self.fitted(self.get(view, record))

    def fitted(self, value: Any) -> Value:
        if value is None or value == "":
            return None
        if self.kind == TEXT:
            return value if isinstance(value, str) else joined(value)
        if self.kind == FLAG:
            return value if isinstance(value, bool) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return int(value) if self.kind == WHOLE else value


@dataclass(frozen=True)
class ExportTable:
    name: str
    row: str  # what one row stands for
    columns: tuple[Column, ...]
    records: Callable[[DocumentView], Iterable[Object]]

    def rows(self, view: DocumentView) -> Iterator[list[Value]]:
        return self.rows_of(view, self.records(view))

    def rows_of(self, view: DocumentView, records: Iterable[Object]) -> Iterator[list[Value]]:
        steps = [(column.get, column.fitted, column.kind == TEXT) for column in self.columns]
        for record in records:
            # Most cells are text already, or empty, and there are millions of them.
            cells = [(get(view, record), fitted, plain) for get, fitted, plain in steps]
            yield [
                value if value is None or (plain and value and type(value) is str) else fitted(value)
                for value, fitted, plain in cells
            ]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def joined(value: Any) -> str:
    """A list as one text; objects in it as "name: value"."""
    if isinstance(value, list | tuple):
        return "; ".join(joined(entry) for entry in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {joined(entry)}" for name, entry in value.items() if entry is not None)
    return str(value)


def field(name: str, meaning: str, kind: str = TEXT, of: str = "") -> Column:
    """A field of the item, under its own name or another."""
    return Column(name, kind, meaning, lambda view, record: record.get(of or name))


def attribute(name: str, meaning: str, kind: str = TEXT) -> Column:
    return Column(name, kind, meaning, lambda view, record: (record.get("attributes") or {}).get(name))


def views(documents: Iterable[Annotated]) -> Iterator[DocumentView]:
    return (DocumentView(document) for document in documents)
