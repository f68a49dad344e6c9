"""Values of a file as the scheme wants them: a choice by code or name, a number also in words of digits. Pure."""

from __future__ import annotations

import math
from typing import Any

from annotations.formats.middle.mapping import plain
from annotations.scheme.view import SchemeView

Object = dict[str, Any]
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Unfit(ValueError):
    """A value that the attribute cannot have."""


def fitted(value: Any, entry: Object, view: SchemeView) -> Any:
    """The value of the attribute `entry`. Raises Unfit."""
    kind = entry["type"]
    if kind in ("object", "time", "list") or (kind == "ref" and entry.get("ref") != "measure"):
        raise Unfit  # what they point at comes as ties, or is told in fields of its own
    if kind == "enum":
        return choice(value, entry["choices"])
    if kind == "bool":
        return flag(value)
    if kind == "decimal":
        return number(value)
    if kind == "text_list":
        return [text(part) for part in (value if isinstance(value, list) else [value])]
    if kind == "currency":
        return one_of(text(value), {code: code for code in view.currencies} | dict(view.currency_aliases))
    if kind == "ucum":
        return one_of(text(value), {code: code for code in view.units})
    return text(value)


def choice(value: Any, choices: list[Object]) -> str:
    words = {entry["code"]: entry["code"] for entry in choices}
    return one_of(text(value), {entry["name"]: entry["code"] for entry in choices} | words)


def one_of(word: str, words: dict[str, str]) -> str:
    alike = {plain(known): code for known, code in words.items()}
    choice = words.get(word) or alike.get(plain(word))
    if not choice:
        raise Unfit
    return choice


def flag(value: Any) -> bool:
    state = value if isinstance(value, bool) else FLAGS.get(plain(text(value)))
    if state is None:
        raise Unfit
    return state


def number(value: Any) -> int | float:
    if isinstance(value, str):
        try:
            value = int(value) if value.strip().lstrip("+-").isdecimal() else float(value)
        except ValueError:
            raise Unfit from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unfit
    return value


def text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        raise Unfit
    return value
