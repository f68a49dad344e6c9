"""Fields of JSON objects that strangers wrote, by what should stand there. Pure. Each raises Unreadable with the place."""

from __future__ import annotations

from typing import Any

from annotations.formats.base import Unreadable
from annotations.native.view import Object

ARTICLE = (
    "url", "url_basis", "claimed_url", "claimed_outlet", "claimed_by", "outlet", "language", "published", "source_file", "clean_sha256",
)  # fmt: skip


def an_object(value: Any, location: str) -> Object:
    if not isinstance(value, dict):
        raise Unreadable(f"{location}: should be an object")
    return value


def a_list(value: Any, location: str) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable(f"{location}: should be a list")
    return value


def a_text(value: Any, location: str) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{location}: should be a string")
    return value


def a_number(value: Any, location: str) -> int:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise Unreadable(f"{location}: should be a whole number")
    return value


def facts_of(record: Object) -> Object:
    """What is said of the article, among other things."""
    return {key: record[key] for key in ARTICLE if record.get(key) not in (None, "")}


def words(value: Any) -> str:
    """Of an id or a name that may be a number."""
    return "" if value is None or isinstance(value, dict | list | bool) else str(value)
