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

    def keeping(self: row_writer.Copies, server: Any) -> None:
        if len(next(iter(kept.values()), ())) < most:
            for table, rows in self.rows.items():
                kept.setdefault(table, []).append(rows.whole())
        send(self, server)

    row_writer.Copies.send_through = keeping  # type: ignore[method-assign]
    try:
        yield kept
    finally:
        row_writer.Copies.send_through = send  # type: ignore[method-assign]


def copied(tables: Tables) -> float:
    """Articles a second of COPY alone: the same rows into tables with the same columns, constraints and indexes, without keys
    to other tables and without triggers."""
    from django.db import connection, transaction

    documents = next(batches for table, batches in tables.items() if table.name == '"corpus_document"')
    count = sum(bytes(rows).count(b"\n") for rows in documents)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE yardstick_{table.name[1:-1]} (LIKE {table.name} INCLUDING ALL)")
        began = time.perf_counter()
        for table, batches in tables.items():
            with cursor.copy(f"COPY yardstick_{table.name[1:-1]} ({', '.join(table.columns)}) FROM STDIN") as copy:
                for rows in batches:
                    copy.write(rows)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return count / took
