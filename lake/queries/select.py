"""A question in SQL to the lake, and its rows as a file. Nothing but the files of the lake can be read, and nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from corpus.text.cells import csv_lines
from lake.extras import needed
from lake.files.addresses import LakeFiles
from lake.queries.database import MEMORY, database, is_damage, quoted

AT_ONCE = 1_000  # rows
FIRST = 200  # rows: whoever works on some while the next ones come begins sooner


class SelectRefused(ValueError):
    """The SQL is no question that the lake answers; the message says why."""


class LakeAnswer(NamedTuple):
    """The columns of an answer, and its rows some at a time."""

    columns: list[str]
    batches: Iterator[list[tuple[Any, ...]]]


@contextmanager
def selection(lake: LakeFiles, sql: str, memory: str = MEMORY, around: str = "{}", needs: str = "") -> Iterator[LakeAnswer]:
    """The answer to a SELECT. `around`: one of ours that the SELECT is put into; `needs`: the column that it takes.

    Raises SelectRefused, LakeUnreadable, MissingExtra."""
    duckdb = needed("duckdb")
    with database(lake, memory) as connection:
        confine(connection, lake)
        try:
            query = checked(connection, sql)
            if needs and needs not in [row[0] for row in connection.execute(f"DESCRIBE {query}").fetchall()]:
                raise SelectRefused(f"Give the SELECT a column {needs}.")
            result = connection.execute(around.format(query))
            yield LakeAnswer([column[0] for column in result.description], batches(result))
        except duckdb.Error as error:
            if is_damage(error):
                raise
            raise SelectRefused(str(error)) from error


def checked(connection: Any, sql: str) -> str:
    """Raises SelectRefused for what is not one SELECT."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type.name != "SELECT":
        raise SelectRefused("Write one SELECT over pages, unread, copies and names.")
    query: str = statements[0].query.strip().rstrip(";")
    return query


def confine(connection: Any, lake: LakeFiles) -> None:
    """From here on no other file, no network, no extension."""
    connection.execute(f"SET allowed_directories = [{quoted(lake.address)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def batches(result: Any) -> Iterator[list[tuple[Any, ...]]]:
    count = min(FIRST, AT_ONCE)
    while batch := result.fetchmany(count):
        yield batch
        count = AT_ONCE


# Files


def as_csv(answer: LakeAnswer) -> Iterator[bytes]:
    """A cell that a spreadsheet would take for a formula is made a text."""
    rows = ([plain(value) for value in row] for batch in answer.batches for row in batch)
    for line in csv_lines(answer.columns, rows):
        yield line.encode()


def as_json_lines(answer: LakeAnswer) -> Iterator[bytes]:
    for batch in answer.batches:
        for row in batch:
            values = dict(zip(answer.columns, map(plain, row), strict=True))
            yield json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n"


def plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes | bytearray) else value


FORMATS: dict[str, Callable[[LakeAnswer], Iterator[bytes]]] = {"csv": as_csv, "jsonl": as_json_lines}


def format_of(path: Path | None) -> str:
    """By the ending of a file; CSV for the screen. Raises SelectRefused."""
    ending = path.suffix.lower().lstrip(".") if path else "csv"
    if ending not in FORMATS:
        raise SelectRefused(f"{path}: end the name of the file in {' or '.join(f'.{each}' for each in FORMATS)}.")
    return ending
