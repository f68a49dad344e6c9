"""The action that downloads a selection as CSV."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from corpus.text.cells import csv_lines

CHUNK = 2000
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as the local code page
Column = tuple[str, str | Callable[[Any], Any]]


def columns(names: str, **readers: Callable[[Any], Any]) -> tuple[Column, ...]:
    """From "id=pk title outlet=outlet.name": headings, each with its path where that is another; or with its reader."""
    pairs = [name.partition("=") for name in names.split()]
    return tuple((name, readers.get(name) or path or name) for name, _, path in pairs)


class CsvDownload(admin.ModelAdmin):
    """`csv_columns`: (heading, path such as "assignment.document.title" or a function of the row)."""

    csv_columns: tuple[Column, ...] = ()
    actions: Sequence[str] = ["download_csv"]

    @admin.action(description="Download as CSV", permissions=["view"])
    def download_csv(self, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        name = f"{self.opts.model_name}-{timezone.now():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            lines(queryset, self.csv_columns),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def lines(queryset: Any, columns: tuple[Column, ...]) -> Iterator[str]:
    """The file, line by line, all of it as the rows stood at one moment."""
    readers = [reader(source) for _, source in columns]
    yield BYTE_ORDER_MARK
    # The response is made after the view's transaction: the cursor needs one of its own.
    with transaction.atomic():
        rows = queryset.iterator(chunk_size=CHUNK)
        cells = ([read(row) for read in readers] for row in rows)
        yield from csv_lines((heading for heading, _ in columns), cells)


def reader(source: str | Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function that reads a column; a path through something that is not there gives None."""
    if callable(source):
        return source
    steps = [operator.attrgetter(step) for step in source.split(".")]

    def read(row: Any) -> Any:
        for step in steps:
            if row is None:
                return None
            row = step(row)
        return row() if callable(row) else row

    return read
