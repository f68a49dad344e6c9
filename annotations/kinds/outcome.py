"""Outcomes: what a person did with a suggestion. They say nothing of the text, and nothing hangs on them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from annotations.kinds.write_context import Object, WriteContext, bounds
from annotations.kinds.writing import add, overwrite
from annotations.models import SuggestionOutcome
from annotations.native.fields import required, shape
from annotations.native.ids import derived
from annotations.native.outcomes import OutcomeObject
from annotations.native.validators import Misshapen

MODEL = SuggestionOutcome

SHAPE, REQUIRED = shape(OutcomeObject), required(OutcomeObject)
REJECTED, ACCEPTED, CHANGED = "rejected", "accepted", "changed"


def suggestion_key(sha256: str, kind: str, layer: str, label: str, ranges: Iterable[Iterable[int]]) -> str:
    """What is offered, whoever offers it: the same each time."""
    places = ",".join("-".join(map(str, each)) for each in ranges)
    return derived(uuid.NAMESPACE_OID, f"{sha256}/{kind}/{layer}/{label}/{places}")


def complete(record: Object, context: WriteContext) -> Object:
    """Whether it was changed is worked out: by `differences`, before this."""
    made, changed = record.get("made"), record.get("changed") or []
    if (record["outcome"] == REJECTED) != (made is None):
        raise Misshapen("made: names what was made of a suggestion that was accepted or changed, and of no other")
    fields = {name: record.get(name) or "" for name in ("layer", "label")}
    key = suggestion_key(sha256_of(context.text), record["kind"], **fields, ranges=bounds(record["fragments"]))
    if record.get("key") not in (None, key):
        raise Misshapen("key: it is not that of this suggestion; leave it out, and it is worked out")
    return {
        "id": record["id"],
        "key": key,
        "kind": record["kind"],
        **fields,
        "fragments": record["fragments"],
        "by": record["by"],
        "outcome": REJECTED if made is None else CHANGED if changed else ACCEPTED,
        "changed": changed,
        "made": made,
        "seconds": record.get("seconds"),
    }


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def differences(record: Object, made: Object, triggers: Iterable[Object]) -> list[str]:
    """In what the object that was made differs from what was suggested. `triggers`: of an event its marks, which have its words."""
    label = {"layer": made.get("layer") or "", "label": made.get("label") or made.get("type") or ""}
    offered = {name: record.get(name) or "" for name in label}
    if record["kind"] == "event":
        label, offered = {"label": label["label"]}, {"label": offered["label"]}
    places = [bounds(each["fragments"]) for each in triggers] or [bounds(made.get("content") or made.get("fragments") or [])]
    is_link = record["kind"] == "link"
    changed = {"words": not is_link and bounds(record["fragments"]) not in places, "label": label != offered}
    return [name for name, is_so in changed.items() if is_so]


SELECT = """
SELECT json_build_object('id', m.id, 'key', m.key, 'kind', m.kind, 'layer', m.layer, 'label', m.label, 'fragments', m.fragments,
    'by', m.by, 'outcome', m.outcome, 'changed', m.changed, 'made',
    CASE WHEN m.made IS NOT NULL THEN json_build_object('kind', m.made_kind, 'id', m.made) END,
    'seconds', m.seconds, 'revision', m.revision) AS item
FROM annotations_suggestionoutcome m WHERE {where} ORDER BY m.fragments, m.id
"""
FRAGMENTED = ("fragments",)


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, SuggestionOutcome, [outcome_row(record, context) for record in objects])


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, SuggestionOutcome, [outcome_row(record, context) for record in objects])


def remove(ids: list[str]) -> None:
    SuggestionOutcome.objects.filter(id__in=ids)._raw_delete("default")


def outcome_row(record: Object, context: WriteContext) -> Object:
    made: dict[str, Any] = record["made"] or {}
    return record | {
        "assignment_id": context.assignment_id,
        "fragments": bounds(record["fragments"]),
        "made_kind": made.get("kind", ""),
        "made": made.get("id"),
        "revision": context.revision,
    }


def references(record: Object) -> Iterable[tuple[str, str]]:
    made = record["made"]
    return [(made["kind"], made["id"])] if made else []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
