"""Rows of an answer as short as plots need them: what, when and how it is spoken of, for more rows than a page has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from questions.asking.answer import Head, IndexAnswer
from questions.asking.row_addresses import row_addresses

SHORT = """SELECT e.id, e.type, e.status, e.polarity, e.earliest, e.latest, coalesce(v.time_basis, ''), x.title
    FROM {table} e LEFT JOIN annotations_event v ON v.id = e.event JOIN corpus_article x ON x.id = e.article_id
    WHERE e.id = ANY(%(heads)s::uuid[])"""


class HeadInShort(NamedTuple):
    """`row`: the id by which the row is addressed."""

    row: UUID
    type: str
    status: str
    polarity: str
    earliest: date | None
    latest: date | None
    basis: str
    title: str


def in_short(answer: IndexAnswer, most: int) -> list[HeadInShort]:
    """The first rows of the part that is asked for, in their order."""
    heads: list[Head] = answer.page(most)[:most]
    rows = answer.rows(SHORT.format(table=answer.source.table), {"heads": [head.id for head in heads]})
    by_id = {row[0]: row[1:] for row in rows}
    addresses = row_addresses(answer.asker, [head.row for head in heads])
    return [HeadInShort(addresses.get(head.row, head.row), *by_id[head.id]) for head in heads if head.id in by_id]
