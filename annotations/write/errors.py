"""Why a batch of changes was not written. Nothing of it is stored; each says what and where."""

from __future__ import annotations

import re
from typing import Any


class Refusal(Exception):
    """`code` tells programs what happened; `errors` are {change, object, code, detail}."""

    code = "refused"

    def __init__(self, detail: str, errors: list[dict[str, Any]] | None = None) -> None:
        self.detail = detail
        self.errors = errors or []
        super().__init__("; ".join([detail, *(line(error) for error in self.errors)]))


def line(error: dict[str, Any]) -> str:
    where = error.get("object") or error.get("change") or ""
    return " ".join(part for part in (error.get("code"), str(where), error["detail"]) if part)


class Malformed(Refusal):
    """The request is not in the shape of a batch."""

    code = "malformed"


class NoBase(Refusal):
    """The batch does not say on which revision it is based."""

    code = "base-missing"


class Invalid(Refusal):
    """A change would break a rule of the scheme or point at nothing."""

    code = "invalid"


class Reused(Refusal):
    """A change id was used before with another body."""

    code = "id-reused"


class InUse(Refusal):
    """A thing to be deleted is pointed at by others."""

    code = "in-use"


class Closed(Refusal):
    """The assignment is submitted."""

    code = "submitted"


class WithoutPlace(Refusal):
    """The assignment was skipped or has lapsed."""

    code = "without-place"


class NoPlace(Refusal):
    """All places of the text are taken by others."""

    code = "no-place"


class OldRevision(Refusal):
    """The verdict is about another revision."""

    code = "stale"


class Released(Refusal):
    """Its annotator may see the gold: what they would write now is no independent reading."""

    code = "released"


class BeingAdjudicated(Refusal):
    """A gold is being made of this reading."""

    code = "being-adjudicated"


class CannotAdjudicate(Refusal):
    """Nothing can be made of these readings."""

    code = "cannot-adjudicate"


class Undecided(Refusal):
    """Differences of an adjudication are open."""

    code = "undecided"


class Conflict(Refusal):
    """Somebody wrote to the same objects after `base`. `conflicts` are {change, yours, theirs}."""

    code = "conflict"

    def __init__(self, revision: int, conflicts: list[dict[str, Any]]) -> None:
        self.revision = revision
        self.conflicts = conflicts
        super().__init__("Someone else has changed this in the meantime.")


# What two people at once can run into, where a check beforehand did not see the other one.
DETAILS = {
    "suggestionoutcome_once": "this suggestion was decided already, in this reading",
    "entity_same_as": "another entity of the corpus is linked to this entry of the shared register already: use that entity",
}


def constraint_error(error: Exception) -> dict[str, Any]:
    """The rule's code where the constraint is named after one: span_01_fragments → SPAN-01."""
    name = constraint_of(error)
    rule = re.match(r"([a-z]{3,4})_(\d\d)_", name)
    if rule:
        return {"code": f"{rule[1].upper()}-{rule[2]}", "detail": name.replace("_", " ")}
    if name.endswith("_pkey"):
        return {"code": "id-in-use", "detail": "an id in the batch belongs to another object"}
    return {"code": name or "unstorable", "detail": DETAILS.get(name, "a value cannot be stored")}


def constraint_of(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return (diagnosis and diagnosis.constraint_name) or ""
