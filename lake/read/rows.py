"""`python -m corpus.sandbox lake.read.rows DESCRIPTOR`: the rows of a Parquet file as JSON, out of the sandbox: each goes on to a reader like a
line of a file of JSON Lines.

Only columns that an import knows are read, and of these only plain ones, so that nothing unfolds which nobody asked for; a few rows at a
time, from pages of the file that are unpacked one by one.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.readers.__main__ import allow_time
from corpus.readers.budget import EACH, HARMLESS, MEGABYTE, RATIO
from corpus.readers.table import COLUMNS, value_of
from corpus.sandbox.frames import enter_sandbox, send
from corpus.sandbox.process import MEMORY
from lake.extras import needed

AT_ONCE = 16  # rows
BUFFER = 1 << 20  # bytes of the file
MOST_NAMES = 1 << 20  # of what the file says about itself
NO_TEXT = f"no text column; name it one of: {', '.join(COLUMNS['text'])}"
KNOWN = {name for names in COLUMNS.values() for name in names}


class NotRows(ValueError):
    """The file has no rows that can be read; the message says why."""


def opened(stream: BinaryIO) -> Any:
    """Raises NotRows."""
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        return parquet.ParquetFile(
            arrow.PythonFile(stream, mode="r"),
            buffer_size=BUFFER,
            pre_buffer=False,
            thrift_string_size_limit=MOST_NAMES * 16,
            thrift_container_size_limit=MOST_NAMES,
        )
    except (arrow.ArrowException, OSError) as error:
        raise NotRows(f"it is damaged or not Parquet: {plainly(error)}") from error


def columns(file: Any) -> list[str]:
    """Names of those to read. Raises NotRows where none has the text."""
    fields = [field for field in file.schema_arrow if field.name.strip().lower() in KNOWN]
    plain = [field.name for field in fields if is_plain(field.type)]
    if {name.strip().lower() for name in plain} & set(COLUMNS["text"]):
        return plain
    nested = [
        f"{field.name} is of type {str(field.type)[:100]}" for field in fields if field.name.strip().lower() in COLUMNS["text"]
    ]
    raise NotRows(f"the column {nested[0]}; give it as strings" if nested else NO_TEXT)


def is_plain(kind: Any) -> bool:
    """Strings, numbers, dates; or an array of such, as names of authors are."""
    types = needed("pyarrow.types")
    if types.is_list(kind) or types.is_large_list(kind):
        kind = kind.value_type
    if types.is_dictionary(kind):
        kind = kind.value_type
    return not types.is_nested(kind)


def rows(file: Any) -> Iterator[dict[str, Any]]:
    """Raises NotRows where the rest cannot be read, MemoryError."""
    arrow = needed("pyarrow")
    try:
        for batch in file.iter_batches(AT_ONCE, columns=columns(file), use_threads=False):
            for number in range(batch.num_rows):
                yield {name: batch.column(at)[number].as_py() for at, name in enumerate(batch.schema.names)}
    except MemoryError:
        raise
    except (arrow.ArrowException, OSError) as error:
        raise NotRows(f"it is damaged: {plainly(error)}") from error


def line(row: dict[str, Any]) -> bytes:
    """As JSON. Raises ValueError for what is no article."""
    values = {name: plain(name, value) for name, value in row.items()}
    if not value_of(values, COLUMNS["text"]).strip():
        raise ValueError("the row has no text")
    data = json.dumps(values, default=str).encode()
    if len(data) > EACH:
        raise ValueError(f"the row has more than {EACH // MEGABYTE} MB")
    return data


def plain(name: str, value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"the column {name} has bytes that are not UTF-8 (byte {error.start:,})") from error


def plainly(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:300] or type(error).__name__


def send_rows(out: BinaryIO, stream: BinaryIO) -> None:
    """Frame by frame: a row, or why it is none. Raises NotRows, MemoryError."""
    size, total = os.fstat(stream.fileno()).st_size, 0
    for number, row in enumerate(rows(opened(stream))):
        allow_time()
        total += sum(len(value) if isinstance(value, str | bytes) else 8 for value in row.values())
        if total > HARMLESS and total > RATIO * size:
            raise NotRows(f"it expands to more than {RATIO} times its size")
        try:
            data, why = line(row), ""
        except ValueError as error:
            data, why = b"", str(error)
        send(out, {"row": number, "why": why}, data)


def main() -> None:
    needed("pyarrow").set_memory_pool(needed("pyarrow").system_memory_pool())
    for module in ("pyarrow.parquet", "pyarrow.types"):
        needed(module)  # in the sandbox nothing more is imported
    out = enter_sandbox()
    allow_time()
    damaged = ""
    try:
        with os.fdopen(int(sys.argv[1]), "rb") as stream:
            send_rows(out, stream)
    except NotRows as error:
        damaged = str(error)
    except MemoryError:
        damaged = f"reading it took more than {MEMORY // MEGABYTE} MB of memory"
    except RecursionError:
        damaged = "it is nested too deeply"
    send(out, {"end": True, "damaged": damaged})


if __name__ == "__main__":
    main()
