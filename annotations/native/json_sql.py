"""SQL that puts JSON together as text. Pure.

`json_build_object` finds out the type of every value anew in every row; stated here once, it takes
PostgreSQL half as long. What these functions give is never NULL, but for `sparse_object`; `fields` are such expressions by name.
"""

from __future__ import annotations

from collections.abc import Mapping

NULL = "'null'"


def words(sql: str) -> str:
    """Any text, or anything else that JSON has to escape."""
    return f"coalesce(to_json({sql}), {NULL}::json)"


def text_or_null(column: str) -> str:
    """Text that is null where it is empty."""
    return f"CASE WHEN {column} <> '' THEN to_json({column}) ELSE {NULL}::json END"


def raw(sql: str) -> str:
    """A number, a truth value, or JSON."""
    return f"coalesce(({sql})::text, {NULL})"


def number(sql: str) -> str:
    """One that is never NULL."""
    return sql


def quoted_id(sql: str) -> str:
    """An id, in which nothing is escaped."""
    return f"""coalesce('"' || {sql} || '"', {NULL})"""


def own_id(sql: str) -> str:
    """An id that is never NULL: three arguments of `concat`, and only for a field of a `json_object`."""
    return f"""'"', {sql}, '"'"""


def json_object(fields: Mapping[str, str]) -> str:
    """A JSON object."""
    parts = [f"""'{"," if index else "{"} "{field}": ', {sql}""" for index, (field, sql) in enumerate(fields.items())]
    return f"concat({', '.join(parts)}, '}}')"


def sparse_object(fields: Mapping[str, str]) -> str:
    """A JSON object without the fields that are NULL, each an expression that may be; NULL itself where all of them are."""
    parts = ", ".join(f"""', "{field}": ' || ({sql})::text""" for field, sql in fields.items())
    return f"('{{' || nullif(substr(concat({parts}), 3), '') || '}}')"


def json_array(rows: str) -> str:
    """A JSON array of the column `item` of rows."""
    return f"(SELECT concat('[', string_agg(o.item::text, ', '), ']') FROM ({rows}) o)"
