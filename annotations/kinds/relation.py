"""Relations between entities of one corpus. Like entities, they count their own revisions."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, WriteContext
from annotations.kinds.writing import add, overwrite
from annotations.native.validators import Misshapen, identifier, integer, optional, text
from registry.models import Relation

MODEL = Relation

SHAPE = {
    "id": identifier,
    "source": identifier,
    "type": text(40, empty=False),
    "target": identifier,
    "basis": optional(text(10, empty=False)),
    "note": optional(text(10_000)),
    "revision": integer,
}
REQUIRED = ("source", "type", "target")


def complete(item: Object, context: WriteContext) -> Object:
    """Raises Misshapen for a type or basis that the scheme does not have."""
    known = {entry["code"] for entry in context.scheme.entity_relations}
    if item["type"] not in known:
        raise Misshapen(f"type: {item['type']!r} is not one of {', '.join(sorted(known))}")
    if item.get("basis") not in (None, *Relation.Basis.values):
        raise Misshapen(f"basis: {item['basis']!r} is not stated or inferred")
    if item["source"] == item["target"]:
        raise Misshapen("target: an entity cannot be related to itself")
    return {
        "id": item["id"],
        "source": item["source"],
        "type": item["type"],
        "target": item["target"],
        "basis": item.get("basis"),
        "note": item.get("note"),
    }


SELECT = """
SELECT json_build_object(
    'id', m.id, 'source', m.source_id, 'type', m.type, 'target', m.target_id, 'basis', nullif(m.basis, ''),
    'note', nullif(m.note, ''), 'revision', m.revision) AS item
FROM registry_relation m WHERE {where} ORDER BY m.source_id, m.type, m.target_id
"""
FRAGMENTED = ()


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Relation, [relation_row(item, context) for item in objects])


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Relation, [relation_row(item, context) for item in objects])


def remove(ids: list[str]) -> None:
    Relation.objects.filter(id__in=ids)._raw_delete("default")


def relation_row(item: Object, context: WriteContext) -> Object:
    return {
        "id": item["id"],
        "corpus_id": context.corpus_id,
        "source_id": item["source"],
        "type": item["type"],
        "target_id": item["target"],
        "basis": item["basis"] or "",
        "note": item["note"] or "",
        "revision": item["revision"],
    }


def references(item: Object) -> Iterable[tuple[str, str]]:
    return [("entity", item["source"]), ("entity", item["target"])]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
