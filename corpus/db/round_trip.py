"""Statements that go to PostgreSQL together and are answered together, each of them read once in the life of a connection.

psycopg's own pipeline makes a cursor for each statement, which takes four times the processor time of what is done here: libpq's
pipeline through the functions of which psycopg is made.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import abc, errors, generators
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus

# SQL with $1, $2 …, whose text never changes, since the server keeps it; and its values.
Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]
# The name of what is prepared, its values as they are sent, and their formats.
Call = tuple[bytes, list[Any], list[Format]]

BEGIN: Statement = ("BEGIN", ())
COMMIT: Statement = ("COMMIT", ())
PLAIN = frozenset([int, UUID])  # as PostgreSQL reads them, as Python writes them
GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}

NUMBERS = itertools.count()


def numbered(statement: str, *names: str) -> str:
    """A statement whose values go by their numbers, in the order of their names: %(name)s becomes $1."""
    return re.sub(r"%\((\w+)\)s", lambda match: f"${names.index(match[1]) + 1}", statement)


def round_trip(statements: Sequence[Statement], *, last: bool = False, binary: bool = False) -> list[Rows]:
    """The rows of each statement, as psycopg reads them. Raises Django's errors of the database, and then nothing of it is stored.

    `binary`: they come so, which of long bytes takes half as much; JSON is read then. In a transaction its BEGIN goes along with what is sent first, and with what is `last` its COMMIT, unless another transaction is
    around it.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    for wrapper in connection.execute_wrappers:
        if isinstance(wrapper, UnderWay):
            wrapper.finish()
    own = connection.connection
    is_idle = own.pgconn.transaction_status == TransactionStatus.IDLE
    begins = is_idle and not own.autocommit
    whole = [BEGIN] * begins + list(statements) + [COMMIT] * (last and not connection.savepoint_ids)
    with connection.wrap_database_errors, noted(statements):
        form = Format.BINARY if binary else Format.TEXT
        answers = sent_again(own, whole, form) if is_idle else sent(own, whole, form)
    return answers[begins : begins + len(statements)]


class UnderWay:
    """What PostgreSQL carries out meanwhile, as one of Django's wrappers: who asks the database waits until it is done. `rows`: of each
    statement, then."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        connection.ensure_connection()
        with ExitStack() as block:
            block.enter_context(connection.wrap_database_errors)
            block.enter_context(noted(statements))
            self.rows: list[Rows] = block.enter_context(sending(connection.connection, statements, Format.TEXT))
            self.rest = block.pop_all()

    def push(self) -> None:
        """Send and take more of what is long: only as much as the way has room for goes at a time."""
        with connection.wrap_database_errors:
            connection.connection.pgconn.consume_input()  # sends first

    def finish(self) -> None:
        """Wait. Raises what `round_trip` does."""
        self.rest.close()

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        self.finish()
        return execute(*query)


@contextmanager
def under_way(*statements: Statement) -> Iterator[UnderWay]:
    """PostgreSQL carries these out while the block works with what Python has. Raises what `round_trip` does, when the block is over or
    asks the database something."""
    meanwhile = UnderWay(statements)
    with connection.execute_wrapper(meanwhile), meanwhile.rest:
        yield meanwhile


@contextmanager
def noted(statements: Sequence[Statement]) -> Iterator[None]:
    """For tests that count queries, as Django's cursors do it."""
    began = time.monotonic()
    yield
    if connection.queries_logged:
        seconds = f"{time.monotonic() - began:.3f}"
        connection.queries_log.extend({"sql": sql, "time": seconds} for sql, _ in statements)


def sent_again(own: psycopg.Connection[Any], statements: Sequence[Statement], form: Format) -> list[Rows]:
    """Outside a transaction, or at its beginning: a migration may have made useless what is prepared, which is then prepared anew."""
    try:
        return sent(own, statements, form)
    except (errors.FeatureNotSupported, errors.InvalidSqlStatementName):
        own.rollback()
        own._prepared._names.clear()  # noqa: SLF001
        return sent(own, statements, form)


