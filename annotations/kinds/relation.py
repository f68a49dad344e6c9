"""Relations between entities of one corpus. Like entities, they count their own revisions."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, WriteContext
from annotations.kinds.writing import add, overwrite
from annotations.native.columns import row_of
from annotations.native.fields import plain, required, shape
from annotations.native.types import RelationObject
from annotations.native.validators import Misshapen
from registry.models import Relation

MODEL = Relation

SHAPE, REQUIRED = shape(RelationObject), required(RelationObject)


def complete(record: Object, context: WriteContext) -> Object:
    """Raises Misshapen for a type or basis that the scheme does not have."""
    known = {entry["code"] for entry in context.scheme.entity_relations}
    if record["type"] not in known:
        raise Misshapen(f"type: {record['type']!r} is not one of {', '.join(sorted(known))}")
    if record.get("basis") not in (None, *Relation.Basis.values):
        raise Misshapen(f"basis: {record['basis']!r} is not stated or inferred")
    if record["source"] == record["target"]:
        raise Misshapen("target: an entity cannot be related to itself")
    return {
        "id": record["id"],
        "source": record["source"],
        "type": record["type"],
        "target": record["target"],
        **{field: record.get(field) for field in plain(RelationObject)},
    }


WORDS = ", ".join(f"'{column}', nullif(m.{column}, '')" for column in plain(RelationObject))
SELECT = f"""
SELECT json_build_object(
    'id', m.id, 'source', m.source_id, 'type', m.type, 'target', m.target_id, {WORDS}, 'revision', m.revision) AS item
FROM registry_relation m WHERE {{where}} ORDER BY m.source_id, m.type, m.target_id
"""
FRAGMENTED = ()


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Relation, [relation_row(record, context) for record in objects])


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Relation, [relation_row(record, context) for record in objects])


def remove(ids: list[str]) -> None:
    Relation.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(RelationObject)


def relation_row(record: Object, context: WriteContext) -> Object:
    return {
        "id": record["id"],
        "corpus_id": context.corpus_id,
        "source_id": record["source"],
        "type": record["type"],
        "target_id": record["target"],
        **plain_columns(record),
        "revision": record["revision"],
    }


def references(record: Object) -> Iterable[tuple[str, str]]:
    return [("entity", record["source"]), ("entity", record["target"])]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
