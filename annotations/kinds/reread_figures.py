"""Figures that are read a second time: because somebody asks, or because their words or label change.

What an analyst has corrected is not read over; what the words do not speak of (a currency named in
another sentence, the period of the amount that this one converts) is kept.
"""

from __future__ import annotations

from typing import Any

from annotations.kinds import span
from annotations.kinds.write_context import Object, WriteContext, joined

# The words decide these, even by being silent.
VALUE = ("low", "high", "comparator", "approximate", "vague", "statistic")
BESIDE = ("unit", "currency", "currency_basis", "per_currency", "per_unit", "per_period")


def reread(record: Object, before: Object, update: Object, context: WriteContext) -> Object:
    """`record`, which an update has made of `before`, with the values of its words where they are due.

    `update`: with `read` it asks for the values; else those that it states stand.
    """
    if context.scheme.kind(record["layer"]) != "figure":
        return record
    if update.get("read"):
        return record | {"attributes": record["attributes"] | values(record, before, context)}
    if text_and_label(record) == text_and_label(before) or not as_read(before, context):
        return record
    return record | {"attributes": record["attributes"] | values(record, before, context) | update.get("attributes", {})}


def text_and_label(record: Object) -> tuple[str, str, str]:
    return record["layer"], record["label"], joined(record["fragments"])


def as_read(before: Object, context: WriteContext) -> bool:
    """Whether the figure still has the values of its words."""
    if context.scheme.kind(before["layer"]) != "figure":
        return False
    words = span.read_values(before, context)
    has = before["attributes"]
    return all(alike(has.get(field), words.get(field)) for field in VALUE) and all(
        has.get(field) == words[field] for field in BESIDE if field in words
    )


def alike(one: Any, other: Any) -> bool:
    """Older figures say in another way that their words say nothing."""
    return one == other or (one in span.SILENT and other in span.SILENT)


def values(record: Object, before: Object, context: WriteContext) -> Object:
    new, old = span.read_values(record, context), span.read_values(before, context)
    own = context.scheme.attributes(record["layer"], record["label"])
    gone = [field for field in BESIDE if field not in own or before["attributes"].get(field) == old.get(field)]
    return dict.fromkeys(VALUE) | dict.fromkeys(gone) | new
