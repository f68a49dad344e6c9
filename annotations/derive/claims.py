"""Who says it: the innermost claim around a mark, else the narrator."""

from __future__ import annotations

from annotations.nativeview import NativeContext, Object
from annotations.standoff import contains, holds

NARRATOR = "Q0"


def narrator(context: NativeContext) -> str:
    """Id of the claim that holds what no other claim holds."""
    default = context.doc.get("default_attribution") or {}
    return str(default.get("id") or NARRATOR)


def attributed(item: Object, context: NativeContext) -> str:
    """Id of the innermost claim whose content holds every fragment of a mark."""
    holding = [claim for claim in context.claims() if holds(claim["content"], item["fragments"])]
    if not holding:
        return narrator(context)
    return str(min(holding, key=lambda claim: (width(claim, item), -depth(claim, context)))["id"])


def width(claim: Object, item: Object) -> int:
    """Length of the stretch around the mark: contents nest, so that the shortest is innermost."""
    around = [part for part in claim["content"] if contains(part, item["fragments"][0])]
    return min(int(part["end"] - part["start"]) for part in around)


def depth(claim: Object, context: NativeContext) -> int:
    """How many claims it stands inside; ends for a loop of parents too."""
    seen = {claim["id"]}
    parent = context.claim(claim.get("parent"))
    while parent and parent["id"] not in seen:
        seen.add(parent["id"])
        parent = context.claim(parent.get("parent"))
    return len(seen)


def speaker(item: Object, context: NativeContext) -> str | None:
    """The entity that says it; None for a claim without a source."""
    claim = context.claim(attributed(item, context))
    source = claim if claim is not None else context.doc.get("default_attribution") or {}
    return source.get("source_entity")
