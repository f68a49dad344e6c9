"""How long an answer may take, and what is counted beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction

from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Corpus

SECONDS, COUNTING_SECONDS = 3.0, 0.3
LEAST_SECONDS = 0.05  # for what is counted when these are over
MEMORY = "32MB"  # for what an answer sorts and groups: all entries of a large corpus, which would go to the disk and back

SNAPSHOT: Statement = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ())
LIMITS = "SELECT set_config('jit', 'off', true), set_config('work_mem', $1, true), set_config('statement_timeout', $2, true)"


class TooBroad(Exception):
    """The answer took longer than a question may."""


@contextmanager
def within_time(corpus: Corpus, *statements: Statement) -> Iterator[list[Rows]]:
    """One snapshot for all of an answer, and an end to what takes too long. Yields the rows of `statements`, which go along with its beginning.
    Raises TooBroad."""
    beginning = [] if connection.in_atomic_block else [SNAPSHOT]
    beginning.append((LIMITS, [MEMORY, milliseconds(SECONDS)]))
    try:
        with transaction.atomic():
            yield round_trip([*beginning, *statements])[len(beginning) :]
    except OperationalError as error:
        if is_timeout(error):
            raise TooBroad(str(corpus)) from error
        raise


def counted_in_time(sql: str, values: Mapping[str, Any], seconds: float | None = None) -> Rows | None:
    """The rows of a statement that counts; None where it takes longer, or without `seconds` longer than all counting may."""
    own = timeout(COUNTING_SECONDS if seconds is None else seconds)
    if not connection.in_atomic_block:
        return counted_alone(own, sql, values)
    try:
        return among(f"SAVEPOINT counting; {own}", sql, values, f"RELEASE SAVEPOINT counting; {timeout(SECONDS)}")
    except OperationalError as error:
        if not is_timeout(error):
            raise
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT counting; RELEASE SAVEPOINT counting")
        return None


def counted_alone(own: str, sql: str, values: Mapping[str, Any]) -> Rows | None:
    """The same outside a transaction: statements that go together are one by themselves."""
    try:
        return among(f"SET LOCAL jit = off; {own}", sql, values, "SELECT")
    except OperationalError as error:
        if not is_timeout(error):
            raise
        return None


def in_one_process(sql: str, values: Mapping[str, Any]) -> Rows:
    """The rows of a statement that needs the first entries of many and reads no further: a second process would read ahead of it."""
    setting = "SET LOCAL max_parallel_workers_per_gather"
    return among(f"{setting} = 0", sql, values, f"{setting} TO DEFAULT")


def fetched(sql: str, values: Mapping[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: Rows = cursor.fetchall()
        return rows


def among(before: str, sql: str, values: Mapping[str, Any], after: str) -> Rows:
    """The rows of a statement that goes to PostgreSQL together with those before and after it."""
    with connection.cursor() as cursor:
        cursor.execute(f"{before}; {sql}; {after}", values)
        for _ in before.split(";"):
            cursor.nextset()
        rows: Rows = cursor.fetchall()
        return rows


def allow_until(ends: float) -> None:
    """Give the next statement what is left of the time of several: up to `ends` of the monotonic clock. Raises TooBroad where nothing is."""
    left = ends - monotonic()
    if left <= 0:
        raise TooBroad
    with connection.cursor() as cursor:
        cursor.execute(timeout(max(left, LEAST_SECONDS)))


def milliseconds(seconds: float) -> str:
    return str(int(seconds * 1000))


def timeout(seconds: float) -> str:
    """SQL of how long a statement may take, until the end of the transaction, or of the savepoint if that is rolled back."""
    return f"SET LOCAL statement_timeout = {milliseconds(seconds)}"


def is_timeout(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == "57014"
