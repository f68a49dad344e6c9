"""Entities of the corpus's register. Their revision counts the writes to the entity itself, since
annotators of different articles share them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from annotations.kinds.write_context import Object, WriteContext, pointing
from annotations.kinds.writing import add, overwrite
from annotations.models import Argument, Claim, Figure, Span
from annotations.native.columns import ordered, row_of
from annotations.native.fields import fields, plain, required, shape
from annotations.native.json_sql import json_array, json_object, number, own_id, text_or_null, words
from annotations.native.types import EntityObject, ListLinkObject
from annotations.native.validators import Misshapen
from corpus.ids import timely
from registry.models import (
    Decision,
    Entity,
    EntityBirth,
    EntityIdentifier,
    EntityKeys,
    EntityName,
    ListCandidate,
    ListLink,
    Relation,
    Screened,
)

MODEL = Entity
SHAPE, REQUIRED = shape(EntityObject), required(EntityObject)
LINK_FIELDS = tuple(fields(ListLinkObject))
SIMPLE = tuple(field for field in fields(EntityObject) if field in ("screening", *plain(EntityObject)))
LISTS = ("aliases", "countries", "births", "identifiers", "list_links")


def complete(record: Object, context: WriteContext) -> Object:
    """What nobody has chosen is null. Raises Misshapen for a name twice, a wrong match or an unknown reviewer."""
    if len(set(record.get("aliases", []))) != len(record.get("aliases", [])):
        raise Misshapen("aliases: a name is given twice")
    if any(birth in record["births"][:number] for number, birth in enumerate(record.get("births", []))):
        raise Misshapen("births: a date is given twice with the same words")
    for entry in record.get("list_links", []):
        if entry["match"] not in ListLink.Match.values:
            raise Misshapen(f"list_links: {entry['match']!r} is not a valid match")
    return {
        "id": record["id"],
        "key": record.get("key", ""),
        "type": record["type"],
        "name": record["name"],
        **{field: record.get(field, []) for field in LISTS},
        "name_kinds": {name: kind for name, kind in record.get("name_kinds", {}).items() if name in record.get("aliases", [])},
        "same_as": record.get("same_as"),
        "list_links": [dict.fromkeys(LINK_FIELDS) | entry for entry in record.get("list_links", [])],
        **{field: record.get(field) for field in SIMPLE},
        "screening": record.get("screening", Entity.Screening.NOT_SCREENED.value),
    }


IDENTIFIERS = f"""SELECT {json_object({"scheme": words("i.scheme"), "value": words("i.value")})} AS item
    FROM registry_entityidentifier i WHERE i.entity_id = m.id ORDER BY i.id"""
BIRTHS = f"""SELECT {json_object({"edtf": words("b.edtf"), "words": words("b.words")})} AS item
    FROM registry_entitybirth b WHERE b.entity_id = m.id ORDER BY b.id"""
LINK = {
    "list": words("k.list"),
    "entry": words("k.entry"),
    "match": words("k.match"),
    "list_version": words("k.list_version"),
    "reviewer": words("(SELECT u.username FROM auth_user u WHERE u.id = k.reviewer_id)"),
    "said_by": text_or_null("k.said_by"),
    "note": text_or_null("k.note"),
}
NAME_KINDS = """coalesce((SELECT json_object_agg(n.name, n.kind ORDER BY n.position)
    FROM registry_entityname n WHERE n.entity_id = m.id AND n.kind <> ''), '{}'::json)"""
OWN_FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "type": words("m.type"),
    "name": words("m.name"),
    "aliases": json_array(
        "SELECT to_json(n.name) AS item FROM registry_entityname n WHERE n.entity_id = m.id ORDER BY n.position"
    ),
    "name_kinds": NAME_KINDS,
    "countries": words("m.countries"),
    "births": json_array(BIRTHS),
    "identifiers": json_array(IDENTIFIERS),
    "same_as": words("m.same_as_id"),
    "list_links": json_array(
        f"SELECT {json_object(LINK)} AS item FROM registry_listlink k WHERE k.entity_id = m.id ORDER BY k.id"
    ),
    "screening": words("m.screening"),
    "revision": number("m.revision"),
}
FIELDS = ordered(EntityObject, "m", OWN_FIELDS)
ROWS = "FROM registry_entity m WHERE {where} ORDER BY m.name, m.id"
SELECT = f"SELECT {json_object(FIELDS)}::json AS item {ROWS}"
FRAGMENTED = ()
PARTS = (EntityName, EntityBirth, EntityIdentifier)
SCREENING = (
    ListCandidate,
    Screened,
    EntityKeys,
)  # of no native object: they go with the entity and are made anew by the next run


def insert(objects: list[Object], context: WriteContext) -> None:
    """With its list links: a file has some, and a merge that is undone."""
    add(context, Entity, [entity_row(record, context) for record in objects])
    write_parts(objects, context)
    write_links(objects, context)
    if context.loading:
        decisions = [decision_row(record["id"], link, context) for record in objects for link in record["list_links"]]
        add(context, Decision, decisions)


def replace(objects: list[Object], context: WriteContext) -> None:
    """All columns but the outlet, of which no change speaks, and without the list links, which no change makes."""
    outlets = dict(Entity.objects.filter(id__in=[record["id"] for record in objects]).values_list("id", "outlet"))
    rows = [entity_row(record, context) for record in objects]
    for row in rows:
        row["outlet_id"] = next(o for pk, o in outlets.items() if str(pk) == str(row["id"]))
    overwrite(context, Entity, rows)
    for model in PARTS:
        model.objects.filter(entity__in=[record["id"] for record in objects]).delete()
    write_parts(objects, context)


def replace_links(objects: list[Object], context: WriteContext) -> None:
    """For a merge alone: what was decided about two entities holds for one."""
    ListLink.objects.filter(entity__in=[record["id"] for record in objects]).delete()
    write_links(objects, context)


def remove(ids: list[str]) -> None:
    for model in (*PARTS, ListLink, *SCREENING):
        model.objects.filter(entity__pk__in=ids).delete()
    Entity.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(EntityObject)


def entity_row(record: Object, context: WriteContext) -> Object:
    columns = ("id", "key", "type", "name", "countries", "screening", "revision")
    return {
        "corpus_id": context.corpus_id,
        **plain_columns(record),
        **{column: record[column] for column in columns},
        "same_as_id": record["same_as"],
    }


def write_parts(objects: list[Object], context: WriteContext) -> None:
    add(context, EntityName, [row for record in objects for row in name_rows(record)])
    add(context, EntityBirth, [birth | {"entity_id": record["id"]} for record in objects for birth in record["births"]])
    add(context, EntityIdentifier, [entry | {"entity_id": record["id"]} for record in objects for entry in record["identifiers"]])


def name_rows(record: Object) -> list[Object]:
    kinds = record["name_kinds"]
    return [
        {"entity_id": record["id"], "position": position, "name": alias, "kind": kinds.get(alias, "")}
        for position, alias in enumerate(record["aliases"])
    ]


def write_links(objects: list[Object], context: WriteContext) -> None:
    reviewers = people(objects)
    add(
        context, ListLink, [list_link_row(record["id"], entry, reviewers) for record in objects for entry in record["list_links"]]
    )


def people(objects: list[Object]) -> dict[str, int]:
    """Ids of reviewers by user name."""
    names = {entry["reviewer"] for record in objects for entry in record["list_links"] if entry.get("reviewer")}
    if not names:
        return {}
    return dict(get_user_model().objects.filter(username__in=names).values_list("username", "pk"))


def list_link_row(entity: str, entry: Object, reviewers: dict[str, int]) -> Object:
    return {
        "entity_id": entity,
        "list": entry["list"],
        "entry": entry["entry"],
        "match": entry["match"],
        "list_version": entry.get("list_version"),
        "reviewer_id": reviewers.get(entry.get("reviewer") or ""),
        "said_by": entry.get("said_by") or "",
        "note": entry.get("note") or "",
    }


def decision_row(entity: str, entry: Object, context: WriteContext) -> Object:
    """A decision that came in a file: made by who loads it."""
    return {
        "id": str(timely()),
        "corpus_id": context.corpus_id,
        "entity": entity,
        **{field: entry[field] for field in ("list", "entry", "match", "list_version")},
        "note": entry["note"] or "",
        "user_id": context.user.pk,
        "said_by": entry["said_by"] or "",
        "source": Decision.Source.FILE,
        "at": context.at,
    }


def references(record: Object) -> Iterable[tuple[str, str]]:
    return []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    """From any assignment of the corpus: an entity is shared."""
    return pointing(
        ids,
        ("span", Span, "id", "entity_id"),
        ("span", Figure, "span_id", "counted_entity_id", "of_whole_entity_id"),
        ("event", Argument, "event_id", "entity_id"),
        ("claim", Claim, "id", "source_entity_id"),
        ("relation", Relation, "id", "source_id", "target_id"),
    )
