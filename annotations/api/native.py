"""Rows of `values()` in the native shape, for lists that cross assignments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.kinds.event import FILLERS, filled
from annotations.kinds.place import Object, plain
from annotations.kinds.span import WORDS


def reference(**targets: Any) -> Object | None:
    """{"mention": id} or {"entity": id}, whichever is set; None where neither is."""
    for kind, target in targets.items():
        if target is not None:
            return {kind: str(target)}
    return None


def grouped(rows: Iterable[Object], key: str) -> dict[Any, list[Object]]:
    found: dict[Any, list[Object]] = {}
    for row in rows:
        found.setdefault(row.pop(key), []).append(row)
    return found


def name(value: Any) -> str | None:
    """A key as it stands in JSON: a string, or null."""
    return None if value is None else str(value)


FIGURE_COLUMNS = (
    "low", "high", "comparator", "approximate", "vague", "statistic", "use", "unit", "currency",
    "currency_basis", "per_currency", "per_period", "per_count_n", "per_count_figure_id",
    "per_count_span_id", "counted_span_id", "counted_entity_id", "counted_text", "of_whole_span_id",
    "of_whole_entity_id", "credibility", "note",
)  # fmt: skip


def figure_attributes(row: Object) -> Object:
    value = {column: row[f"figure__{column}"] for column in FIGURE_COLUMNS}
    words = {column: value[column] or None for column in WORDS}
    number_ = plain(value["per_count_n"])
    return words | {
        "low": plain(value["low"]),
        "high": plain(value["high"]),
        "approximate": value["approximate"],
        "vague": value["vague"],
        "per_count": number_
        and {
            "n": number_,
            "figure": name(value["per_count_figure_id"]),
            "mention": name(value["per_count_span_id"]),
        },
        "counted": reference(mention=value["counted_span_id"], entity=value["counted_entity_id"]),
        "of_whole": reference(mention=value["of_whole_span_id"], entity=value["of_whole_entity_id"]),
    }


ATTRIBUTES = {
    "figure": figure_attributes,
    "event": lambda row: {},
    "actor": lambda row: {
        "mention_type": row["mention_type"] or None,
        "entity": name(row["entity_id"]),
    },
}


def argument_object(row: Object) -> Object:
    filler, target = next((filler, row[column]) for filler, column in FILLERS.items() if row[column] is not None)
    return filled({"role": row["role__code"], filler: str(target)})


def time_object(row: Object) -> Object:
    earliest, latest = row["time_earliest"], row["time_latest"]
    return {
        "text": row["time_text"],
        "start": row["time_start"],
        "end": row["time_end"],
        "edtf": row["time_edtf"],
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
        "part_of_day": row["time_part_of_day"],
        "basis": row["time_basis"],
        "note": row["time_note"] or None,
    }