def sent(own: psycopg.Connection[Any], statements: Sequence[Statement], form: Format) -> list[Rows]:
    """The rows of each."""
    with sending(own, statements, form) as answers:
        pass
    return answers


@contextmanager
def sending(own: psycopg.Connection[Any], statements: Sequence[Statement], form: Format) -> Iterator[list[Rows]]:
    """All of them in one pipeline, with their rows behind the block. An error ends it, and those behind it are not carried out."""
    answers: list[Rows] = []
    # psycopg's own: after a rollback it has the server drop all prepared statements, and forgets their names.
    names = own._prepared._names  # noqa: SLF001
    transformer = Transformer(own)
    fresh = {sql: b"attest_%d" % next(NUMBERS) for sql, _ in statements if (sql.encode(), ()) not in names}
    # Before anything is sent: a value that cannot be written leaves no pipeline half way.
    calls = [
        (
            fresh.get(sql) or names[sql.encode(), ()],
            [encoded(value, transformer) for value in values],
            [format_of(value) for value in values],
        )
        for sql, values in statements
    ]
    with pipeline(own, fresh, calls, form) as results:
        yield answers
    names |= {(sql.encode(), ()): fresh[sql] for sql, parts in results if sql and is_good(parts[-1])}
    for _, parts in results:
        if not is_good(parts[-1]):
            raise errors.error_from_result(parts[-1], own.info.encoding)
    answers += [[row for part in parts for row in rows_of(part, transformer)] for sql, parts in results if not sql]


@contextmanager
def pipeline(
    own: psycopg.Connection[Any], fresh: Mapping[str, bytes], calls: Sequence[Call], form: Format
) -> Iterator[list[tuple[str, list[Any]]]]:
    """The results in their order, behind the block, each with the SQL that is prepared, or with none for a call.

    Each is prepared right before its first call: to read a query takes a snapshot, and what says which one a transaction has comes before that.
    """
    pgconn, missing, sent = own.pgconn, {name: sql for sql, name in fresh.items()}, []
    results: list[tuple[str, list[Any]]] = []
    pgconn.enter_pipeline_mode()
    try:
        for name, values, formats in calls:
            if sql := missing.pop(name, ""):
                pgconn.send_prepare(name, sql.encode())
                sent.append(sql)
            pgconn.send_query_prepared(name, values, formats, form)
            sent.append("")
        pgconn.pipeline_sync()
        try:
            yield results
        finally:
            results += zip(sent, own.wait(answered(pgconn, len(sent))), strict=True)
    finally:
        if pgconn.status == ConnStatus.OK:
            pgconn.exit_pipeline_mode()


def answered(pgconn: Any, number: int) -> Generator[Any, Any, list[list[Any]]]:
    """The results of each of so many statements, and the one that ends the pipeline.

    One each, but for the first after a cursor that streamed: libpq goes on to give a result for each row until a pipeline's second statement.
    """
    yield from generators.send(pgconn)
    results: list[list[Any]] = []
    while len(results) < number:
        results += [(yield from generators.fetch_many(pgconn))]
    yield from generators.fetch(pgconn)
    return results


def is_good(result: Any) -> bool:
    return result.status in GOOD


def format_of(value: Any) -> Format:
    """Bytes go as they are."""
    return Format.BINARY if type(value) is bytes else Format.TEXT


def encoded(value: Any, transformer: abc.Transformer) -> Any:
    """As PostgreSQL reads it."""
    if value is None or type(value) is bytes:
        return value
    if type(value) is str:
        if "\x00" in value:  # libpq would end the text there
            raise psycopg.DataError("a text cannot contain NUL (0x00)")
        return value.encode()
    if type(value) in PLAIN:
        return str(value).encode()
    if type(value) is list and value and PLAIN.issuperset(map(type, value)):  # psycopg looks for what writes each of them
        return f"{{{','.join(map(str, value))}}}".encode()
    return transformer.get_dumper(value, PyFormat.TEXT).dump(value)


def rows_of(result: Any, transformer: abc.Transformer) -> Rows:
    if not result.ntuples:
        return []
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)
