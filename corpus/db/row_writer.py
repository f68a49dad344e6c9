"""Rows on their way into the database as plain dicts by column: in one statement with others, as JSON, or by COPY.

A row names its columns as Django does (`document_id`); what it leaves out takes the field's default. It is
built at least three times faster than an object of its model, and none of what is written here has signals.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, cached_property
from io import BytesIO
from operator import itemgetter
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg.copy import Copy, FileWriter

from corpus.db.evidence_triggers import OFF, ON
from corpus.db.json_encoder import encoder
from corpus.db.round_trip import Statement, round_trip

Row = Mapping[str, Any]


def row_of(row: models.Model) -> dict[str, Any]:
    """All that an object holds."""
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.generated}


def braces(value: Any) -> str:
    """[[0, 5], [7, 9]] as PostgreSQL writes an array of numbers. An array of none has no depth."""
    return "{" + ",".join([braces(each) if isinstance(each, list) else str(each) for each in value]) + "}"


# What is written here was read from JSON or built of it, so nothing holds itself.
encode = encoder()
EMPTY = {type(None): None, dict: "{}", list: "[]"}  # which most values are


def as_json(value: Any) -> str | None:
    return EMPTY.get(type(value)) if not value and type(value) in EMPTY else encode(value)


def as_text(value: Any) -> str:
    """A value that JSON does not have, as PostgreSQL reads it."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def written(field: Any) -> Callable[[Any], Any] | None:
    """How a value is written where psycopg does not know of itself."""
    if isinstance(field, models.JSONField):
        return as_json
    is_numbers = isinstance(field, ArrayField) and not isinstance(field.base_field, models.CharField | models.TextField)
    return braces if is_numbers else None


class Table:
    """What of a model's columns a row brings."""

    def __init__(self, model: type[models.Model], *, key: bool = False) -> None:
        """`key`: a row brings its key too, where the database would number it."""
        quote, meta = connection.ops.quote_name, model._meta
        own = [each for each in meta.concrete_fields if not each.generated and not each.has_db_default()]
        fields = [each for each in own if key or not isinstance(each, models.AutoField)]
        self.name = quote(meta.db_table)
        self.columns = [quote(str(each.column)) for each in fields]
        self.key = quote(str(meta.pk.column))
        self.attributes = [each.attname for each in fields]
        self.keys = [str(each.column) for each in fields]
        # Fields without a default have a class there, which can be called too.
        self.made = {each.attname: each.get_default for each in fields if callable(each.default) and each.has_default()}
        self.defaults = {each.attname: each.get_default() for each in fields if each.attname not in self.made}
        self.pick = itemgetter(*self.attributes)
        self.written = [(index, write) for index, each in enumerate(fields) if (write := written(each))]

    @cached_property
    def insert_json(self) -> str:
        names = ", ".join(self.columns)
        return f"INSERT INTO {self.name} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{self.name}, $1)"  # noqa: S608 - names of our own columns

    @cached_property
    def insert_one(self) -> str:
        signs = ", ".join(f"${number}" for number in range(1, len(self.columns) + 1))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({signs})"  # noqa: S608 - names of our own columns

    @cached_property
    def over(self) -> str:
        """Of an INSERT: what becomes of a row that is there."""
        changed = ", ".join(f"{name} = EXCLUDED.{name}" for name in self.columns)
        return f" ON CONFLICT ({self.key}) DO UPDATE SET {changed}"

    def raw_values(self, row: Row) -> list[Any]:
        """Of each column, as it is."""
        if len(row) == len(self.attributes):
            return list(self.pick(row))
        whole = {**self.defaults, **row}
        for name, make in self.made.items():
            if name not in whole:
                whole[name] = make()
        return list(self.pick(whole))

    def as_dict(self, row: Row) -> dict[str, Any]:
        return dict(zip(self.keys, self.raw_values(row), strict=True))

    def as_array(self, rows: Iterable[Row]) -> str:
        """JSON for `insert_json`."""
        return json.dumps([self.as_dict(row) for row in rows], default=as_text, ensure_ascii=False)

    def values(self, row: Row) -> list[Any]:
        values = self.raw_values(row)
        for index, write in self.written:
            values[index] = write(values[index])
        return values


table: Callable[..., Table] = cache(Table)


