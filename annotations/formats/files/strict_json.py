"""JSON from strangers: what a database cannot keep, or a program cannot walk, is refused with its place.

Pure. Refused are: bytes that are no UTF-8, NaN and Infinity, numbers of thousands of digits, more than
DEEPEST arrays and objects in each other, NUL characters and halves of surrogate pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from annotations.formats.base import Unreadable
from annotations.formats.files.end_record import is_end
from annotations.formats.files.zipped import LARGEST_MEMBER, unwrapped

DEEPEST = 100
HOLDERS = (dict, list)
# Without one of these in the file there is no character in it that cannot be stored: JSON writes them so or not at all.
ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])|[\x00\ud800-\udfff]")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def load(raw: bytes | str, location: str) -> Any:
    """The value. Raises Unreadable; `location` names file and line."""
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        value = DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{location}: byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"{location}: not JSON: {error}") from None
    except RecursionError:
        raise Unreadable(f"{location}: nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"{location}: {error}") from None
    inspect(value, location, strings=("\\u" in text or not text.isascii()) and ESCAPED.search(text) is not None)
    return value


def refused(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a JSON number")


DECODER = json.JSONDecoder(parse_constant=refused)


def inspect(value: Any, location: str, *, strings: bool = True) -> None:
    """Walks level by level, so that depth cannot end it. `strings`: whether there may be some that cannot be stored."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise Unreadable(f"{location}: nested too deeply")
        unstorable = next((bad for node in words(level) if (bad := UNSTORABLE.search(node))), None) if strings else None
        if unstorable:
            raise Unreadable(f"{location}: U+{ord(unstorable[0]):04X} cannot be stored")
        level = [x for node in level if type(node) in HOLDERS for x in (node.values() if type(node) is dict else node)]
        depth += 1


def words(level: list[Any]) -> Iterator[str]:
    for value in level:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value


def lines(file: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """(place, line) of those that are not empty."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield f"{name}, line {number}", line


def values(file: BinaryIO, name: str) -> Iterator[tuple[str, Any | Unreadable]]:
    """(place, value or why there is none) of each line of JSON Lines, or of the one value of a file.

    JSON Lines it is when the first line by itself looks like a whole object or array. The end record of an export is no value.
    """
    try:
        for location, value in stored(unwrapped(file, name), name):
            if not is_end(value):
                yield location, value
    except Unreadable as error:
        yield name, error


def stored(file: BinaryIO, name: str) -> Iterator[tuple[str, Any | Unreadable]]:
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
        content = first + file.read(LARGEST_MEMBER + 1)
        if len(content) > LARGEST_MEMBER:
            raise Unreadable(f"{name}: too large for one JSON value: write one document per line")
        yield name, loaded(content, name)


def loaded(raw: bytes, location: str) -> Any | Unreadable:
    try:
        return load(raw, location)
    except Unreadable as error:
        return error
