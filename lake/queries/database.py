"""The lake as tables of DuckDB: pages, unread, copies, names. Views over the files of the parts that count; nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lake.extras import needed
from lake.files.addresses import LakeFiles
from lake.files.bucket import LakeBucket
from lake.files.parts import LakePart, files_of, live_parts, manifests
from lake.files.tables import COLUMNS
from lake.files.unreadable import LakeUnreadable

MEMORY = "2GB"
READ, COPIES, NAMES = "read", "copies", "names"
ENGINE_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "float64": "DOUBLE", "binary": "BLOB", "list": "BIGINT[]"}


@contextmanager
def database(lake: LakeFiles, memory: str = MEMORY) -> Iterator[Any]:
    """A connection. It spills to a folder what is more than `memory`. Raises LakeUnreadable, MissingExtra."""
    duckdb = needed("duckdb")
    with lake.spill() as spill, duckdb.connect() as connection:
        if isinstance(lake, LakeBucket):
            connection.register_filesystem(lake.filesystem())
        connection.execute(f"SET memory_limit = {quoted(memory)}")
        connection.execute(f"SET temp_directory = {quoted(str(spill))}")
        connection.execute("SET preserve_insertion_order = false")
        for table, parts in parts_of(lake).items():
            try:
                connection.execute(f"CREATE VIEW {table} AS {view(lake, table, parts)}")
            except (duckdb.Error, FileNotFoundError) as error:
                raise LakeUnreadable(error) from error
        try:
            yield connection
        except duckdb.Error as error:
            if is_damage(error):
                raise LakeUnreadable(error) from error
            raise


def is_damage(error: Exception) -> bool:
    """Whether DuckDB could not read a file of the lake, for which it has no exception of its own."""
    duckdb = needed("duckdb")
    of_a_file = isinstance(error, duckdb.InvalidInputException) and "file" in str(error)
    return of_a_file or isinstance(error, duckdb.IOException) or type(error) is duckdb.Error


def parts_of(lake: LakeFiles) -> dict[str, list[LakePart]]:
    """The parts that count, by table: of copies those of the last run, of names those of pages that count."""
    read = live_parts(lake, READ)
    copies = manifests(lake, COPIES)
    names = {(part["source"], part["sha256"]): part for run in manifests(lake, NAMES) for part in run["parts"]}
    of_pages = {part["part"] for part in read}
    return {
        "pages": read,
        "unread": read,
        "copies": copies[-1]["parts"] if copies else [],
        "names": [part for (_, page_part), part in names.items() if page_part in of_pages],
    }


def view(lake: LakeFiles, table: str, parts: list[LakePart]) -> str:
    paths = files_of(lake, parts, table)
    if not paths:
        columns = ", ".join(f"NULL::{ENGINE_TYPES[kind]} AS {quoted_name(name)}" for name, kind in COLUMNS[table].items())
        return f"SELECT {columns} WHERE false"
    rows = f"SELECT * FROM read_parquet([{', '.join(map(quoted, paths))}], union_by_name = true)"  # noqa: S608 - names of our own files
    is_once = table != "pages" or not is_doubled(parts)
    return rows if is_once else f"{rows} QUALIFY row_number() OVER (PARTITION BY page ORDER BY name) = 1"


def is_doubled(parts: list[LakePart]) -> bool:
    """Whether a page may stand in two of them: small files are read some hundred together, and when one comes to them, all again."""
    return any(part["kind"] == "files" for part in parts)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
