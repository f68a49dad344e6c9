"""Is this a native document at all? What stands around the marks, before any of it is believed.

Pure. The marks themselves are checked by the write, as those of every other door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from annotations.native.validators import Checker, Misshapen, checked_at, listing, optional, says, schema_of, text

Object = dict[str, Any]

FORMAT = "sanctions-gold/1"
UNIT = "unicode_code_point"
COUNTED = {"unit": UNIT, "base": 0, "end": "exclusive"}
ARRAYS = {
    "entity": "entities",
    "relation": "entity_relations",
    "event": "events",
    "span": "mentions",
    "citation": "measure_refs",
    "claim": "attributions",
    "link": "relations",
}
LONGEST_TEXT = 10_000_000
NAME = text(100, empty=False)
BASES = ("stated", "resolved", "inferred")


class NotNative(ValueError):
    """A file that is not in the native format; says which place and what should be there."""


def having(fields: Mapping[str, Checker]) -> Checker:
    """An object; of its fields only these are looked at, since a file may say more than we read."""

    def check(value: Any) -> Object:
        if not isinstance(value, dict):
            raise Misshapen("should be an object")
        for name, checker in fields.items():
            checked_at(name, checker, value.get(name))
        return value

    properties = {name: schema_of(checker) for name, checker in fields.items()}
    needed = [name for name, checker in fields.items() if not allows_null(checker)]
    return says(type="object", properties=properties, required=needed)(check)


def allows_null(checker: Checker) -> bool:
    try:
        checker(None)
    except Misshapen:
        return False
    return True


@says(type="string", format="date")
def day(value: Any) -> str:
    """YYYY-MM-DD."""
    try:
        return date.fromisoformat(text(10)(value)).isoformat()
    except ValueError:
        raise Misshapen("should be a date like 2017-09-04") from None


@says(enum=[None, UNIT])
def unit(value: Any) -> Any:
    if value not in (None, UNIT):
        raise Misshapen(f"is {value!r}; only {UNIT} is supported")
    return value


@says(enum=list(BASES))
def basis(value: Any) -> Any:
    if value not in BASES:
        raise Misshapen("should be stated, resolved or inferred")
    return value


@says(type="object")
def any_object(value: Any) -> Object:
    if not isinstance(value, dict):
        raise Misshapen("should be an object")
    return value


PUBLISHED = having(
    {
        "edtf": optional(text(100)),
        "earliest": optional(day),
        "latest": optional(day),
        "basis": optional(basis),
    }
)
DOCUMENT = having(
    {
        "clean_sha256": optional(text(64, empty=False)),
        "id": optional(text(100)),
        "key": optional(text(100)),
        "title": optional(text(1_000)),
        "outlet": optional(text(200)),
        "language": optional(text(35)),
        "source_file": optional(text(500)),
        "url": optional(text(2_000)),
        "url_basis": optional(text(200)),
        "outlet_basis": optional(text(200)),
        "claimed_url": optional(text(2_000)),
        "claimed_outlet": optional(text(200)),
        "claimed_by": optional(text(500)),
        "retrieved_from": optional(text(2_000)),
        "published": optional(PUBLISHED),
    }
)
DOCUMENT_SHAPE = having(
    {
        "text": optional(text(LONGEST_TEXT)),
        "scheme": having({"code": NAME, "version": NAME}),
        "offsets": optional(having({"unit": unit})),
        "document": DOCUMENT,
        "adjudication_notes": optional(listing(text(10_000))),
        **{array: optional(listing(any_object)) for array in ARRAYS.values()},
    }
)


def check(document: Any) -> None:
    """Raises NotNative with the first place that is wrong."""
    if not isinstance(document, dict):
        raise NotNative("the file should contain a JSON object")
    name = document.get("format")
    if not isinstance(name, str) or not name.startswith("sanctions-gold/"):
        raise NotNative(f"`format` should be {FORMAT}, not {str(name)[:60]!r}")
    try:
        DOCUMENT_SHAPE(document)
    except Misshapen as error:
        raise NotNative(str(error)) from None
