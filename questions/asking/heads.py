"""Rows of an answer as short as plots need them: what, when and how it is spoken of, for more rows than a page has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from questions.asking.answer import IndexAnswer
from questions.asking.row_addresses import row_addresses

COLUMNS = ("type", "status", "polarity", "earliest", "latest")
DETAILS = """SELECT e.id, coalesce(v.time_basis, ''), x.title
    FROM {table} e LEFT JOIN annotations_event v ON v.id = e.event JOIN corpus_article x ON x.id = e.article_id
    WHERE e.id = ANY(%(heads)s::uuid[])"""


class HeadInShort(NamedTuple):
    """`row`: the id by which the row is addressed."""

    row: UUID
    id: UUID
    type: str
    status: str
    polarity: str
    earliest: date | None
    latest: date | None


class HeadDetails(NamedTuple):
    """What only a row that is drawn by itself says. `basis`: how its time is known; `title`: of its article."""

    basis: str
    title: str


def in_short(answer: IndexAnswer, most: int) -> list[HeadInShort]:
    """The first rows of the part that is asked for, in their order."""
    rows = answer.first(COLUMNS, most)[:most]
    addresses = row_addresses(answer.asker, [row for _, row, *_ in rows])
    if not addresses:  # of 5,000 rows each look is felt
        return [HeadInShort(row, pk, *columns) for pk, row, _, *columns in rows]
    return [HeadInShort(addresses.get(row, row), pk, *columns) for pk, row, _, *columns in rows]


def details(answer: IndexAnswer, heads: list[HeadInShort]) -> dict[UUID, HeadDetails]:
    """By the id of a head."""
    rows = answer.rows(DETAILS.format(table=answer.source.table), {"heads": [head.id for head in heads]})
    return {pk: HeadDetails(*rest) for pk, *rest in rows}