class Statements:
    """Rows that go as INSERTs, all in one round trip. A single row goes as it is, which is what an analyst saves; more of one table as
    JSON, so that the statement is the same for any number and PostgreSQL has read it before."""

    def __init__(self) -> None:
        self.pending: list[Statement] = []
        self.overwrites = False

    def add(self, model: type[models.Model], rows: Iterable[Row], *, over: bool = False) -> None:
        """In one statement, which is what the evidence log records as one entry. `over`: the rows exist and are written over."""
        into, some = table(model), list(rows)
        tail = into.over if over else ""
        if len(some) == 1:
            self.do(into.insert_one + tail, into.values(some[0]))
        elif some:
            self.do(into.insert_json + tail, [into.as_array(some)])
        self.overwrites |= over

    def do(self, statement: str, values: Sequence[Any]) -> None:
        """A statement of our own, with $1, $2 … in it."""
        self.pending.append((statement, values))

    def send(self, *, last: bool = False) -> None:
        """Write what was added, in that order; `last`: and commit. Raises IntegrityError or DataError."""
        statements = self.pending
        if self.overwrites:
            statements = [(ON, ()), *statements, (OFF, ())]  # of entities and relations, what is written over is recorded
        self.pending, self.overwrites = [], False
        if statements:
            round_trip(statements, last=last)


class Gathered:
    """Rows of many batches, to go as the INSERTs of one: those of one table together, and so the lists of one statement of our own. Tables in
    the order in which they first had a row."""

    def __init__(self) -> None:
        self.parts: dict[tuple[type[models.Model] | str, bool], list[Any]] = {}

    def add(self, model: type[models.Model], rows: Iterable[Row], *, over: bool = False) -> None:
        self.parts.setdefault((model, over), []).extend(rows)

    def do(self, statement: str, values: Sequence[list[Any]]) -> None:
        """A statement of our own, whose one value is a list."""
        (several,) = values
        self.parts.setdefault((statement, False), []).extend(several)

    def statements(self) -> list[Statement]:
        whole = Statements()
        for (into, over), rows in self.parts.items():
            if isinstance(into, str):
                whole.do(into, [rows])
            else:
                whole.add(into, rows, over=over)
        return whole.pending


class Written(Copy):
    """Rows of a table as COPY takes them, to be sent later: the thread that sends them then has little to do in Python, for which it
    would wait for the other one."""

    def __init__(self, server: psycopg.Connection[Any] | None = None) -> None:
        self.text = BytesIO()
        super().__init__(psycopg.Cursor(server or own_server()), writer=FileWriter(self.text))

    def whole(self) -> memoryview:
        self.finish(None)
        return self.text.getbuffer()


class Copies:
    """New rows of many tables, gathered to be sent by COPY. Foreign keys are checked at the commit."""

    def __init__(self, server: psycopg.Connection[Any] | None = None) -> None:
        """`server`: whose values are written, of a thread that has none of its own; nothing is asked of it."""
        self.rows: dict[Table, Written] = {}
        self.server = server or own_server()

    def add(self, model: type[models.Model], rows: Iterable[Row], *, over: bool = False, key: bool = False) -> None:
        if over:
            raise ValueError("COPY only adds rows")
        into = table(model, key=key)
        copy = self.rows.get(into) or self.rows.setdefault(into, Written(self.server))
        for row in rows:
            copy.write_row(into.values(row))

    def send(self) -> None:
        """Raises IntegrityError or DataError; then nothing of it is stored."""
        with connection.cursor() as cursor, connection.wrap_database_errors:
            self.send_through(cursor.connection)

    def send_through(self, server: psycopg.Connection[Any], *, checked: bool = True) -> None:
        """In a transaction. `checked`: what was sent until now is checked as the commit would, so that the commit finds it checked."""
        with server.cursor() as cursor:
            for into, rows in self.rows.items():
                with cursor.copy(f"COPY {into.name} ({', '.join(into.columns)}) FROM STDIN") as copy:
                    copy.write(rows.whole())
            if checked:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        self.rows.clear()


def own_server() -> psycopg.Connection[Any]:
    """The connection of this thread."""
    connection.ensure_connection()
    server: psycopg.Connection[Any] = connection.connection
    return server


@contextmanager
def sent_meanwhile(*rows: Copies, checked: bool = True) -> Iterator[None]:
    """Send the rows while the block does other work. A query in the block waits until they are sent.

    `checked`: as of `send_through`; else whoever sends the rows that these refer to has them checked. Raises IntegrityError or
    DataError, as such a query does: then nothing of it is stored.
    """
    connection.ensure_connection()
    server = connection.connection

    def send() -> None:
        for some in rows:
            some.send_through(server, checked=checked)

    with ThreadPoolExecutor(1) as other:
        sending = other.submit(send)

        def when_sent(execute: Callable[..., Any], *query: Any) -> Any:
            with connection.wrap_database_errors:
                sending.result()
            return execute(*query)

        with connection.execute_wrapper(when_sent):
            yield
        with connection.wrap_database_errors:
            sending.result()
