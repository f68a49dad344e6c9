"""What a person says of a suggestion: the shape of an outcome. Pure."""

from collections.abc import Callable
from typing import Annotated, Any, Required, TypedDict

from annotations.native.fields import About, FieldType
from annotations.native.types import Fragments, Id, OwnId
from annotations.native.validators import Misshapen, identifier, listing, number, optional, record, says, text

SUGGESTED = ("span", "event", "claim", "citation", "link")
# Those of this house; behind "http:" and "push:" stands the name of one elsewhere.
SUGGESTERS = ("here", "memory", "register", "figures", "claims", "measures", "triggers", "times", "sums", "crf")
ELSEWHERE = ("http:", "push:")


def one_of(*allowed: str) -> Callable[[Any], str]:
    @says(enum=list(allowed))
    def check(value: Any) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        raise Misshapen(f"should be one of {', '.join(allowed)}")

    return check


NAME = text(60, empty=False)


@says(type="string", maxLength=60, anyOf=[{"enum": list(SUGGESTERS)}, {"pattern": f"^({'|'.join(ELSEWHERE)})."}])
def suggester(value: Any) -> str:
    name: str = NAME(value)
    if name not in SUGGESTERS and not (name.startswith(ELSEWHERE) and name not in ELSEWHERE):
        raise Misshapen(f"should be one of {', '.join(SUGGESTERS)}, or begin with {' or '.join(ELSEWHERE)}")
    return name


@says(type="number", minimum=0, maximum=1)
def score(value: Any) -> float:
    if not 0 <= number(value) <= 1:
        raise Misshapen("should be between 0 and 1")
    return float(value)


@says(type="number", minimum=0, maximum=86_400)
def seconds(value: Any) -> float:
    if not 0 <= number(value) <= 86_400:
        raise Misshapen("should be between 0 and 86400")
    return float(value)


SUGGESTED_BY = record({"suggester": suggester, "version": text(100), "score": score}, required=("suggester", "version", "score"))
MADE = record({"kind": one_of(*SUGGESTED), "id": identifier}, required=("kind", "id"))


class OutcomeObject(TypedDict, total=False):
    """What a person did with a suggestion. `kind`, `layer`, `label` and `fragments` are those of the suggestion."""

    id: OwnId
    key: Id
    kind: Required[Annotated[str, FieldType(one_of(*SUGGESTED))]]
    layer: Annotated[str | None, FieldType(optional(text(40)))]
    label: Annotated[str | None, FieldType(optional(text(40)))]
    fragments: Required[Fragments]
    by: Required[Annotated[list[dict[str, Any]], FieldType(listing(SUGGESTED_BY, least=1))]]
    outcome: Required[Annotated[str, FieldType(one_of("accepted", "changed", "rejected"))]]
    made: Annotated[dict[str, str] | None, FieldType(optional(MADE)), About("", "What was made of it; null: rejected.")]
    seconds: Annotated[float | None, FieldType(optional(seconds)), About("", "From the first look to the decision.")]
