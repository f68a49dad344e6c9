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

__all__ = ["ClaimIndex", "derive", "factuality", "grouped", "position", "realis"]


def derive(doc: Mapping[str, Any], scheme: SchemeView, text: str) -> Object:
    """A copy of the document with its derived fields; `doc` itself stays as it is.

    A figure or trigger gets its `attribution`; an event `triggers`, `attributions`, `factuality`
    and `realis`; an entity `mentions`; the document `checks` and `counts`.
    """
    context = NativeContext(doc, text, scheme)
    claims = ClaimIndex(context)
    mentions = [mention(item, claims, scheme) for item in doc["mentions"]]
    ordered = sorted(mentions, key=position)
    triggers = grouped(ordered, lambda item: item.get("event"))
    named = grouped(ordered, lambda item: (item.get("attributes") or {}).get("entity"))
    whole = {**doc, "mentions": mentions}
    whole["events"] = [event(item, triggers.get(item["id"], []), scheme) for item in doc["events"]]
    whole["entities"] = [{**item, "mentions": [x["id"] for x in named.get(item["id"], [])]} for item in doc["entities"]]
    whole["checks"] = list(checks.checks(context, claims))
    whole["counts"] = counts(whole, scheme)
    return whole


def position(item: Object) -> tuple[int, int]:
    """Where a mark stands in the text, for sorting."""
    return item["fragments"][0]["start"], item["fragments"][-1]["end"]


def grouped(items: list[Object], key: Callable[[Object], str | None]) -> dict[str, list[Object]]:
    groups: dict[str, list[Object]] = {}
    for item in items:
        if (name := key(item)) is not None:
            groups.setdefault(name, []).append(item)
    return groups


def mention(item: Object, claims: ClaimIndex, scheme: SchemeView) -> Object:
    """Actors are said by nobody: only figures and triggers have an attribution."""
    if scheme.kind(item["layer"]) == "actor":
        return item
    return {**item, "attribution": claims.attributed(item)}


def event(item: Object, triggers: list[Object], scheme: SchemeView) -> Object:
    return {
        **item,
        "triggers": [trigger["id"] for trigger in triggers],
        "attributions": list(dict.fromkeys(trigger["attribution"] for trigger in triggers)),
        "factuality": factuality(item),
        "realis": realis(item, scheme),
    }


def counts(doc: Mapping[str, Any], scheme: SchemeView) -> dict[str, int]:
    layers = Counter(item["layer"] for item in doc["mentions"])
    return {
        "mentions": len(doc["mentions"]),
        **{layer["code"]: layers[layer["code"]] for layer in scheme.layers},
        "discontinuous": sum(len(item["fragments"]) > 1 for item in doc["mentions"]),
        "entities": len(doc["entities"]),
        "entity_relations": len(doc["entity_relations"]),
        "events": len(doc["events"]),
        "arguments": sum(len(item["arguments"]) for item in doc["events"]),
        "attributions": len(doc["attributions"]),
        "measure_refs": len(doc["measure_refs"]),
        "relations": len(doc["relations"]),
    }
