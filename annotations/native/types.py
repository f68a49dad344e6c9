"""The declared type of each kind of native object: checkers, SQL, OpenAPI, JSON Schema and tables are derived from it. Pure.

A line declares a field: its type, how a write is checked and which plain column keeps it (`Kept`), and what documents say of it
(`About`). A field without a plain column (one that refers to another object, or has parts) has code of its own in its kind.
"""

from typing import Annotated, Any, Required, TypedDict

from annotations.native.fields import FLAG, NUMBER, About, FieldType, nonempty_text, object_checker, shape, word
from annotations.native.validators import (
    FIELD,
    FRAGMENT,
    FRAGMENTS,
    Misshapen,
    checked,
    day,
    flag,
    identifier,
    integer,
    listing,
    mapping,
    number,
    optional,
    record,
    says,
    schema_of,
    text,
    values,
    words_read,
)
from registry.birth_dates import HELP, PATTERN, is_birth_date

OPEN = "null: unanswered."
READ = "Attribute → [[start, end], …]: the words that its value was read from; nobody has confirmed it."

REFERENCE = record({"mention": identifier, "entity": identifier})
BASIS = record({"n": number, "figure": optional(identifier), "mention": optional(identifier)}, required=("n",))

Code = Annotated[str | None, word(20)]
Number = Annotated[float | None, FieldType(optional(number), NUMBER)]
Flag = Annotated[bool | None, FieldType(optional(flag), FLAG)]
Id = Annotated[str | None, FieldType(optional(identifier))]
OwnId = Annotated[str, FieldType(identifier)]
Key = Annotated[str, FieldType(text(100))]
Chosen = Annotated[str | None, word(20, empty=False)]  # a code of the scheme
Words = Annotated[str | None, word(10_000)]
Revision = Annotated[int, FieldType(integer)]
ReadFrom = Annotated[dict[str, list[list[int]]], FieldType(words_read), About("", READ)]


class Fragment(TypedDict):
    """`document.text[start:end]` is the quote: code points, from 0, end-exclusive."""

    start: int
    end: int
    quote: str


Fragments = Annotated[list[Fragment], FieldType(FRAGMENTS)]


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
    approximate: Annotated[Flag, About("about", OPEN)]
    vague: Annotated[Flag, About("bounds read from vague words")]
    statistic: Annotated[Code, About("mean, median, total …")]
    use: Annotated[Code, About("reported, basis (of a ratio) or limit")]
    unit: Annotated[Code, About("UCUM")]
    currency: Annotated[str | None, word(30), About("ISO 4217")]
    currency_basis: Annotated[Code, About("stated or inferred")]
    per_currency: Annotated[str | None, word(30), About("for an exchange rate: the other currency")]
    per_unit: Annotated[str | None, word(30), About("for a price: what it is for (UCUM; things in braces: {vessel})")]
    per_period: Annotated[Code, About("ISO 8601 duration", "ISO 8601: P1M.")]
    per_count: Annotated[PerCount | None, FieldType(optional(BASIS)), About("N of “for every N”")]
    counted: Annotated[Reference | None, FieldType(optional(REFERENCE)), About("mark or entity that is counted")]
    counted_text: Annotated[str | None, word(300), About("what is counted, if it is not an actor")]
    of_whole: Annotated[Reference | None, FieldType(optional(REFERENCE)), About("mark or entity of which this is a share")]
    credibility: Annotated[str | None, word(1), About("credibility of this figure, if it differs from the claim's")]
    note: Annotated[Words, About("of the annotator")]


# A mark

CHECKERS = shape(ActorAttributes) | shape(FigureAttributes)
KNOWN = {code: schema_of(checker) for code, checker in CHECKERS.items()}


@says(type="object", properties=KNOWN, propertyNames=schema_of(FIELD), additionalProperties=schema_of(values))
def attributes(value: Any) -> dict[str, Any]:
    """Declared fields by their own checkers, the scheme's further ones as plain values."""
    if not isinstance(value, dict):
        raise Misshapen("should be an object")
    known = {key: entry for key, entry in value.items() if key in CHECKERS}
    others = {key: entry for key, entry in value.items() if key not in CHECKERS}
    return (mapping(others) if others else {}) | checked(CHECKERS, known)


class SpanObject(TypedDict, total=False):
    """Words under a label. `read` asks for the values of its words."""

    id: OwnId
    key: Key
    layer: Required[Annotated[str, nonempty_text(40)]]
    label: Required[Annotated[str, nonempty_text(40)]]
    fragments: Required[Fragments]
    attributes: Annotated[dict[str, Any], FieldType(attributes)]
    event: Id
    read: Annotated[bool | None, FieldType(optional(flag))]


# An event

FILLERS = ("mention", "entity", "event", "measure_ref")
FILLING = record({"role": text(40, empty=False), "implicit": flag, **dict.fromkeys(FILLERS, identifier)}, required=("role",))


@says(**schema_of(FILLING), oneOf=[{"required": [filler]} for filler in FILLERS])
def argument(value: Any) -> dict[str, Any]:
    filling: dict[str, Any] = FILLING(value)
    if sum(filler in filling for filler in FILLERS) != 1:
        raise Misshapen("should have exactly one of mention, entity, event, measure_ref")
    return filling


