"""Citations: words that name a legal measure, tied to an entry of the register."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, Place, bounds, joined, pointing
from annotations.kinds.writing import add, overwrite
from annotations.models import Argument, Citation
from annotations.native.columns import row_of, selected
from annotations.native.fields import plain, required, shape
from annotations.native.json_sql import digits, own, thing, words
from annotations.native.types import CitationObject
from annotations.native.validators import Misshapen
from registry.models import Measure

MODEL = Citation

SHAPE, REQUIRED = shape(CitationObject), required(CitationObject)


def complete(item: Object, place: Place) -> Object:
    measure = item.get("measure")
    if measure and not measure_id(measure, place):
        raise Misshapen(f"measure: {measure!r} is not in the register")
    return {
        "id": item["id"],
        "key": item.get("key", ""),
        "fragments": item["fragments"],
        "measure": measure,
        **{field: item.get(field) for field in plain(CitationObject)},
    }


def measure_id(code: str, place: Place) -> int | None:
    """Key of the register's entry, looked up once in a batch."""
    if code not in place.measures:
        place.measures.update(Measure.objects.filter(code=code).values_list("code", "pk"))
    return place.measures.get(code)


FIELDS = {
    "id": own("m.id"),
    "key": words("m.key"),
    "measure": words("(SELECT r.code FROM registry_measure r WHERE r.id = m.measure_id)"),
    **selected(CitationObject, "m"),
    "revision": digits("m.revision"),
}
ROWS = "FROM annotations_citation m WHERE {where} ORDER BY m.fragments, m.id"
SELECT = f"SELECT {thing(FIELDS | {'fragments': words('m.fragments')})}::json AS item {ROWS}"
FRAGMENTED = ("fragments",)


def insert(objects: list[Object], place: Place) -> None:
    add(place, Citation, [citation_row(item, place) for item in objects])


def replace(objects: list[Object], place: Place) -> None:
    overwrite(place, Citation, [citation_row(item, place) for item in objects])


def remove(ids: list[str]) -> None:
    Citation.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(CitationObject)


def citation_row(item: Object, place: Place) -> Object:
    return {
        "id": item["id"],
        "assignment_id": place.assignment_id,
        "key": item["key"],
        "fragments": bounds(item["fragments"]),
        "quote": joined(item["fragments"]),
        "measure_id": measure_id(item["measure"], place) if item["measure"] else None,
        **plain_columns(item),
        "revision": place.revision,
    }


def references(item: Object) -> Iterable[tuple[str, str]]:
    return []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    yield from pointing("event", Argument.objects, ids, "citation_id", owner="event_id")
