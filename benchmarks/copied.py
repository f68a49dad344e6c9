"""The yardstick of what is stored many at a time: COPY alone of the very same rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

type Tables = dict[Any, list[Any]]


@contextmanager
def keeping_rows(most: int) -> Iterator[Tables]:
    """What the block stores, for each table as COPY takes it, up to so many batches."""
    from corpus.db import row_writer

    kept: Tables = {}
    send = row_writer.Copies.send_through

    def keeping(self: row_writer.Copies, server: Any, **how: bool) -> None:
        if len(next(iter(kept.values()), ())) < most:
            for table, rows in self.rows.items():
                kept.setdefault(table, []).append(rows.whole())
        send(self, server, **how)

    row_writer.Copies.send_through = keeping  # type: ignore[method-assign]
    try:
        yield kept
    finally:
        row_writer.Copies.send_through = send  # type: ignore[method-assign]


KEYS = """SELECT pg_get_constraintdef(oid), confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND conrelid = %s::regclass"""


def copied(tables: Tables) -> float:
    """Articles a second of COPY alone: the same rows into temporary tables with the same columns, constraints and indexes, without keys
    to other tables and without triggers."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE {twin(table)} (LIKE {table.name} INCLUDING ALL)")
        began = time.perf_counter()
        for table, batches in tables.items():
            for rows in batches:
                copy_rows(cursor, table, rows)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return documents(tables) / took


def copied_to_stay(tables: Tables) -> float:
    """The same into tables like those of an installation: with keys to other tables, logged ahead, each batch committed. Without triggers."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        make_twins(cursor, tables)
        most = max(map(len, tables.values()))
        began = time.perf_counter()
        for number in range(most):
            with transaction.atomic():
                for table, batches in tables.items():
                    at = number - (most - len(batches))  # a table with fewer comes last: what its keys lead to is there
                    if at >= 0:
                        copy_rows(cursor, table, batches[at])
        took = time.perf_counter() - began
        cursor.execute(f"DROP TABLE {', '.join(map(twin, tables))}")
    return documents(tables) / took


def make_twins(cursor: Any, tables: Tables) -> None:
    """Ordinary tables with all that those of these rows have but triggers, whose keys lead to one another."""
    own = {table.name[1:-1]: twin(table) for table in tables}
    for name, new in own.items():
        cursor.execute(f"CREATE TABLE {new} (LIKE {name} INCLUDING ALL)")
    for name, new in own.items():
        cursor.execute(KEYS, [name])
        for number, (key, other) in enumerate(cursor.fetchall()):
            to = key.replace(f"REFERENCES {other}(", f"REFERENCES {own.get(other, other)}(")
            cursor.execute(f"ALTER TABLE {new} ADD CONSTRAINT {new}_{number} {to}")


def twin(table: Any) -> str:
    return f"yardstick_{table.name[1:-1]}"


def copy_rows(cursor: Any, table: Any, rows: Any) -> None:
    with cursor.copy(f"COPY {twin(table)} ({', '.join(table.columns)}) FROM STDIN") as copy:
        copy.write(rows)


def documents(tables: Tables) -> int:
    batches = next(batches for table, batches in tables.items() if table.name == '"corpus_document"')
    return sum(bytes(rows).count(b"\n") for rows in batches)
