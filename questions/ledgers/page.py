"""What every ledger gives: a page of rows, and how many rows each part of the answer has."""

from __future__ import annotations

from typing import Any, NamedTuple

Object = dict[str, Any]


class LedgerPage(NamedTuple):
    """`parts` and `unplaced`: None where counting takes too long. `after`: what the next page begins behind; None at the end."""

    rows: list[Object]
    parts: dict[str, int] | None
    unplaced: int | None
    after: tuple[Any, ...] | None
    behind: int
