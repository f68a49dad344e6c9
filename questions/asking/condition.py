"""Pieces of SQL with their values, as conditions on an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

COLUMN = re.compile(r"\{e\}\.(\w+)")


class Condition(NamedTuple):
    """`sql` speaks of the entry as `{e}`, so that one condition can be asked of several entries; `values` are those of its %(names)s."""

    sql: str
    values: dict[str, Any] = {}

    def of(self, alias: str) -> str:
        return self.sql.replace("{e}", alias)

    @property
    def columns(self) -> set[str]:
        """Of the entry, those that it speaks of."""
        return set(COLUMN.findall(self.sql))


EVERY = Condition("true")


def both(conditions: Iterable[Condition]) -> Condition:
    """All of them, each once."""
    parts: dict[str, None] = {}
    values: dict[str, Any] = {}
    for condition in conditions:
        values |= condition.values
        if condition.sql != "true":
            parts[f"({condition.sql})"] = None
    return Condition(" AND ".join(parts) or "true", values)


def either(conditions: Iterable[Condition]) -> Condition:
    """One of them, or more."""
    known = [condition for condition in conditions if condition.sql != "false"]
    values = {name: value for condition in known for name, value in condition.values.items()}
    return Condition(" OR ".join(f"({condition.sql})" for condition in known) or "false", values)


def is_one_of(column: str, name: str, codes: Sequence[str]) -> Condition:
    """A column has one of these codes. Where it must be the one, an index that begins with it gives the rows in their order."""
    if len(codes) == 1:
        return Condition(f"{{e}}.{column} = %({name})s", {name: codes[0]})
    return Condition(f"{{e}}.{column} = ANY(%({name})s)", {name: list(codes)})


def beyond(keys: Mapping[str, str], after: tuple[Any, ...] | None) -> Condition:
    """Rows after the one that has the values `after`. `keys`: columns that order the rows, with their types; none of them is NULL."""
    if after is None:
        return Condition("true")
    values = ", ".join(f"%(after{number})s::{kind}" for number, kind in enumerate(keys.values()))
    return Condition(f"({', '.join(keys)}) > ({values})", {f"after{number}": value for number, value in enumerate(after)})


def behind(columns: tuple[str, ...], after: tuple[Any, ...]) -> Condition:
    """Entries after a row that has these values; what has none comes last."""
    values = {f"after{number}": value for number, value in enumerate(after)}
    cases = []
    for number, column in enumerate(columns):
        if after[number] is None:
            continue
        same = [f"{{e}}.{name} IS NOT DISTINCT FROM %(after{index})s" for index, name in enumerate(columns[:number])]
        later = f"({{e}}.{column} > %(after{number})s OR {{e}}.{column} IS NULL)"
        cases.append(" AND ".join([*same, later]))
    return Condition(" OR ".join(f"({case})" for case in cases), values)
