"""Objects that point at one entity, made to point at another, and back again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotations.kinds.write_context import Object


def repointed(kind: str, record: Object, old: str, new: str) -> Object:
    """The fields of the object that speak of `old`, speaking of `new`; empty where none does."""
    return FORTH[kind](record, old, new)


def restored(kind: str, record: Object, before: Object, old: str, new: str) -> Object:
    """Fields that pointed at `old` in `before` and point at `new` in `record`, as they were in `before`.

    What somebody has changed since is left alone.
    """
    return BACK[kind](record, before, old, new)


def swapped(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: swapped(each, old, new) for key, each in value.items()}
    return new if value == old else value


def span_forth(record: Object, old: str, new: str) -> Object:
    moved = {code: swapped(value, old, new) for code, value in record["attributes"].items()}
    changed = {code: value for code, value in moved.items() if value != record["attributes"][code]}
    return {"attributes": changed} if changed else {}


def span_back(record: Object, before: Object, old: str, new: str) -> Object:
    own = span_forth(before, old, new).get("attributes", {})
    back = {code: before["attributes"][code] for code, value in own.items() if record["attributes"].get(code) == value}
    return {"attributes": back} if back else {}


def event_forth(record: Object, old: str, new: str) -> Object:
    """Two that fill the same role are one afterwards."""
    if all(argument.get("entity") != old for argument in record["arguments"]):
        return {}
    moved = [swapped(argument, old, new) for argument in record["arguments"]]
    return {"arguments": [argument for position, argument in enumerate(moved) if argument not in moved[:position]]}


def event_back(record: Object, before: Object, old: str, new: str) -> Object:
    arguments = list(record["arguments"])
    for argument in before["arguments"]:
        moved = swapped(argument, old, new)
        if moved == argument or moved not in arguments:
            continue
        position = arguments.index(moved)
        arguments[position : position + 1] = [moved, argument] if moved in before["arguments"] else [argument]
    return {"arguments": arguments} if arguments != record["arguments"] else {}


def claim_forth(record: Object, old: str, new: str) -> Object:
    return {"source_entity": new} if record["source_entity"] == old else {}


def claim_back(record: Object, before: Object, old: str, new: str) -> Object:
    return {"source_entity": old} if before["source_entity"] == old and record["source_entity"] == new else {}


FORTH: dict[str, Callable[..., Object]] = {"span": span_forth, "event": event_forth, "claim": claim_forth}
BACK: dict[str, Callable[..., Object]] = {"span": span_back, "event": event_back, "claim": claim_back}
