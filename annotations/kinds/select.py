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
    wanted: Mapping[str, str],
    parameters: Mapping[str, Any],
    modules: Mapping[str, Any],
    text: str,
    preamble: str = "",
) -> dict[str, list[Object]]:
    """Objects by kind. `wanted`: kind → condition on its row m, with named parameters; `preamble`:
    a WITH clause that the conditions may use."""
    parts = [array(modules[kind].SELECT, condition) for kind, condition in wanted.items()]
    with prepared() as cursor:
        cursor.execute(f"{preamble} SELECT {', '.join(parts)}", parameters)
        row = cursor.fetchone() or ()
    rows = dict(zip(wanted, row, strict=True))
    for kind, items in rows.items():
        for item in items:
            finish(item, modules[kind].FRAGMENTED, text)
    return rows


def array(select: str, condition: str) -> str:
    rows = select.replace("{where}", condition)
    return f"(SELECT coalesce(json_agg(o.item), '[]') FROM ({rows}) o)"


def finish(item: Object, fragmented: Sequence[str], text: str) -> None:
    for field in fragmented:
        item[field] = [{"start": start, "end": end, "quote": text[start:end]} for start, end in item[field]]
    extra = item.pop("extra", None)
    if extra:
        item["attributes"] |= extra
