"""JSON bodies, read strictly: what PostgreSQL cannot store or a parser cannot bear ends here, as 4xx."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

DEEPEST = 64
# Raw NUL and raw halves of surrogate pairs are no valid JSON in UTF-8: only an escape can bring them in.
PERILOUS_ESCAPE = re.compile(r"\\u(0000|[dD][89a-fA-F])")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictJSONParser(BaseParser):
    """Refuses NUL, lone surrogates, NaN, Infinity, keys given twice, nesting over 64 levels, and
    bodies over DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig(f"The limit is {limit:,} bytes.")
        return loads(body)


def loads(body: bytes) -> Any:
    """The value of a JSON text. Raises ParseError with the reason."""
    try:
        text = body.decode()
        value = json.loads(
            text,
            object_pairs_hook=once,
            parse_constant=refuse_constant,
            parse_float=finite,
        )
    except UnicodeDecodeError:
        raise ParseError("The body is not UTF-8.") from None
    except RecursionError:
        raise ParseError(TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error}.") from None
    except ValueError as error:  # a number of more than 4,300 digits, or one of the hooks below
        raise ParseError(f"The body cannot be read: {error}.") from None
    inspect(value, strings=bool(PERILOUS_ESCAPE.search(text)))
    return value


TOO_DEEP = f"The body is nested more than {DEEPEST} levels deep."


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object has the same key twice")
    return members


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def inspect(value: Any, *, strings: bool) -> None:
    """Walk the value without recursion. Raises ParseError for what is too deep or cannot be stored."""
    level, depth = [value], 0
    while level:
        depth += any(isinstance(member, dict | list) for member in level)
        if depth > DEEPEST:
            raise ParseError(TOO_DEEP)
        if strings:
            check_strings(level)
        level = [child for member in level for child in children(member)]


def children(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def check_strings(level: list[Any]) -> None:
    for value in level:
        words = value if isinstance(value, dict) else (value,) if isinstance(value, str) else ()
        if any(UNSTORABLE.search(word) for word in words):
            raise ParseError("A string contains a NUL character or half of a surrogate pair.")


def refuse_silence(request: Request, needed: str) -> None:
    """Raises ValidationError where nothing is said to an operation that would then do something. `needed`: what it wants, in words."""
    if not request.data:
        raise ValidationError(f"The body is empty: {needed}.")


def refuse_body(request: Request) -> None:
    """Raises ValidationError where something is said to an operation that takes nothing."""
    if request.data:
        raise ValidationError("This operation takes no body: send none, or an empty object.")
