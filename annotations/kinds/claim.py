"""Claims: a source, the reporting words, the words for which it is answerable, and its rating."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from annotations.kinds.read_values import decided
from annotations.kinds.write_context import Object, WriteContext, bounds, joined, pointing
from annotations.kinds.writing import add, overwrite
from annotations.models import Change, Claim, Link
from annotations.native.columns import row_of
from annotations.native.fields import plain, required, shape
from annotations.native.json_sql import NULL, json_object, number, own_id, quoted_id, raw, text_or_null, words
from annotations.native.types import ClaimObject

MODEL = Claim
SHAPE, REQUIRED = shape(ClaimObject), required(ClaimObject)
RATINGS = ("reliability", "credibility")
ENUMS = tuple(column for column in plain(ClaimObject) if column not in ("rating_note", "note"))


def complete(record: Object, context: WriteContext) -> Object:
    """What nobody has chosen is open: null. Without a basis the source is not chosen."""
    fields = (*ENUMS, "source_mention", "source_entity", "parent", "rating_note", "note")
    whole = {
        "id": record["id"],
        "key": record.get("key", ""),
        "cue": record.get("cue", []),
        "content": record["content"],
        **{field: record.get(field) for field in fields},
    }
    unjudged = context.scheme.unjudged
    rated = any(whole[field] not in (None, unjudged.get(field)) for field in RATINGS)
    return whole | {"rated": signed(whole, record, context) if rated else None, "read": decided(record, whole, context)}


def signed(whole: Object, record: Object, context: WriteContext) -> Object:
    """Who rated it so, and when. The signature stays until the rating is another one: a change of
    the content is not a new judgement, and neither is what brings a deleted claim back."""
    rating = "".join(whole[field] or "" for field in RATINGS)
    earlier = record["rated"] if "rated" in record else deleted_signature(record["id"], context)
    if earlier and earlier["rating"] == rating:
        return dict(earlier)
    return {"rating": rating, "by": context.user.get_username(), "at": context.now.isoformat()}


def deleted_signature(pk: str, context: WriteContext) -> Any:
    if context.is_new:
        return None
    gone = Change.objects.filter(assignment=context.assignment, object_id=pk, op=Change.Op.DELETE)
    last = gone.order_by("-revision").values_list("before", flat=True).first()
    return (last or {}).get("rated")


RATED = {
    "rating": words("m.reliability || m.credibility"),
    "by": words("(SELECT u.username FROM auth_user u WHERE u.id = m.rated_by_id)"),
    "at": words("m.rated_at"),
}
FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "source_mention": quoted_id("m.source_span_id"),
    "source_entity": quoted_id("m.source_entity_id"),
    "parent": quoted_id("m.parent_id"),
    "rating_note": text_or_null("m.rating_note"),
    "note": text_or_null("m.note"),
    "revision": number("m.revision"),
    "rated": f"CASE WHEN m.rated_by_id IS NOT NULL THEN {json_object(RATED)} ELSE {NULL} END",
    "read": raw("m.read"),
    **{field: text_or_null(f"m.{field}") for field in ENUMS},
}
ROWS = "FROM annotations_claim m WHERE {where} ORDER BY m.content, m.id"
SELECT = f"SELECT {json_object(FIELDS | {'cue': words('m.cue'), 'content': words('m.content')})}::json AS item {ROWS}"
FRAGMENTED = ("cue", "content")


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Claim, [claim_row(record, context) for record in objects])


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Claim, [claim_row(record, context) for record in objects])


def remove(ids: list[str]) -> None:
    Claim.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(ClaimObject)


def claim_row(record: Object, context: WriteContext) -> Object:
    rated = record["rated"]
    return {
        "id": record["id"],
        "assignment_id": context.assignment_id,
        "key": record["key"],
        "source_span_id": record["source_mention"],
        "source_entity_id": record["source_entity"],
        "cue": bounds(record["cue"]),
        "content": bounds(record["content"]),
        "quote": joined(record["content"]),
        "parent_id": record["parent"],
        "rated_by_id": rater(rated["by"], context).pk if rated else None,
        "rated_at": datetime.fromisoformat(rated["at"]) if rated else None,
        "revision": context.revision,
        "read": record["read"],
        **plain_columns(record),
    }


def rater(name: str, context: WriteContext) -> Any:
    return context.user if name == context.user.get_username() else get_user_model().objects.get_by_natural_key(name)


def references(record: Object) -> Iterable[tuple[str, str]]:
    pointers = (
        ("span", record["source_mention"]),
        ("entity", record["source_entity"]),
        ("claim", record["parent"]),
    )
    return [(kind, target) for kind, target in pointers if target]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    return pointing(ids, ("claim", Claim, "id", "parent_id"), ("link", Link, "id", "source_claim_id", "target_claim_id"))
