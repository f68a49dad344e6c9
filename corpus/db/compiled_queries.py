"""Queries that nearly every request asks: their SQL is built once in the life of a process.

Django builds the SQL of a queryset anew at each evaluation. For a join or two that takes it five
times as long as PostgreSQL takes to answer, and only one thread at a time can do it. The queryset
stays the one place that says who may see what: only the values change from call to call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import count
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import FETCH_ONE, Expression, Lookup, QuerySet
from django.db.models.query import get_related_populators
from psycopg import Cursor
from psycopg.errors import FeatureNotSupported

from corpus.db.round_trip import Rows, Statement, round_trip


class Slot(Expression):
    """Stands in a queryset for a value that each call brings: `filter(digest=Slot("digest"))`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class AmongSlot(Lookup):
    """A column has one of the values that each call brings: `filter(AmongSlot(F("pk"), Slot("ids")))`."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, own = self.process_lhs(compiler, connection)
        values, slot = self.process_rhs(compiler, connection)
        return f"{column} = ANY ({values})", [*own, *slot]


class PreparedCursor(Cursor[Any]):
    """Not inside a transaction, which a plan that a migration has made useless would end."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> PreparedCursor:
        if not self.connection.autocommit:
            return super().execute(query, params, **options)
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **options)
        except FeatureNotSupported:
            return super().execute(query, params, prepare=False)
        finally:
            self.connection.prepare_threshold = None  # as Django has it, for all other cursors


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """A cursor whose statements PostgreSQL reads and plans once in the life of a connection, not each time.

    For statements of which there are few and whose text never changes; the server keeps them all.
    """
    with connection.cursor() as cursor:
        cursor.cursor = PreparedCursor(connection.connection)
        yield cursor


class Repeated:
    """The queryset that `rows` gives, with Slots in it. It is asked for at the first call, when the models are there."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self.rows = rows

    @cached_property
    def built(self) -> Built:
        return Built(self.rows())

    def first(self, **values: Any) -> Any | None:
        """The first row as an object, or None. `values`: one for each Slot, of the type of its column."""
        return self.made(round_trip([self.statement(**values)])[0])

    def all(self, **values: Any) -> list[Any]:
        return self.all_made(round_trip([self.statement(**values)])[0])

    def statement(self, **values: Any) -> Statement:
        """To be sent with others (`round_trip`); `made` makes the object of its rows."""
        return self.built.numbered, self.built.arguments(values)

    def made(self, rows: Rows) -> Any | None:
        return self.built.object(rows[0]) if rows else None

    def all_made(self, rows: Rows) -> list[Any]:
        return [self.built.object(row) for row in rows]


class RepeatedRows:
    """The same of a queryset of rows without objects. `around`: SQL with {} for that of the queryset."""

    def __init__(self, rows: Callable[[], QuerySet[Any, Any]], around: str = "{}") -> None:
        self.rows, self.around = rows, around

    @cached_property
    def built(self) -> tuple[str, Sequence[Any]]:
        sql, parameters = self.rows().query.sql_with_params()
        return self.around.format(sql), parameters

    @cached_property
    def numbered(self) -> str:
        return numbered_signs(self.built[0])

    def all(self, **values: Any) -> Rows:
        return round_trip([self.statement(**values)])[0]

    def planned_anew(self, **values: Any) -> Rows:
        """The same where the best plan depends on the values, such as on how many there are in a list."""
        with connection.cursor() as cursor:
            cursor.execute(self.built[0], self.arguments(values))
            rows: Rows = cursor.fetchall()
            return rows

    def statement(self, **values: Any) -> Statement:
        """To be sent with others. `values`: one for each Slot."""
        return self.numbered, self.arguments(values)

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        return [values[each.name] if isinstance(each, Slot) else each for each in self.built[1]]


def statement_of(rows: QuerySet[Any], **values: Any) -> Statement:
    """A queryset of rows without objects, to be sent with others. Its text must be one of a few: lists go into a Slot."""
    sql, parameters = rows.query.sql_with_params()
    return numbered_signs(sql), [values[each.name] if isinstance(each, Slot) else each for each in parameters]


def numbered_signs(sql: str) -> str:
    """With its values as PostgreSQL itself numbers them."""
    numbers = count(1)
    return re.sub("%[s%]", lambda sign: f"${next(numbers)}" if sign[0] == "%s" else "%", sql)


class Built:
    """What Django makes of a queryset before it asks, and how it makes objects of the rows."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        select, info = self.compiler.select, self.compiler.klass_info
        columns = [select[index][0].target.attname for index in info["select_fields"]]
        self.make = partial(info["model"].from_db, connection.alias, columns)
        self.width = len(columns)
        self.related = get_related_populators(info, select, connection.alias, FETCH_ONE)
        self.converters = self.compiler.get_converters([column for column, *_ in select])

    @cached_property
    def numbered(self) -> str:
        return numbered_signs(self.sql)

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        return [values[each.name] if isinstance(each, Slot) else each for each in self.parameters]

    def object(self, row: tuple[Any, ...]) -> Any:
        if self.converters:
            (row,) = self.compiler.apply_converters([row], self.converters)
        made = self.make(row[: self.width])
        for each in self.related:
            each.populate(row, made)
        return made
