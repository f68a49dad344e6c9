"""Links between two figures, two events or two claims."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, WriteContext
from annotations.kinds.writing import add, overwrite
from annotations.models import Link
from annotations.native.fields import required, shape
from annotations.native.json_sql import json_object, number, own_id, quoted_id, words
from annotations.native.types import LinkObject

MODEL = Link

SHAPE, REQUIRED = shape(LinkObject), required(LinkObject)


def complete(record: Object, context: WriteContext) -> Object:
    return {field: record[field] for field in ("id", *REQUIRED)}


FIELDS = {
    "id": own_id("m.id"),
    "type": words("m.type"),
    "source": quoted_id("coalesce(m.source_span_id, m.source_event_id, m.source_claim_id)"),
    "target": quoted_id("coalesce(m.target_span_id, m.target_event_id, m.target_claim_id)"),
    "revision": number("m.revision"),
}
SELECT = f"SELECT {json_object(FIELDS)}::json AS item FROM annotations_link m WHERE {{where}} ORDER BY m.id"
FRAGMENTED = ()


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Link, link_rows(objects, context))


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Link, link_rows(objects, context))


def remove(ids: list[str]) -> None:
    Link.objects.filter(id__in=ids)._raw_delete("default")


def link_rows(objects: list[Object], context: WriteContext) -> list[Object]:
    """The ends are told apart by what the batch knows to be events and claims."""
    return [
        {
            "id": record["id"],
            "assignment_id": context.assignment_id,
            "type": record["type"],
            "revision": context.revision,
            **{f"{end}_{kind_of(record[end], context)}_id": record[end] for end in ("source", "target")},
        }
        for record in objects
    ]


def kind_of(pk: str, context: WriteContext) -> str:
    return "event" if pk in context.events else "claim" if pk in context.claims else "span"


def references(record: Object) -> Iterable[tuple[str, str]]:
    """An end may be a span, an event or a claim: "mark" asks for either."""
    return [("mark", record["source"]), ("mark", record["target"])]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
