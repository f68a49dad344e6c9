"""Positions in UTF-16 units for clients that count so (JavaScript, Java), where they ask for it by `offsets=utf16`.

Everything else, and every write, is in code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, F, Value, When
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from corpus.models import Document
from corpus.text.offsets import ASTRAL, Offsets

PARAMETER = "offsets"
UTF16 = "utf16"
DESCRIPTION = "utf16: positions count UTF-16 code units, as in JavaScript. Default: code points."
OFFSETS_PARAMETER = OpenApiParameter(PARAMETER, str, enum=[UTF16], description=DESCRIPTION)
POSITIONS = {"start", "end", "clean_start", "clean_end", "clean_length"}
RANGES = "read"  # name → [[start, end], …]


def wants_utf16(request: Request) -> bool:
    """Raises ValidationError for a unit that is none."""
    value = request.query_params.get(PARAMETER)
    if value not in (None, UTF16):
        raise ValidationError({PARAMETER: f"should be {UTF16} or omitted"})
    return value == UTF16


def by_document(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a list, each with the id of its `document`, with positions in UTF-16: one query."""
    texts = astral_texts({row["document"] for row in rows})
    return [in_utf16(row, Offsets(texts[row["document"]])) if row["document"] in texts else row for row in rows]


def astral_texts(ids: set[str]) -> Mapping[str, str]:
    """Only the texts in which the two units differ leave the database: few do."""
    differing = Case(When(text__regex=ASTRAL.pattern, then=F("text")), default=Value(None))
    rows = Document.objects.filter(pk__in=ids).annotate(astral=differing).values_list("pk", "astral")
    return {str(pk): text for pk, text in rows if text is not None}


def in_utf16(value: Any, offsets: Offsets) -> Any:
    if isinstance(value, list):
        return [in_utf16(entry, offsets) for entry in value]
    if isinstance(value, dict):
        return {name: moved(name, entry, offsets) for name, entry in value.items()}
    return value


def moved(name: str, entry: Any, offsets: Offsets) -> Any:
    if name in POSITIONS and isinstance(entry, int):
        return offsets.to_utf16(entry)
    if name == RANGES and isinstance(entry, dict):
        return {word: [[offsets.to_utf16(position) for position in each] for each in ranges] for word, ranges in entry.items()}
    return in_utf16(entry, offsets)
