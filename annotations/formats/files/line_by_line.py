"""Files that are read line by line. Pure."""

from __future__ import annotations

from collections.abc import Callable

from annotations.formats.base import Unreadable


def refused(raw: bytes, location: str, add: Callable[[str], None]) -> Unreadable | None:
    """Adds a line; why it cannot be read, where it cannot."""
    try:
        add(raw.decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        return Unreadable(f"{location}: byte {error.start} is not UTF-8")
    except Unreadable as error:
        return Unreadable(f"{location}: {error}")
    return None
