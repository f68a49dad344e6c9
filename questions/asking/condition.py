"""Pieces of SQL with their values, as conditions on an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def beyond(keys: Mapping[str, str], after: tuple[Any, ...] | None) -> Condition:
    """Rows after the one that has the values `after`. `keys`: columns that order the rows, with their types; none of them is NULL."""
    if after is None:
        return Condition("true")
    values = ", ".join(f"%(after{number})s::{kind}" for number, kind in enumerate(keys.values()))
    return Condition(f"({', '.join(keys)}) > ({values})", {f"after{number}": value for number, value in enumerate(after)})
