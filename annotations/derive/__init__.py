"""Fields of a native document that nobody types in, worked out from those that people did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from annotations.derive import checks
from annotations.derive.claims import attributed, narrator
from annotations.derive.events import factuality, realis
from annotations.nativeview import NativeContext, Object
from annotations.schemeview import SchemeView

__all__ = ["attributed", "derive", "factuality", "narrator", "realis"]


def derive(doc: Mapping[str, Any], scheme: SchemeView, text: str) -> Object:
    """A copy of the document with its derived fields; `doc` itself stays as it is.

    A figure or trigger gets its `attribution`; an event `triggers`, `attributions`, `factuality`
    and `realis`; an entity `mentions`; the document `checks` and `counts`.
    """
    context = NativeContext(doc, text, scheme)
    mentions = [mention(item, context) for item in doc["mentions"]]
    whole = {**doc, "mentions": mentions}
    whole["events"] = [event(item, mentions, scheme) for item in doc["events"]]
    whole["entities"] = [entity(item, mentions) for item in doc["entities"]]
    whole["checks"] = list(checks.checks(context))
    whole["counts"] = counts(whole, scheme)
    return whole


def in_text_order(items: list[Object]) -> list[Object]:
    return sorted(items, key=lambda item: (item["fragments"][0]["start"], item["fragments"][-1]["end"]))


def mention(item: Object, context: NativeContext) -> Object:
    """Actors are said by nobody: only figures and triggers have an attribution."""
    if context.scheme.kind(item["layer"]) == "actor":
        return item
    return {**item, "attribution": attributed(item, context)}


def event(item: Object, mentions: list[Object], scheme: SchemeView) -> Object:
    triggers = in_text_order([x for x in mentions if x.get("event") == item["id"]])
    return {
        **item,
        "triggers": [trigger["id"] for trigger in triggers],
        "attributions": list(dict.fromkeys(trigger["attribution"] for trigger in triggers)),
        "factuality": factuality(item),
        "realis": realis(item, scheme),
    }


def entity(item: Object, mentions: list[Object]) -> Object:
    own = [x for x in mentions if (x.get("attributes") or {}).get("entity") == item["id"]]
    return {**item, "mentions": [x["id"] for x in in_text_order(own)]}


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
