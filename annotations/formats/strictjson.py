"""JSON from strangers: what a database cannot keep, or a program cannot walk, is refused with its place.

Pure. Refused are: bytes that are no UTF-8, NaN and Infinity, numbers of thousands of digits, more than
DEEPEST arrays and objects in each other, NUL characters and halves of surrogate pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from annotations.formats.flat import Unreadable

DEEPEST = 100
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def load(raw: bytes | str, place: str) -> Any:
    """The value. Raises Unreadable; `place` names file and line."""
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        value = json.loads(text, parse_constant=refused)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{place}: byte {error.start} is no UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"{place}: no JSON: {error}") from None
    except RecursionError:
        raise Unreadable(f"{place}: nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"{place}: {error}") from None
    inspect(value, place)
    return value


def refused(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def inspect(value: Any, place: str) -> None:
    """Walks without recursion, so that depth cannot end it."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable(f"{place}: nested too deeply")
        if isinstance(item, str) and (found := UNSTORABLE.search(item)):
            raise Unreadable(f"{place}: U+{ord(found[0]):04X} cannot be stored")
        if isinstance(item, dict):
            waiting += [(entry, depth + 1) for pair in item.items() for entry in pair]
        elif isinstance(item, list):
            waiting += [(entry, depth + 1) for entry in item]


def lines(file: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """(place, line) of those that are not empty."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield f"{name}, line {number}", line


def values(file: BinaryIO, name: str) -> Iterator[tuple[str, Any | Unreadable]]:
    """(place, value or why there is none) of each line of JSON Lines, or of the one value of a file.

    JSON Lines it is when the first line by itself looks like a whole object or array.
    """
    first = file.readline()
    while first and not first.strip():
        first = file.readline()
    if not first:
        yield name, Unreadable(f"{name}: the file is empty")
    elif first.strip()[-1:] in (b"}", b"]") and first.strip() not in (b"}", b"]", b"{}", b"[]"):
        yield f"{name}, line 1", loaded(first, f"{name}, line 1")
        for number, line in enumerate(file, 2):
            if line.strip():
                yield f"{name}, line {number}", loaded(line, f"{name}, line {number}")
    else:
        yield name, loaded(first + file.read(), name)


def loaded(raw: bytes, place: str) -> Any | Unreadable:
    try:
        return load(raw, place)
    except Unreadable as error:
        return error
