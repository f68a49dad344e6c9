"""Rows of an answer as short as plots need them: what, when and how it is spoken of, for more rows than a page has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from questions.asking.answer import IndexAnswer
from questions.asking.row_addresses import row_addresses

COLUMNS = ("type", "status", "polarity", "earliest", "latest")
DETAILS = """SELECT e.id, coalesce(v.time_basis, ''), x.title
    FROM {table} e LEFT JOIN annotations_event v ON v.id = e.event JOIN corpus_article x ON x.id = e.article_id
    WHERE e.id = ANY(%(heads)s::uuid[])"""


class HeadInShort(NamedTuple):
    """As it is read. `row`: the id by which the row is addressed; `first` and `last`: its stated days."""

    id: UUID
    row: UUID
    part: str
    type: str
    status: str
    polarity: str
    first: date | None
    last: date | None


# As `_make`, which of 5,000 rows is felt.
AS_HEAD = partial(tuple.__new__, HeadInShort)


class HeadDetails(NamedTuple):
    """What only a row that is drawn by itself says. `basis`: how its time is known; `title`: of its article."""

    basis: str
    title: str


def in_short(answer: IndexAnswer, most: int) -> list[HeadInShort]:
    """The first rows of the part that is asked for, in their order."""
    rows = answer.first(COLUMNS, most)[:most]
    heads = list(map(AS_HEAD, rows))
    addresses = row_addresses(answer.asker, [head.row for head in heads])
    if not addresses:
        return heads
    return [HeadInShort(head.id, addresses.get(head.row, head.row), *head[2:]) for head in heads]


def details(answer: IndexAnswer, heads: Sequence[HeadInShort]) -> dict[UUID, HeadDetails]:
    """By the id of a head."""
    rows = answer.rows(DETAILS.format(table=answer.source.table), {"heads": [head.id for head in heads]})
    return {pk: HeadDetails(*rest) for pk, *rest in rows}
