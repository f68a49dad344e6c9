"""The declared type of each kind of native object: checkers, SQL, OpenAPI, JSON Schema and tables are derived from it. Pure.

A line declares a field: its type, how a write is checked and which plain column keeps it (`Kept`), and what documents say of it
(`About`). A field without a plain column (one that refers to another object, or has parts) has code of its own in its kind.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypedDict, get_type_hints

from annotations.native.validators import Checker, flag, identifier, number, optional, record, text

WORD, NUMBER, FLAG = "word", "number", "flag"  # of plain columns: text that may be empty, numeric, boolean; null is unanswered


@dataclass(frozen=True)
class Kept:
    """How a value is checked, and the kind of the column of the same name; no kind where code of its own keeps it."""

    checker: Checker
    column: str = ""


@dataclass(frozen=True)
class About:
    """What a column of a table says, and what the API says beside the name."""

    meaning: str
    help: str = ""


@dataclass(frozen=True)
class Field:
    checker: Checker
    column: str
    meaning: str
    help: str


@cache
def fields(declared: type) -> dict[str, Field]:
    """The fields of a declared type, in its order."""
    hints = get_type_hints(declared, include_extras=True)
    return {name: field(hint.__metadata__) for name, hint in hints.items()}


def field(metadata: tuple[Any, ...]) -> Field:
    (kept,) = (each for each in metadata if isinstance(each, Kept))
    about = next((each for each in metadata if isinstance(each, About)), About(""))
    return Field(kept.checker, kept.column, about.meaning, about.help)


def shape(declared: type) -> dict[str, Checker]:
    """What a write may give: field → checker."""
    return {name: each.checker for name, each in fields(declared).items()}


def plain(declared: type, kind: str = "") -> tuple[str, ...]:
    """The names of its plain columns, of one kind or of all."""
    return tuple(name for name, each in fields(declared).items() if each.column and kind in ("", each.column))


def word(longest: int) -> Kept:
    return Kept(optional(text(longest)), WORD)


REFERENCE = record({"mention": identifier, "entity": identifier})
BASIS = record({"n": number, "figure": optional(identifier), "mention": optional(identifier)}, required=("n",))

Code = Annotated[str | None, word(20)]
Number = Annotated[float | None, Kept(optional(number), NUMBER)]
Flag = Annotated[bool | None, Kept(optional(flag), FLAG)]
Id = Annotated[str | None, Kept(optional(identifier))]


class Reference(TypedDict, total=False):
    """One of the two."""

    mention: str
    entity: str


class PerCount(TypedDict, total=False):
    """N of “for every N”, and the figure and the mark that say so."""

    n: float
    figure: str | None
    mention: str | None


class ActorAttributes(TypedDict, total=False):
    mention_type: Annotated[str | None, word(10)]
    entity: Id


class FigureAttributes(TypedDict, total=False):
    low: Annotated[Number, About("lower bound")]
    high: Annotated[Number, About("upper bound")]
    comparator: Annotated[str | None, word(10), About("eq, gt, ge, lt, le, between")]
    approximate: Annotated[Flag, About("about", "null: unanswered.")]
    vague: Annotated[Flag, About("bounds read from vague words")]
    statistic: Annotated[Code, About("mean, median, total …")]
    use: Annotated[Code, About("reported, basis (of a ratio) or limit")]
    unit: Annotated[Code, About("UCUM")]
    currency: Annotated[str | None, word(30), About("ISO 4217")]
    currency_basis: Annotated[Code, About("stated or inferred")]
    per_currency: Annotated[str | None, word(30), About("for an exchange rate: the other currency")]
    per_period: Annotated[Code, About("ISO 8601 duration", "ISO 8601: P1M.")]
    per_count: Annotated[PerCount | None, Kept(optional(BASIS)), About("N of “for every N”")]
    counted: Annotated[Reference | None, Kept(optional(REFERENCE)), About("mark or entity that is counted")]
    counted_text: Annotated[str | None, word(300), About("what is counted, if it is not an actor")]
    of_whole: Annotated[Reference | None, Kept(optional(REFERENCE)), About("mark or entity of which this is a share")]
    credibility: Annotated[str | None, word(1), About("credibility of this figure, if it differs from the claim's")]
    note: Annotated[str | None, word(10_000), About("of the annotator")]
