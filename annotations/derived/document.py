"""Fields of a native document that nobody types in, worked out from those that people did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from annotations.derived import checks
from annotations.derived.claims import ClaimIndex
from annotations.derived.events import factuality, realis
from annotations.native.view import NativeContext, Object
from annotations.scheme.view import SchemeView

NONE: Mapping[str, str] = {}
__all__ = ["ClaimIndex", "derive", "factuality", "grouped", "position", "realis"]


def derive(doc: Mapping[str, Any], scheme: SchemeView, text: str) -> Object:
    """A copy of the document with its derived fields; `doc` itself stays as it is.

    A figure or trigger gets its `attribution`; an event `triggers`, `attributions`, `factuality`
    and `realis`; an entity `mentions`; the document `checks` and `counts`.
    """
    context = NativeContext(doc, text, scheme)
    claims = ClaimIndex(context)
    derived = derived_objects(doc, claims, scheme)
    derived["checks"] = list(checks.checks(context, claims))
    derived["counts"] = counts(derived, scheme)
    return derived


def derived_objects(doc: Mapping[str, Any], claims: ClaimIndex, scheme: SchemeView, known: Mapping[str, str] = NONE) -> Object:
    """The same of its objects alone. `known`: marks → the claims in which they are known to lie."""
    mentions = [mention(mark, claims, scheme, known) for mark in doc["mentions"]]
    ordered = sorted(mentions, key=position)
    triggers = grouped(ordered, lambda mark: mark.get("event"))
    by_entity = grouped(ordered, lambda mark: (mark.get("attributes") or {}).get("entity"))
    derived = {**doc, "mentions": mentions}
    derived["events"] = [event(record, triggers.get(record["id"], []), scheme) for record in doc["events"]]
    derived["entities"] = [
        {**entity, "mentions": [x["id"] for x in by_entity.get(entity["id"], [])]} for entity in doc["entities"]
    ]
    return derived


def position(mark: Object) -> tuple[int, int]:
    """Where a mark stands in the text, for sorting."""
    return mark["fragments"][0]["start"], mark["fragments"][-1]["end"]


def grouped(records: list[Object], key: Callable[[Object], str | None]) -> dict[str, list[Object]]:
    groups: dict[str, list[Object]] = {}
    for record in records:
        if (name := key(record)) is not None:
            groups.setdefault(name, []).append(record)
    return groups


def mention(mark: Object, claims: ClaimIndex, scheme: SchemeView, known: Mapping[str, str]) -> Object:
    """Actors are said by nobody: only figures and triggers have an attribution."""
    if scheme.kind(mark["layer"]) == "actor":
        return mark
    return {**mark, "attribution": known.get(mark["id"]) or claims.attributed(mark)}


def event(record: Object, triggers: list[Object], scheme: SchemeView) -> Object:
    return {
        **record,
        "triggers": [trigger["id"] for trigger in triggers],
        "attributions": list(dict.fromkeys(trigger["attribution"] for trigger in triggers)),
        "factuality": factuality(record),
        "realis": realis(record, scheme),
    }


def counts(doc: Mapping[str, Any], scheme: SchemeView) -> dict[str, int]:
    layers = Counter(mark["layer"] for mark in doc["mentions"])
    return {
        "mentions": len(doc["mentions"]),
        **{layer["code"]: layers[layer["code"]] for layer in scheme.layers},
        "discontinuous": sum(len(mark["fragments"]) > 1 for mark in doc["mentions"]),
        "entities": len(doc["entities"]),
        "entity_relations": len(doc["entity_relations"]),
        "events": len(doc["events"]),
        "arguments": sum(len(event["arguments"]) for event in doc["events"]),
        "attributions": len(doc["attributions"]),
        "measure_refs": len(doc["measure_refs"]),
        "relations": len(doc["relations"]),
    }
