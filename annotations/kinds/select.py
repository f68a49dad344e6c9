"""Objects out of the database in the native shape, built there and fetched in one round trip.

Each kind has a SELECT that gives one JSON object for each row; its main table is called `m`. Only
the quotes of fragments are added here: the text is in memory and cannot change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.kinds.write_context import Object
from corpus.db.compiled_queries import prepared


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


def array(select: str, condition: str) -> str:
    rows = select.replace("{where}", condition)
    return f"(SELECT coalesce(json_agg(o.item), '[]') FROM ({rows}) o)"


def finish(record: Object, fragmented: Sequence[str], text: str) -> None:
    for field in fragmented:
        record[field] = [{"start": start, "end": end, "quote": text[start:end]} for start, end in record[field]]
    extra = record.pop("extra", None)
    if extra:
        record["attributes"] |= extra
