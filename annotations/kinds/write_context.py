"""Where a batch is being written: the assignment, its text and scheme, and who writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from annotations.models import Assignment
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import Compiled, compiled
from corpus.db.row_writer import Copies, Statements
from corpus.models.document import text_of

Object = dict[str, Any]


@dataclass
class WriteContext:
    """`revision` is the one that the batch will have; `now` the time that it signs with; `out` takes
    the rows that it writes. `events` are the ids of all events that the batch knows of.

    `is_new`: the assignment is made together with the batch, so there is nothing of it to be read. Then
    `registered` holds what the batch points at in the register, by kind and id. `loading`: it comes from a file."""

    assignment: Assignment
    user: Any
    revision: int
    now: datetime
    measures: dict[str, int] = field(default_factory=dict)
    out: Statements | Copies = field(default_factory=Statements)
    events: frozenset[str] = frozenset()
    is_new: bool = False
    loading: bool = False
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


def pointing(kind: str, rows: Any, ids: Iterable[Any], *columns: str, owner: str = "id") -> Iterable[tuple[str, str, str]]:
    """(kind, pointing id, id pointed at) for every row with one of `ids` in one of `columns`."""
    texts = {str(entry) for entry in ids}
    for column in columns:
        pairs = rows.filter(**{f"{column}__in": texts}).values_list(owner, column)
        yield from ((kind, str(source), str(target)) for source, target in pairs)
