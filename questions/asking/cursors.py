"""Where the next page of an answer begins: the sort keys of the last row, for this question alone.

It is signed, so that keys have the types that the order of the question has: what somebody made or altered is none.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from questions.address.question import AddressError, Question

READERS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "UUID": UUID,
    "int": int,
    "str": str,
}


def written(question: Question, keys: tuple[Any, ...]) -> str:
    parts = [None if key is None else [type(key).__name__, str(key)] for key in keys]
    text = json.dumps([mark_of(question, parts), *parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(question: Question, cursor: str, count: int) -> tuple[Any, ...]:
    """Raises AddressError for a cursor that is not of this question."""
    try:
        mark, *parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        keys = tuple(None if part is None else READERS[part[0]](part[1]) for part in parts)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError):
        raise AddressError("cursor", "is not a cursor of this question") from None
    if not constant_time_compare(str(mark), mark_of(question, parts)) or len(keys) != count:
        raise AddressError("cursor", "is not a cursor of this question")
    return keys


def mark_of(question: Question, parts: list[Any]) -> str:
    signed = f"{question.ledger.name}?{question.query} {json.dumps(parts)}"
    return str(salted_hmac("attest.cursor", signed, algorithm="sha256").hexdigest())[:24]
