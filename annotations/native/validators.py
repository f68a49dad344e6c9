"""What a client may send: checkers for the fields of a change, without Django.

A checker takes a value and gives it back, or raises Misshapen with what should stand there. What it asks
for it also says as JSON Schema: `schema_of`, of which the published schema of the native format is made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

Checker = Callable[[Any], Any]
Schema = dict[str, Any]
LARGEST = 10**23
LONGEST_LIST = 10_000
HALVES = re.compile("[\ud800-\udfff]")
USUAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Misshapen(ValueError):
    """A field is missing, unknown, or not of the kind it should be."""


def says(**schema: Any) -> Callable[[Checker], Checker]:
    """Gives a checker its JSON Schema."""

    def tell(checker: Checker) -> Checker:
        checker.__dict__["schema"] = schema
        return checker

    return tell


def schema_of(checker: Checker) -> Schema:
    """{}, that is anything, for a checker that does not say."""
    return getattr(checker, "schema", {})


def text(longest: int = 100_000, *, empty: bool = True) -> Checker:
    """A string of at most `longest` code points that PostgreSQL can store."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Misshapen("should be a string")
        if len(value) > longest:
            raise Misshapen(f"is longer than {longest:,} characters")
        if "\x00" in value:
            raise Misshapen("contains a NUL character")
        if not value.isascii() and HALVES.search(value):
            raise Misshapen("contains half of a surrogate pair")
        if not empty and not value.strip():
            raise Misshapen("should not be empty")
        return value

    schema: Schema = {"type": "string", "maxLength": longest} | ({} if empty else {"pattern": r"\S"})
    return says(**schema)(check)


ID = {"$ref": "#/$defs/id"}


@says(**ID)
def identifier(value: Any) -> str:
    """A UUID in its usual form, as a string in lower case."""
    if isinstance(value, str) and USUAL.fullmatch(value):
        return value
    if not isinstance(value, str):
        raise Misshapen("should be a UUID")
    try:
        return str(UUID(value))
    except ValueError:
        raise Misshapen(f"{value[:60]!r} is not a UUID") from None


@says(type="integer", minimum=0, maximum=2**31 - 1)
def integer(value: Any) -> int:
    """A whole number from 0 that fits a column; True and False are none."""
    if type(value) is not int:  # which True and False are not, though they are ints
        raise Misshapen("should be a whole number")
    if not 0 <= value < 2**31:
        raise Misshapen("should be between 0 and 2147483647")
    return value


@says(type="number", minimum=-LARGEST, maximum=LARGEST)
def number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misshapen("should be a number")
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Misshapen("is not finite or too large")
    return value


@says(type="boolean")
def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Misshapen("should be true or false")
    return value


@says(type="string", format="date")
def day(value: Any) -> str:
    """A day of the calendar as YYYY-MM-DD."""
    if not isinstance(value, str) or len(value) != 10:
        raise Misshapen("should be a date like 2017-09-04")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Misshapen(f"{value!r} is not a date like 2017-09-04") from None


def optional(checker: Checker) -> Checker:
    return says(anyOf=[schema_of(checker), {"type": "null"}])(lambda value: None if value is None else checker(value))


def listing(checker: Checker, *, least: int = 0) -> Checker:
    def check(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Misshapen("should be a list")
        if not least <= len(value) <= LONGEST_LIST:
            raise Misshapen(f"should have {least} to {LONGEST_LIST:,} entries")
        try:
            return [checker(entry) for entry in value]
        except Misshapen:
            return [checked_at(f"[{index}]", checker, entry) for index, entry in enumerate(value)]

    return says(type="array", items=schema_of(checker), minItems=least, maxItems=LONGEST_LIST)(check)


def record(fields: Mapping[str, Checker], *, required: tuple[str, ...] = ()) -> Checker:
    """An object with these fields and no others; `required` ones must be there."""
    known, needed = frozenset(fields), frozenset(required)

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misshapen("should be an object")
        keys = value.keys()
        if not keys <= known:
            raise Misshapen(f"has no field {min(keys - known)!r}")
        if not keys >= needed:
            raise Misshapen(f"lacks {next(name for name in required if name not in value)!r}")
        return checked(fields, value)

    properties = {name: schema_of(checker) for name, checker in fields.items()}
    return says(type="object", properties=properties, required=list(required), additionalProperties=False)(check)


WORDS = text(1_000)
LIST_OF_WORDS = listing(WORDS)
FIELD = text(100)


@says(anyOf=[{"type": ["null", "boolean"]}, schema_of(number), schema_of(WORDS), schema_of(LIST_OF_WORDS)])
def values(value: Any) -> Any:
    """Attribute values of the scheme's own: strings, flags, numbers, lists of strings."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list):
        return LIST_OF_WORDS(value)
    return WORDS(value)


@says(type="object", maxProperties=100, propertyNames=schema_of(FIELD), additionalProperties=schema_of(values))
def mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misshapen("should be an object")
    if len(value) > 100:
        raise Misshapen("has more than 100 fields")
    return {FIELD(name): checked_at(name, values, entry) for name, entry in value.items()}


def checked(fields: Mapping[str, Checker], entries: Mapping[str, Any]) -> dict[str, Any]:
    """Each value by the checker of its name. What is wrong is looked for only where something is: that takes twice the time."""
    try:
        return {name: fields[name](entry) for name, entry in entries.items()}
    except Misshapen:
        return {name: checked_at(name, fields[name], entry) for name, entry in entries.items()}


def checked_at(location: str, checker: Checker, value: Any) -> Any:
    """Check `value`, and name the place in the error."""
    try:
        return checker(value)
    except Misshapen as error:
        joint = "" if str(error).startswith("[") else ": " if " " in str(error)[:1] else " "
        raise Misshapen(f"{location}{joint}{error}") from None


@says(type="array", items=schema_of(integer), minItems=2, maxItems=2)
def stretch(value: Any) -> list[int]:
    """[start, end] of words in code points, half-open."""
    if not isinstance(value, list) or len(value) != 2:
        raise Misshapen("should be [start, end]")
    start, end = (integer(each) for each in value)
    if start >= end:
        raise Misshapen("should start before it ends")
    return [start, end]


STRETCHES = listing(stretch)


@says(type="object", maxProperties=100, propertyNames=schema_of(FIELD), additionalProperties=schema_of(STRETCHES))
def words_read(value: Any) -> dict[str, list[list[int]]]:
    """Attribute → the words that decided its value; none where the form of the trigger did."""
    if not isinstance(value, dict):
        raise Misshapen("should be an object")
    if len(value) > 100:
        raise Misshapen("has more than 100 fields")
    return {FIELD(name): checked_at(name, STRETCHES, entry) for name, entry in value.items()}


FRAGMENT = record({"start": integer, "end": integer, "quote": text()}, required=("start", "end", "quote"))
FRAGMENTS = listing(FRAGMENT, least=1)
