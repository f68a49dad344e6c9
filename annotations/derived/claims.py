"""Who says it: the innermost claim around a mark, else the narrator."""

from __future__ import annotations

from annotations.native.view import NativeContext, Object
from annotations.text.fragments import contains, envelope, holds

NARRATOR = "Q0"


class ClaimIndex:
    """The claims of a document, looked up by what lies inside them."""

    def __init__(self, context: NativeContext) -> None:
        self.context = context
        # Most claims are far from a mark: two numbers say so faster than their fragments.
        self._reach = [(*envelope(claim["content"]), claim) for claim in context.claims() if claim["content"]]

    @property
    def narrator(self) -> str:
        """Id of the claim that holds what no other claim holds."""
        return str(self._default.get("id") or NARRATOR)

    @property
    def _default(self) -> Object:
        default: Object = self.context.doc.get("default_attribution") or {}
        return default

    def attributed(self, mark: Object) -> str:
        """Id of the innermost claim whose content holds every fragment of a mark."""
        claim = self.innermost(mark)
        return str(claim["id"]) if claim else self.narrator

    def innermost(self, mark: Object) -> Object | None:
        start, end = envelope(mark["fragments"])
        near = [claim for first, last, claim in self._reach if first <= start and end <= last]
        holding = [claim for claim in near if holds(claim["content"], mark["fragments"])]
        return min(holding, key=lambda claim: (width(claim, mark), -self.depth(claim)), default=None)

    def depth(self, claim: Object) -> int:
        """How many claims it stands inside; ends for a loop of parents too."""
        seen = {claim["id"]}
        parent = self.context.claim(claim.get("parent"))
        while parent and parent["id"] not in seen:
            seen.add(parent["id"])
            parent = self.context.claim(parent.get("parent"))
        return len(seen)

    def speaker(self, mark: Object) -> str | None:
        """The entity that says it; None for a claim without a source."""
        return (self.innermost(mark) or self._default).get("source_entity")


def width(claim: Object, mark: Object) -> int:
    """Length of the stretch around the mark: contents nest, so that the shortest is innermost."""
    around = [part for part in claim["content"] if contains(part, mark["fragments"][0])]
    return min(int(part["end"] - part["start"]) for part in around)
