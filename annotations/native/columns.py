"""The plain columns of a declared type: their values in SQL, and in a row that is written. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotations.native.fields import FLAG, NUMBER, WORD, fields, plain
from annotations.native.json_sql import raw, text_or_null

ORDER = (NUMBER, WORD, FLAG)
# SQL of a value as JSON, null where nobody has answered; and the same as an SQL null.
JSON: dict[str, Callable[[str], str]] = {WORD: text_or_null, NUMBER: lambda sql: raw(f"trim_scale({sql})"), FLAG: raw}
SPARE: dict[str, Callable[[str], str]] = {
    WORD: lambda sql: f"to_json(nullif({sql}, ''))",
    NUMBER: lambda sql: f"trim_scale({sql})",
    FLAG: lambda sql: sql,
}
HAS = {WORD: "({} <> '')::int", NUMBER: "({} IS NOT NULL)::int", FLAG: "({} IS NOT NULL)::int"}


def selected(declared: type, table: str, forms: Mapping[str, Callable[[str], str]] = JSON) -> dict[str, str]:
    """Name → SQL of its value."""
    return {name: forms[kind](f"{table}.{name}") for kind in ORDER for name in plain(declared, kind)}


def ordered(declared: type, table: str, own: Mapping[str, str]) -> dict[str, str]:
    """Name → SQL of its value as JSON, in the order of the type: of `own` as given there, of plain columns as they are kept."""
    known = {**selected(declared, table), **own}
    return {name: known[name] for name in [*fields(declared), *own] if name in known}


def answered(declared: type, table: str, but: str) -> list[str]:
    """SQL that is 1 where a column has a value, else 0: words first. Without the column `but`."""
    return [HAS[kind].format(f"{table}.{name}") for kind in HAS for name in plain(declared, kind) if name != but]


def decimal(value: float | None) -> str | None:
    """As PostgreSQL reads it."""
    return None if value is None else str(value)


def row_of(declared: type) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """What gives the columns of a row by the values of an object."""
    words, numbers, flags = (plain(declared, kind) for kind in (WORD, NUMBER, FLAG))

    def row(values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{name: decimal(values.get(name)) for name in numbers},
            **{name: values.get(name) for name in flags},
            **{name: values.get(name) or "" for name in words},
        }

    return row
