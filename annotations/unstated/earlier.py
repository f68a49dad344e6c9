"""Versions of a scheme from the time when it stated defaults, as they are understood now.

What an assignment was marked under stays stored as it is; nothing that its version calls a default is applied any more. There a
required attribute was answered by its default: of a mark, a citation or an entity it may stay open, of an event or a claim not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotations.unstated.answers import NOT_STATED

Json = dict[str, Any]

# For versions that do not have the choice; the scheme file of today says the same.
CHOICE = {
    "code": NOT_STATED,
    "name": "not stated in the text",
    "definition": "The text does not say it. An answer given by a person; null means unanswered.",
}
EVENTS, CLAIMS = "EVENT", "ATTRIBUTION"
UNJUDGED = {"reliability": "F", "credibility": "6"}  # what nobody has rated is not rated: no version asks for it
STATE_OF_WORK = "screening"


def understood(body: Json) -> Json:
    """`body` with the choice `not_stated`, with facts marked as such, and without defaults."""
    return body | {
        NOT_STATED: body.get(NOT_STATED) or CHOICE,
        "layers": [layer_of(layer) for layer in body["layers"]],
        "overlays": [with_attributes(overlay, overlay["code"]) for overlay in body["overlays"]],
        "entity": with_attributes(body["entity"], "entity"),
        "constraints": [rule if rule["code"] != "ATT-03" else {"unjudged": UNJUDGED} | rule for rule in body["constraints"]],
    }


def layer_of(layer: Json) -> Json:
    kind = EVENTS if EVENTS.lower() in (layer.get("kind"), layer["code"].lower()) else ""
    return with_attributes(layer, kind) | {"labels": [with_attributes(label, kind) for label in layer["labels"]]}


def with_attributes(owner: Json, kind: str) -> Json:
    if "attributes" not in owner:
        return owner
    return owner | {"attributes": [attribute_of(entry, kind) for entry in owner["attributes"]]}


def attribute_of(entry: Any, kind: str) -> Any:
    """Figure labels name their attributes: those stay words."""
    if not isinstance(entry, Mapping):
        return entry
    kept = {key: value for key, value in entry.items() if key != "default" or entry["code"] == STATE_OF_WORK}
    was_answered = "default" in entry and kind not in (EVENTS, CLAIMS) and entry["code"] != STATE_OF_WORK
    if was_answered or entry["code"] in UNJUDGED:
        kept["required"] = False
    if kind == EVENTS and entry["type"] == "enum":
        kept.setdefault("fact", True)
    return kept


def stated_defaults(body: Mapping[str, Any]) -> list[str]:
    """The attributes for which a scheme file states a default, which is not applied: "EVENT.PERMIT.decision"."""
    return [path for path, entry in attributes(body) if entry.get("default") is not None and entry["code"] != STATE_OF_WORK]


def attributes(body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every attribute of a scheme with its place; labels of figures have none of their own."""
    owners = [(layer["code"], layer) for layer in body["layers"]]
    owners += [(f"{layer['code']}.{label['code']}", label) for layer in body["layers"] for label in layer["labels"]]
    owners += [(overlay["code"], overlay) for overlay in body["overlays"]]
    for path, owner in [*owners, ("entity", body["entity"])]:
        for entry in owner.get("attributes") or []:
            if isinstance(entry, Mapping):
                yield f"{path}.{entry['code']}", entry
