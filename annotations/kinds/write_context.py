"""Where a batch is being written: the assignment, its text and scheme, and who writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from annotations.models import Assignment
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import Compiled, compiled
from corpus.db.round_trip import round_trip
from corpus.db.row_writer import Copies, Gathered, Statements
from corpus.models.document import text_of

Object = dict[str, Any]


@dataclass
class WriteContext:
    """`revision` is the one that the batch will have; `now` the time that it signs with; `out` takes
    the rows that it writes. `events` and `claims` are the ids of all that the batch knows of.

    `is_new`: the assignment is made together with the batch, so there is nothing of it to be read.
    `registered` holds what is known of the register, by kind and id: it is not asked for again. `loading`: it comes from a file;
    `by_hand`: a person sends it, who gives a retired label to nothing new."""

    assignment: Assignment
    user: User
    revision: int
    now: datetime
    measures: dict[str, int] = field(default_factory=dict)
    out: Statements | Gathered | Copies = field(default_factory=Statements)
    events: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    is_new: bool = False
    loading: bool = False
    by_hand: bool = False
    registered: Mapping[tuple[str, str], Object | None] = field(default_factory=dict)

    @cached_property
    def compiled(self) -> Compiled:
        return compiled(self.assignment.scheme)

    @cached_property
    def scheme(self) -> SchemeView:
        return self.compiled.view

    @cached_property
    def text(self) -> str:
        return text_of(self.assignment.document_id)

    @cached_property
    def assignment_id(self) -> str:
        """For its rows: a string, written once for all of them."""
        return str(self.assignment.pk)

    @cached_property
    def at(self) -> str:
        """`now` for rows, likewise."""
        return self.now.isoformat()

    @property
    def language(self) -> str:
        """What numbers are read in; English where nobody has said."""
        return self.assignment.document.article.language or "en"

    @property
    def corpus_id(self) -> int:
        return self.assignment.document.corpus_id


def bounds(fragments: list[Object]) -> list[list[int]]:
    """[{start, end, quote}, …] → [[start, end], …]."""
    return [[fragment["start"], fragment["end"]] for fragment in fragments]


def joined(fragments: list[Object]) -> str:
    return " … ".join(fragment["quote"] for fragment in fragments)


def plain(value: Any) -> int | float | None:
    """A decimal as JSON writes it: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


Holder = tuple[str, type[Model], str, *tuple[str, ...]]  # kind, rows, the column of the pointing id, the columns that point


def pointing(ids: Iterable[Any], *holders: Holder) -> Iterable[tuple[str, str, str]]:
    """(kind, pointing id, id pointed at) for every row with one of `ids` in one of the columns; asked in one statement."""
    [rows] = round_trip([(pointing_sql(holders), [sorted({str(entry) for entry in ids})])])
    return rows


@cache
def pointing_sql(holders: tuple[Holder, ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{kind}'::text, {owner}::text, {column}::text FROM {model._meta.db_table} WHERE {column} = ANY($1::uuid[])"
        for kind, model, owner, *columns in holders
        for column in columns
    )
