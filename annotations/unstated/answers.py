"""Which attributes may be answered with “not stated in the text”, and how bad it is to leave one open.

A scheme marks an attribute as `fact` where it says something about the world. One that is `required` has to be answered; a fact
that is required can also be answered with the scheme's choice `not_stated`. Nobody has answered an open one: it has no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

NOT_STATED = "not_stated"  # the code of that choice, in every scheme
ERROR, WARNING = "error", "warning"


def is_open(value: Any) -> bool:
    """Null in an object, empty in a column."""
    return value is None or value == ""


def is_stated(value: Any) -> bool:
    """Whether a value says something: it is neither open nor said to be not in the text."""
    return not is_open(value) and value != NOT_STATED


def may_be_unstated(attribute: Mapping[str, Any]) -> bool:
    return bool(attribute["type"] == "enum" and attribute.get("required") and attribute.get("fact"))


def with_unstated(attribute: Json, choices: list[Json], unstated: Json | None) -> list[Json]:
    """`choices`, and last the answer that the text does not say it, where an attribute may have it."""
    return [*choices, unstated] if unstated and may_be_unstated(attribute) else choices


def level_of_open(attribute: Mapping[str, Any]) -> str | None:
    """How bad it is that an attribute is open: "error", "warning" or nothing."""
    if attribute.get("required"):
        return ERROR
    return WARNING if attribute.get("fact") else None
