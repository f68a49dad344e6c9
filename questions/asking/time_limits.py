"""How long an answer may take, and what is counted beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from corpus.models import Corpus

SECONDS, COUNTING_SECONDS = 3.0, 0.3
LEAST_SECONDS = 0.05  # for what is counted when these are over
MEMORY = "32MB"  # for what an answer sorts and groups: all entries of a large corpus, which would go to the disk and back

Rows = list[tuple[Any, ...]]


class TooBroad(Exception):
    """The answer took longer than a question may."""


@contextmanager
def within_time(corpus: Corpus) -> Iterator[None]:
    """One snapshot for all of an answer, and an end to what takes too long. Raises TooBroad."""
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; " if outermost else ""
            cursor.execute(f"{snapshot}SET LOCAL jit = off; SET LOCAL work_mem = '{MEMORY}'; {timeout(SECONDS)}")
            yield
    except OperationalError as error:
        if is_timeout(error):
            raise TooBroad(str(corpus)) from error
        raise


def counted_in_time(count: Callable[[], Rows], seconds: float | None = None) -> Rows | None:
    """What a statement gives that counts; None where that takes longer, or without `seconds` longer than all counting may."""
    with connection.cursor() as cursor:
        cursor.execute(f"SAVEPOINT counting; {timeout(COUNTING_SECONDS if seconds is None else seconds)}")
        try:
            rows = count()
        except OperationalError as error:
            if not is_timeout(error):
                raise
            cursor.execute("ROLLBACK TO SAVEPOINT counting; RELEASE SAVEPOINT counting")
            return None
        cursor.execute(f"RELEASE SAVEPOINT counting; {timeout(SECONDS)}")
        return rows


def timeout(seconds: float) -> str:
    """SQL of how long a statement may take, until the end of the transaction, or of the savepoint if that is rolled back."""
    return f"SET LOCAL statement_timeout = {int(seconds * 1000)}"


def is_timeout(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == "57014"


@contextmanager
def without_bitmaps() -> Iterator[None]:
    """A statement goes through entries in their order, up to the last that it returns; or not at all where they have none."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        yield
        cursor.execute("SET LOCAL enable_bitmapscan = on")
