"""What every ledger gives: a page of rows, and how many rows each part of the answer has."""

from __future__ import annotations

from typing import Any, NamedTuple

from questions.asking.answer import IndexAnswer

Object = dict[str, Any]


class LedgerPage(NamedTuple):
    """`parts`, `unplaced` and `totals`: None where counting takes too long. `after`: what the next page begins behind; None at the end.

    `totals`: further numbers over all rows of the part; `breakdown`: how many of them each value of some columns has.
    """

    rows: list[Object]
    parts: dict[str, int] | None
    unplaced: int | None
    after: tuple[Any, ...] | None
    behind: int
    totals: dict[str, Any] | None = {}
    breakdown: Object | None = None


def page_and_numbers(
    answer: IndexAnswer, page: str, keys: str, numbers: str, values: Object, *tables: str
) -> tuple[list[tuple[Any, ...]], Object]:
    """Of a ledger that puts all entries together before it has a page: its rows by `keys`, and an object of numbers over all of them.

    One statement, since it would put them together for the numbers as it does for the page.
    """
    sql = f"SELECT ({numbers}), page.* FROM (SELECT) one LEFT JOIN ({page}) page ON true ORDER BY {keys}"  # noqa: S608 - of our own words
    rows = answer.rows(sql, values, *tables)
    return [row[1:] for row in rows if row[1] is not None], rows[0][0]
