"""Cells that a spreadsheet shows and never runs.

A spreadsheet takes a cell that begins with = + - @ for a formula, and some skip a tab, a line end
or a NUL before it, or read full-width twins of the signs. A quote in front makes it plain text
(OWASP ASVS 5, 1.2.10). Spaces and double quotes before the sign do not make it safe. No Django here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as the text of a cell. Numbers stay numbers, a negative one too: they run nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return inert("; ".join(str(part) for part in value))
    return inert(str(value))


def inert(text: str) -> str:
    """`text`, with a single quote in front where a spreadsheet would take it for a formula."""
    if text[:1].isalnum():
        return text
    return f"'{text}" if text.lstrip(' \xa0"').startswith(DANGEROUS) else text


class Echo:
    """What csv.writer writes to: it hands each finished line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A CSV file line by line, as rows come: memory does not grow with their number."""
    writer = csv.writer(Echo())
    yield writer.writerow([cell(name) for name in header])
    for row in rows:
        yield writer.writerow([cell(value) for value in row])
