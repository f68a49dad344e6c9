"""A corpus in doccano's format, its lines built by PostgreSQL: the same bytes and the same losses as by way of `flatten`.

What a line does not hold is counted there, and named here only as long as names are kept (`LISTED`): a document of which something is
still to be named, or that has what is seldom there, goes the way of every other format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import batched, chain, islice
from typing import Any, NamedTuple

from django.db import connection
from psycopg.types.json import Jsonb

from annotations.documents.doccano_sql import LOST, STATEMENT
from annotations.documents.related_entities import scheme_row
from annotations.formats import doccano
from annotations.formats.base import LISTED, Losses
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.mapping import CITATION, CLAIM, CUE, Dictionary
from annotations.formats.middle.mapping import Mapping as Words
from annotations.formats.middle.offset_units import CODEPOINTS, GRAPHEMES, UNITS, UTF16
from annotations.models import Scheme
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import compiled

FIRST, BATCH = 25, 250  # assignments that are read at once: after the first few, most losses have been named
LAST_OF_THE_PLANE = "\uffff"
ENTITIES = LOST[-1]


class DoccanoLine(NamedTuple):
    """A row of the statement."""

    pk: Any
    odd: bool
    keyed: bool
    facts: dict[str, Any]
    scheme: str
    version: str
    text: str
    spans: str
    labels: str
    relations: str
    ties: int
    counts: list[int]
    entities: list[str] | None


def words_of(scheme: Scheme, mapping: Words) -> dict[str, dict[str, str]]:
    """What the file calls labels, claims and ties."""
    book, labels = Dictionary(compiled(scheme).view, mapping), compiled(scheme).labels
    ties = {meaning: word for word, meaning in reversed(mapping.ties.items()) if meaning}
    return {
        "labels": {str(pk): book.mark(f"{layer}.{label}") for (layer, label), pk in labels.items()},
        "overlays": {overlay: book.mark(overlay) for overlay in (CLAIM, CUE, CITATION)},
        "ties": ties,
    }


def read(ids: Sequence[Any], schemes: Sequence[Scheme], mapping: Words) -> list[DoccanoLine]:
    words = {f"{scheme.code} {scheme.version}": words_of(scheme, mapping) for scheme in schemes}
    parameters: dict[str, Any] = {
        "ids": list(ids),
        "schemes": Jsonb([scheme_row(scheme) for scheme in schemes]),
        "words": Jsonb(words),
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, parameters)
        return [DoccanoLine(row[0], row[1], row[2], as_object(row[3]), *row[4:]) for row in cursor.fetchall()]


def as_object(value: Any) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return record


def is_plain(line: DoccanoLine, unit: str, losses: Losses) -> bool:
    """Whether the line is as PostgreSQL says it, and nothing of it is still to be named but entities."""
    alike = unit == CODEPOINTS or (unit == UTF16 and max(line.text, default="") <= LAST_OF_THE_PLANE)
    alike = alike or (unit == GRAPHEMES and line.text.isascii() and "\r" not in line.text)
    is_named = all(not count or is_full(losses, kind) for kind, count in zip(LOST, line.counts, strict=True) if kind != ENTITIES)
    return alike and not line.odd and is_named and (not line.keyed or not line.entities or is_full(losses, ENTITIES))


def is_full(losses: Losses, kind: str) -> bool:
    return len(losses.things.get(kind, ())) >= LISTED


def lose(line: DoccanoLine, name: str, losses: Losses) -> None:
    for kind, count in zip(LOST[:-1], line.counts, strict=False):
        if count:
            losses.counts[kind] += count
    for entity in line.entities or ():
        losses.lose(ENTITIES, f"{name} {entity}")


def lines(
    ids: Iterator[Any],
    schemes: Mapping[Scheme, SchemeView],
    other_way: Callable[[list[Any]], Mapping[Any, Annotated]],
    losses: Losses,
    mapping: Words,
    options: Mapping[str, str],
) -> Iterator[tuple[Any, bytes]]:
    """(id, line) of each assignment. `other_way` gives the documents that `flatten` is to write."""
    unit = doccano.chosen(options, "unit", UNITS) or CODEPOINTS
    project = doccano.chosen(options, "project", doccano.PROJECTS) or doccano.PROJECTS[0]
    views = {(scheme.code, scheme.version): view for scheme, view in schemes.items()}
    for batch in chain([tuple(islice(ids, FIRST))], batched(ids, BATCH)):
        rows = read(batch, list(schemes), mapping)
        others = other_way([line.pk for line in rows if not is_plain(line, unit, losses)])
        for line in rows:
            if line.pk in others:
                flat = flatten(others[line.pk], doccano.HOLDS, losses, mapping)
                yield line.pk, next(iter(doccano.write([flat], losses, options)))
            else:
                yield line.pk, plain(line, views[line.scheme, line.version], losses, project)


def plain(line: DoccanoLine, view: SchemeView, losses: Losses, project: str) -> bytes:
    """Its facts are those that `flatten` makes of a document without marks."""
    flat = flatten(Annotated(line.facts, line.text, view), doccano.HOLDS, Losses())
    lose(line, flat.key, losses)
    if project != "relations":
        if line.ties:
            losses.lose("relations between marks", flat.key, line.ties)
        return doccano.written(flat, {"label": line.labels})
    return doccano.written(flat, {"entities": line.spans, "relations": line.relations})
