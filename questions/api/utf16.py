"""Positions in rows of ledgers as UTF-16 units, for clients that count so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from annotations.models import Citation, Claim, Span
from corpus.api import units
from corpus.text.offsets import Offsets

Object = dict[str, Any]


def in_utf16(rows: list[Object]) -> list[Object]:
    """What has `fragments` is a mark, a citation or a claim, and what has `start` a line with words, whose text is the title where it has no document."""
    documents = documents_of({mark["id"] for mark in marks_in(rows)}) | {
        row["document"]: row["document"] for row in rows if "hit" in row
    }
    texts = units.astral_texts({str(document) for document in documents.values() if document})
    offsets = {pk: Offsets(texts[str(document)]) for pk, document in documents.items() if str(document) in texts}
    return [moved(row, offsets) for row in rows]


def marks_in(value: Any) -> Iterator[Object]:
    if isinstance(value, Mapping):
        if "fragments" in value:
            yield dict(value)
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from marks_in(each)


def documents_of(ids: Iterable[UUID]) -> dict[UUID | None, UUID]:
    """By mark, citation or claim."""
    some = list(ids)
    kinds = (Span, Citation, Claim)
    rows = (kind.objects.filter(pk__in=some).order_by().values_list("pk", "assignment__document") for kind in kinds)
    return dict(chain.from_iterable(rows))


def moved(value: Any, offsets: Mapping[UUID | None, Offsets]) -> Any:
    if isinstance(value, list):
        return [moved(each, offsets) for each in value]
    if not isinstance(value, Mapping):
        return value
    read = {name: moved(each, offsets) for name, each in value.items()}
    if "fragments" in value and (own := offsets.get(value["id"])):
        read["fragments"] = [[own.to_utf16(position) for position in fragment] for fragment in value["fragments"]]
    if "hit" in value and (own := offsets.get(value["document"]) if value["document"] else Offsets(value["title"])):
        read |= {name: own.to_utf16(value[name]) for name in ("start", "end")}
    return read
