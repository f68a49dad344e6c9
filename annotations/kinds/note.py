"""Notes on the whole article. No rule of the scheme is about them."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.write_context import Object, WriteContext
from annotations.kinds.writing import add, overwrite
from annotations.models import Note
from annotations.native.fields import required, shape
from annotations.native.types import NoteObject

MODEL = Note

SHAPE, REQUIRED = shape(NoteObject), required(NoteObject)


def complete(record: Object, context: WriteContext) -> Object:
    return {"id": record["id"], "order": record.get("order", 0), "text": record["text"]}


SELECT = """
SELECT json_build_object('id', m.id, 'order', m."order", 'text', m.text, 'revision', m.revision) AS item
FROM annotations_note m WHERE {where} ORDER BY m."order", m.id
"""
FRAGMENTED = ()


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Note, note_rows(objects, context))


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Note, note_rows(objects, context))


def remove(ids: list[str]) -> None:
    Note.objects.filter(id__in=ids)._raw_delete("default")


def note_rows(objects: list[Object], context: WriteContext) -> list[Object]:
    return [record | {"assignment_id": context.assignment_id, "revision": context.revision} for record in objects]


def references(record: Object) -> Iterable[tuple[str, str]]:
    return []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return []
