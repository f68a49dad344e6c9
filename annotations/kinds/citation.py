"""Citations: words that name a legal measure, tied to an entry of the register."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, WriteContext, bounds, joined, pointing
from annotations.kinds.writing import add, overwrite
from annotations.models import Argument, Citation
from annotations.native.columns import row_of, selected
from annotations.native.fields import plain, required, shape
from annotations.native.json_sql import json_object, number, own_id, words
from annotations.native.types import CitationObject
from annotations.native.validators import Misshapen
from registry.models import Measure

MODEL = Citation

SHAPE, REQUIRED = shape(CitationObject), required(CitationObject)


def complete(record: Object, context: WriteContext) -> Object:
    measure = record.get("measure")
    if measure and not measure_id(measure, context):
        raise Misshapen(f"measure: {measure!r} is not in the register")
    return {
        "id": record["id"],
        "key": record.get("key", ""),
        "fragments": record["fragments"],
        "measure": measure,
        **{field: record.get(field) for field in plain(CitationObject)},
    }


def measure_id(code: str, context: WriteContext) -> int | None:
    """Key of the register's entry, looked up once in a batch."""
    if code not in context.measures:
        context.measures.update(Measure.objects.filter(code=code).values_list("code", "pk"))
    return context.measures.get(code)


FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "measure": words("(SELECT r.code FROM registry_measure r WHERE r.id = m.measure_id)"),
    **selected(CitationObject, "m"),
    "revision": number("m.revision"),
}
ROWS = "FROM annotations_citation m WHERE {where} ORDER BY m.fragments, m.id"
SELECT = f"SELECT {json_object(FIELDS | {'fragments': words('m.fragments')})}::json AS item {ROWS}"
FRAGMENTED = ("fragments",)


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Citation, [citation_row(record, context) for record in objects])


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Citation, [citation_row(record, context) for record in objects])


def remove(ids: list[str]) -> None:
    Citation.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(CitationObject)


def citation_row(record: Object, context: WriteContext) -> Object:
    return {
        "id": record["id"],
        "assignment_id": context.assignment_id,
        "key": record["key"],
        "fragments": bounds(record["fragments"]),
        "quote": joined(record["fragments"]),
        "measure_id": measure_id(record["measure"], context) if record["measure"] else None,
        **plain_columns(record),
        "revision": context.revision,
    }


def references(record: Object) -> Iterable[tuple[str, str]]:
    return []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return pointing(ids, ("event", Argument, "event_id", "citation_id"))
