"""EVT-07 and ATT-05: what nobody has chosen yet; of marks and citations under ACT-01, FIG-02 and MEA-01.

An open attribute that the scheme requires is an error, one that says something about the world a warning. Saving is never refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.rules.vocabulary import CITATION, CLAIM, EVENT_FIELDS
from annotations.unstated.answers import is_open, level_of_open, may_be_unstated

# Whom an actor means is ACT-01's to ask, the value of a figure FIG-01's, the source of a claim ATT-02's.
ASKED_ELSEWHERE = ("entity", "comparator", "source_basis")


def act_01_open(record: Object, context: Context) -> Iterator[Finding]:
    """What the scheme wants to know of a mark of an actor."""
    yield from open_mark(record, context, "actor", "ACT-01")


def fig_02_open(record: Object, context: Context) -> Iterator[Finding]:
    """What the scheme wants to know of a figure."""
    yield from open_mark(record, context, "figure", "FIG-02")


def open_mark(record: Object, context: Context, kind: str, code: str) -> Iterator[Finding]:
    if context.scheme.kind(record["layer"]) == kind:
        known = context.scheme.attributes(record["layer"], record["label"])
        yield from left_open(record, context, code, known.values(), record.get("attributes") or {})


def evt_07(record: Object, context: Context) -> Iterator[Finding]:
    """Status, polarity, certainty and the type's own attributes."""
    known = context.scheme.attributes(context.scheme.layer_of("event"), record["type"])
    values = {**(record.get("attributes") or {}), **{field: record.get(field) for field in EVENT_FIELDS}}
    yield from left_open(record, context, "EVT-07", known.values(), values)


def att_05(record: Object, context: Context) -> Iterator[Finding]:
    """How a claim is said, and what its source relies on."""
    yield from left_open(record, context, "ATT-05", context.scheme.overlay(CLAIM)["attributes"], record)


def mea_01_open(record: Object, context: Context) -> Iterator[Finding]:
    """What the scheme wants to know of a citation."""
    yield from left_open(record, context, "MEA-01", context.scheme.overlay(CITATION)["attributes"], record)


def left_open(
    record: Object, context: Context, code: str, known: Iterable[Mapping[str, Any]], values: Mapping[str, Any]
) -> Iterator[Finding]:
    for entry in known:
        level = level_of_open(entry)
        # What only some events have is offered in the form, and open it says nothing.
        if level and not entry.get("asked_when") and is_open(values.get(entry["code"])) and entry["code"] not in ASKED_ELSEWHERE:
            yield finding(context, code, remedy(entry, context), name_of(record), level=level, at=entry["code"])


def remedy(entry: Mapping[str, Any], context: Context) -> str:
    """ "Choose the status, or “not stated in the text”." """
    noun = entry["name"].partition(" (")[0].lower()
    unstated = context.scheme.not_stated
    return f"Choose the {noun}, or “{unstated['name']}”." if unstated and may_be_unstated(entry) else f"Choose the {noun}."
