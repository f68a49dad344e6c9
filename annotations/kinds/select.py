"""Objects out of the database in the native shape, built there and fetched in one round trip.

Each kind has a SELECT that gives one JSON object for each row; its main table is called `m`. Only
the quotes of fragments are added here: the text is in memory and cannot change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from annotations.kinds.write_context import Object
from corpus.db.compiled_queries import prepared
from corpus.db.round_trip import numbered, round_trip


def read(
    conditions: Mapping[str, str],
    parameters: Mapping[str, Any],
    modules: Mapping[str, Any],
    text: str,
    preamble: str = "",
) -> dict[str, list[Object]]:
    """Objects by kind. `conditions`: kind → condition on its row m, with named parameters; `preamble`:
    a WITH clause that the conditions may use."""
    parts = [array(modules[kind].SELECT, condition) for kind, condition in conditions.items()]
    with prepared() as cursor:
        cursor.execute(f"{preamble} SELECT {', '.join(parts)}", parameters)
        row = cursor.fetchone() or ()
    rows = dict(zip(conditions, row, strict=True))
    for kind, objects in rows.items():
        for record in objects:
            finish(record, modules[kind].FRAGMENTED, text)
    return rows


class KindQuery(NamedTuple):
    """Which objects of a kind: a condition on its row m with named parameters, and their values."""

    condition: str
    values: dict[str, Any]


def read_each(queries: Mapping[str, KindQuery], modules: Mapping[str, Any], text: str) -> dict[str, list[Object]]:
    """Objects by kind, each query by itself."""
    return {kind: read({kind: query.condition}, query.values, modules, text)[kind] for kind, query in queries.items()}


def read_together(queries: Mapping[str, KindQuery], modules: Mapping[str, Any], text: str) -> dict[str, list[Object]]:
    """The same in one round trip, each of them read by PostgreSQL once in the life of a connection, also inside a transaction."""
    statements = [
        (numbered_query(modules[kind].SELECT, query.condition, tuple(query.values)), list(query.values.values()))
        for kind, query in queries.items()
    ]
    answers = round_trip(statements) if statements else []
    rows = {kind: answer[0][0] for kind, answer in zip(queries, answers, strict=True)}
    for kind, objects in rows.items():
        for record in objects:
            finish(record, modules[kind].FRAGMENTED, text)
    return rows


@cache
def numbered_query(select: str, condition: str, names: tuple[str, ...]) -> str:
    return numbered(f"SELECT {array(select, condition)}", *names)


def array(select: str, condition: str) -> str:
    rows = select.replace("{where}", condition)
    return f"(SELECT coalesce(json_agg(o.item), '[]') FROM ({rows}) o)"


def finish(record: Object, fragmented: Sequence[str], text: str) -> None:
    for field in fragmented:
        record[field] = [{"start": start, "end": end, "quote": text[start:end]} for start, end in record[field]]
    extra = record.pop("extra", None)
    if extra:
        record["attributes"] |= extra
