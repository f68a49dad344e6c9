r"""Values of attributes where a format has only strings, and nested values where it has only flat ones. Pure.

A plain string stands as it is; anything else as JSON, and so does a string that would read as JSON:

    stated → stated        300 → 300        true → true        "300" → "\"300\""
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

Object = dict[str, Any]
# Most values are plain words: what does not begin like this need not be parsed to see that it is no JSON.
MAY_BE_JSON = re.compile(r"\s*(?:[\[{\"\-0-9]|true|false|null)")


def encode(value: Any) -> str:
    if isinstance(value, str) and not is_json(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def decode(text: str) -> Any:
    """What `encode` was given. Text that is no JSON, or holds a number that is none, is a string."""
    if not MAY_BE_JSON.match(text):
        return text
    try:
        return json.loads(text, parse_constant=refuse, parse_float=finite)
    except (ValueError, RecursionError):
        return text


def is_json(text: str) -> bool:
    if not MAY_BE_JSON.match(text):
        return False
    try:
        json.loads(text, parse_constant=refuse, parse_float=finite)
    except (ValueError, RecursionError):
        return False
    return True


def refuse(constant: str) -> None:
    raise ValueError(constant)


def finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def dotted(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of nested objects by their path; nulls are left out. The field "" is the object's own value:
    {"entity": {"": "E1", "name": "Kim"}} → entity = "E1", entity.name = "Kim"."""
    for name, entry in value.items():
        path = ".".join(filter(None, (before, name)))
        if isinstance(entry, Mapping):
            yield from dotted(entry, path)
        elif entry is not None:
            yield path, entry


def nested(flat: Mapping[str, Any]) -> Object:
    """The inverse of `dotted`, one level deep: what has a dot goes into an object, its own value under ""."""
    heads = {name.partition(".")[0] for name in flat if "." in name}
    tree: Object = {}
    for name, value in flat.items():
        head, _, field = name.partition(".")
        if head in heads:
            tree.setdefault(head, {})[field] = value
        else:
            tree[name] = value
    return tree