class Time(TypedDict, total=False):
    text: Annotated[str | None, word(300)]
    start: Annotated[int | None, FieldType(optional(integer))]
    end: Annotated[int | None, FieldType(optional(integer))]
    edtf: Annotated[str | None, word(100)]
    earliest: Annotated[str | None, word(10)]
    latest: Annotated[str | None, word(10)]
    part_of_day: Annotated[str | None, word(10)]
    basis: Required[Annotated[str, nonempty_text(20)]]
    note: Words


class EventObject(TypedDict, total=False):
    id: OwnId
    key: Key
    type: Required[Annotated[str, nonempty_text(40)]]
    status: Annotated[Chosen, About("", OPEN)]
    polarity: Chosen
    certainty: Chosen
    attributes: Annotated[dict[str, Any], FieldType(mapping)]
    arguments: Annotated[list[dict[str, Any]], FieldType(listing(argument))]
    time: Annotated[Time | None, FieldType(optional(object_checker(Time)))]
    note: Words
    read: ReadFrom


# What surrounds them


class ClaimObject(TypedDict, total=False):
    """Who says what, and how far to believe it."""

    id: OwnId
    key: Key
    source_mention: Id
    source_entity: Id
    source_basis: Chosen
    cue: Annotated[list[Fragment], FieldType(listing(FRAGMENT))]
    content: Required[Fragments]
    mode: Chosen
    modality: Chosen
    evidence: Chosen
    parent: Id
    reliability: Annotated[str | None, word(1, empty=False)]
    credibility: Annotated[str | None, word(1, empty=False)]
    rating_note: Words
    note: Words
    read: ReadFrom


class CitationObject(TypedDict, total=False):
    """Words that name a legal measure."""

    id: OwnId
    key: Key
    fragments: Required[Fragments]
    measure: Annotated[str | None, FieldType(optional(text(60, empty=False))), About("", "Code of a measure.")]
    paragraph: Annotated[str | None, word(40)]
    paragraph_basis: Chosen
    note: Words


class LinkObject(TypedDict, total=False):
    """Between two figures, two events or two claims."""

    id: OwnId
    type: Required[Annotated[str, nonempty_text(40)]]
    source: Required[OwnId]
    target: Required[OwnId]


class NoteObject(TypedDict, total=False):
    """On the article as a whole."""

    id: OwnId
    order: Annotated[int, FieldType(integer), About("", "Position of the note.")]
    text: Required[Annotated[str, nonempty_text(10_000)]]


# What a corpus shares


class ListLinkObject(TypedDict, total=False):
    list: Required[Annotated[str, nonempty_text(100)]]
    entry: Required[Annotated[str, nonempty_text(100)]]
    match: Required[Annotated[str, nonempty_text(20)]]
    list_version: Annotated[str | None, FieldType(optional(day))]
    reviewer: Annotated[str | None, FieldType(optional(text(150)))]
    said_by: Annotated[str | None, word(150)]
    note: Words


@says(type="string", maxLength=40, pattern=PATTERN)
def birth_date(value: Any) -> str:
    if not (isinstance(value, str) and is_birth_date(value)):
        raise Misshapen(f"should be a date of birth as EDTF: {HELP}")
    return value


class BirthObject(TypedDict):
    edtf: Annotated[str, FieldType(birth_date)]
    words: Annotated[str, nonempty_text(500)]


class IdentifierObject(TypedDict):
    scheme: Annotated[str, nonempty_text(40)]
    value: Annotated[str, nonempty_text(200)]


@says(type="string", pattern="^[A-Z]{2}$")
def country(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()):
        raise Misshapen("should be two capital letters (ISO 3166-1)")
    return value


NAME_KINDS = ("name", "alias", "former", "adjective", "demonym", "abbreviation", "transliteration", "original")


@says(type="object", additionalProperties={"enum": list(NAME_KINDS)})
def name_kinds(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise Misshapen("should be an object with the kind of each alias")
    if wrong := [kind for kind in value.values() if kind not in NAME_KINDS]:
        raise Misshapen(f"{wrong[0][:60]!r} is not one of {', '.join(NAME_KINDS)}")
    return value


class EntityObject(TypedDict, total=False):
    id: OwnId
    key: Key
    type: Required[Annotated[str, nonempty_text(40)]]
    name: Required[Annotated[str, FieldType(text(500, empty=False))]]
    aliases: Annotated[list[str], FieldType(listing(text(500, empty=False)))]
    name_kinds: Annotated[dict[str, str], FieldType(name_kinds), About("", "Alias → its kind; an alias without one: not stated.")]
    countries: Annotated[list[str], FieldType(listing(country))]
    reference: Annotated[Chosen, About("", OPEN)]
    anonymous: Flag
    births: Annotated[
        list[BirthObject],
        FieldType(listing(object_checker(BirthObject))),
        About("", "Dates of birth as EDTF, each with the words of its source; none: not stated."),
    ]
    identifiers: Annotated[list[IdentifierObject], FieldType(listing(object_checker(IdentifierObject)))]
    same_as: Annotated[
        str | None,
        FieldType(optional(text(60, empty=False))),
        About("", "Entry of the shared register; null: nobody linked one."),
    ]
    list_links: Annotated[list[ListLinkObject], FieldType(listing(object_checker(ListLinkObject)))]
    screening: Annotated[str, nonempty_text(20)]
    note: Words
    revision: Revision


class RelationObject(TypedDict, total=False):
    id: OwnId
    source: Required[OwnId]
    type: Required[Annotated[str, nonempty_text(40)]]
    target: Required[OwnId]
    basis: Annotated[str | None, word(10, empty=False)]
    note: Words
    revision: Revision
