"""Relations between entities of one corpus. Like entities, they count their own revisions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from annotations.kinds.place import Object, Place, upsert
from annotations.shapes import Misshapen, identifier, integer, optional, text
from registry.models import Relation

MODEL = Relation

SHAPE = {
    "id": identifier,
    "source": identifier,
    "type": text(40, empty=False),
    "target": identifier,
    "basis": text(10, empty=False),
    "note": optional(text(10_000)),
    "revision": integer,
}
REQUIRED = ("source", "type", "target")


def complete(item: Object, place: Place) -> Object:
    """Raises Misshapen for a type or basis that the scheme does not have."""
    known = {entry["code"] for entry in place.scheme.entity_relations}
    if item["type"] not in known:
        raise Misshapen(f"type: {item['type']!r} is not one of {', '.join(sorted(known))}")
    if item.get("basis", Relation.Basis.STATED) not in Relation.Basis.values:
        raise Misshapen(f"basis: {item['basis']!r} is not stated or inferred")
    if item["source"] == item["target"]:
        raise Misshapen("target: an entity has no relation to itself")
    return {
        "id": item["id"],
        "source": item["source"],
        "type": item["type"],
        "target": item["target"],
        "basis": str(item.get("basis", Relation.Basis.STATED)),
        "note": item.get("note"),
    }


def fetch(rows: QuerySet[Relation], text_: str = "") -> list[Object]:
    found = rows.order_by("source", "type", "target").values(
        "id", "source_id", "type", "target_id", "basis", "note", "revision"
    )
    return [
        {
            "id": str(row["id"]),
            "source": str(row["source_id"]),
            "type": row["type"],
            "target": str(row["target_id"]),
            "basis": row["basis"],
            "note": row["note"] or None,
            "revision": row["revision"],
        }
        for row in found
    ]


def insert(objects: list[Object], place: Place) -> None:
    Relation.objects.bulk_create([relation_row(item, place) for item in objects])


def replace(objects: list[Object], place: Place) -> None:
    upsert(Relation, [relation_row(item, place) for item in objects])


def remove(ids: list[str]) -> None:
    Relation.objects.filter(id__in=ids)._raw_delete("default")


def relation_row(item: Object, place: Place) -> Relation:
    return Relation(
        id=item["id"],
        corpus_id=place.corpus_id,
        source_id=item["source"],
        type=item["type"],
        target_id=item["target"],
        basis=item["basis"],
        note=item["note"] or "",
        revision=item["revision"],
    )


def references(item: Object) -> Iterable[tuple[str, str]]:
    return [("entity", item["source"]), ("entity", item["target"])]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
