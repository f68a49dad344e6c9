"""Pieces of SQL with their values, as conditions on an entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Condition(NamedTuple):
    """`sql` speaks of the entry as `{e}`, so that one condition can be asked of several entries; `values` are those of its %(names)s."""

    sql: str
    values: dict[str, Any] = {}

    def of(self, alias: str) -> str:
        return self.sql.replace("{e}", alias)


def both(conditions: Iterable[Condition]) -> Condition:
    """All of them."""
    parts = list(conditions)
    values: dict[str, Any] = {}
    for part in parts:
        values |= part.values
    return Condition(" AND ".join(f"({part.sql})" for part in parts) or "true", values)
