"""What every ledger gives: a page of rows, and how many rows each part of the answer has."""

from __future__ import annotations

from typing import Any, NamedTuple

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
    totals: dict[str, int] | None = {}
    breakdown: Object | None = None
