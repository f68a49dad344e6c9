"""How a declared type states its fields, and what follows from it: checkers, names of columns, words of documents. Pure."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Required, get_origin, get_type_hints

from annotations.native.validators import Checker, optional, record, text

WORD, NUMBER, FLAG = "word", "number", "flag"  # of plain columns: text that may be empty, numeric, boolean; null is unanswered


@dataclass(frozen=True)
class FieldType:
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
    bare = {name: hint.__args__[0] if get_origin(hint) is Required else hint for name, hint in hints.items()}
    return {name: field(hint.__metadata__) for name, hint in bare.items()}


def field(metadata: tuple[Any, ...]) -> Field:
    (kept,) = (each for each in metadata if isinstance(each, FieldType))
    about = next((each for each in metadata if isinstance(each, About)), About(""))
    return Field(kept.checker, kept.column, about.meaning, about.help)


def shape(declared: type) -> dict[str, Checker]:
    """What a write may give: field → checker."""
    return {name: each.checker for name, each in fields(declared).items()}


def required(declared: type) -> tuple[str, ...]:
    """What a new object cannot be without, besides its id."""
    return tuple(name for name in fields(declared) if name in declared.__required_keys__)  # type: ignore[attr-defined]


def object_checker(declared: type) -> Checker:
    return record(shape(declared), required=required(declared))


def plain(declared: type, kind: str = "") -> tuple[str, ...]:
    """The names of its plain columns, of one kind or of all."""
    return tuple(name for name, each in fields(declared).items() if each.column and kind in ("", each.column))


def word(longest: int, *, empty: bool = True) -> FieldType:
    return FieldType(optional(text(longest, empty=empty)), WORD)


def nonempty_text(longest: int) -> FieldType:
    """Text that is never null or empty."""
    return FieldType(text(longest, empty=False))
