"""Entities of the corpus's register. Their revision counts the writes to the entity itself, since
annotators of different articles share them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from annotations.kinds.write_context import Object, WriteContext, pointing
from annotations.kinds.writing import add, overwrite
from annotations.models import Argument, Claim, Figure, Span
from annotations.native.json_sql import json_array, json_object, number, own_id, raw, text_or_null, words
from annotations.native.validators import Misshapen, day, flag, identifier, integer, listing, optional, record, says, text
from corpus.ids import timely
from registry.models import Decision, Entity, EntityIdentifier, EntityName, ListLink, Relation

MODEL = Entity
WORD = text(20, empty=False)

LIST_LINK = record(
    {
        "list": text(100, empty=False),
        "entry": text(100, empty=False),
        "match": WORD,
        "list_version": optional(day),
        "reviewer": optional(text(150)),
        "said_by": optional(text(150)),
        "note": optional(text(10_000)),
    },
    required=("list", "entry", "match"),
)
IDENTIFIER = record({"scheme": text(40, empty=False), "value": text(200, empty=False)}, required=("scheme", "value"))


@says(type="string", pattern="^[A-Z]{2}$")
def country(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()):
        raise Misshapen("should be two capital letters (ISO 3166-1)")
    return value


SHAPE = {
    "id": identifier,
    "key": text(100),
    "type": text(40, empty=False),
    "name": text(500, empty=False),
    "aliases": listing(text(500, empty=False)),
    "countries": listing(country),
    "reference": optional(WORD),
    "anonymous": optional(flag),
    "identifiers": listing(IDENTIFIER),
    "list_links": listing(LIST_LINK),
    "screening": WORD,
    "note": optional(text(10_000)),
    "revision": integer,
}
REQUIRED = ("type", "name")
LINK_FIELDS = ("list", "entry", "match", "list_version", "reviewer", "said_by", "note")
LISTS = ("aliases", "countries", "identifiers", "list_links")


def complete(item: Object, context: WriteContext) -> Object:
    """What nobody has chosen is null. Raises Misshapen for a name twice, a wrong match or an unknown reviewer."""
    if len(set(item.get("aliases", []))) != len(item.get("aliases", [])):
        raise Misshapen("aliases: a name is given twice")
    for entry in item.get("list_links", []):
        if entry["match"] not in ListLink.Match.values:
            raise Misshapen(f"list_links: {entry['match']!r} is not a valid match")
    return {
        "id": item["id"],
        "key": item.get("key", ""),
        "type": item["type"],
        "name": item["name"],
        **{field: item.get(field, []) for field in LISTS},
        "list_links": [dict.fromkeys(LINK_FIELDS) | entry for entry in item.get("list_links", [])],
        "reference": item.get("reference"),
        "anonymous": item.get("anonymous"),
        "screening": item.get("screening", Entity.Screening.NOT_SCREENED.value),
        "note": item.get("note"),
    }


IDENTIFIERS = f"""SELECT {json_object({"scheme": words("i.scheme"), "value": words("i.value")})} AS item
    FROM registry_entityidentifier i WHERE i.entity_id = m.id ORDER BY i.id"""
LINK = {
    "list": words("k.list"),
    "entry": words("k.entry"),
    "match": words("k.match"),
    "list_version": words("k.list_version"),
    "reviewer": words("(SELECT u.username FROM auth_user u WHERE u.id = k.reviewer_id)"),
    "said_by": text_or_null("k.said_by"),
    "note": text_or_null("k.note"),
}
FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "type": words("m.type"),
    "name": words("m.name"),
    "aliases": json_array(
        "SELECT to_json(n.name) AS item FROM registry_entityname n WHERE n.entity_id = m.id ORDER BY n.position"
    ),
    "countries": words("m.countries"),
    "reference": text_or_null("m.reference"),
    "anonymous": raw("m.anonymous"),
    "identifiers": json_array(IDENTIFIERS),
    "list_links": json_array(
        f"SELECT {json_object(LINK)} AS item FROM registry_listlink k WHERE k.entity_id = m.id ORDER BY k.id"
    ),
    "screening": words("m.screening"),
    "note": text_or_null("m.note"),
    "revision": number("m.revision"),
}
ROWS = "FROM registry_entity m WHERE {where} ORDER BY m.name, m.id"
SELECT = f"SELECT {json_object(FIELDS)}::json AS item {ROWS}"
FRAGMENTED = ()
PARTS = (EntityName, EntityIdentifier)


def insert(objects: list[Object], context: WriteContext) -> None:
    """With its list links: a file has some, and a merge that is undone."""
    add(context, Entity, [entity_row(item, context) for item in objects])
    write_parts(objects, context)
    write_links(objects, context)
    if context.loading:
        decisions = [decision_row(item["id"], link, context) for item in objects for link in item["list_links"]]
        add(context, Decision, decisions)


def replace(objects: list[Object], context: WriteContext) -> None:
    """All columns but the outlet, of which no change speaks, and without the list links, which no change makes."""
    outlets = dict(Entity.objects.filter(id__in=[item["id"] for item in objects]).values_list("id", "outlet"))
    rows = [entity_row(item, context) for item in objects]
    for row in rows:
        row["outlet_id"] = next(o for pk, o in outlets.items() if str(pk) == str(row["id"]))
    overwrite(context, Entity, rows)
    for model in PARTS:
        model.objects.filter(entity__in=[item["id"] for item in objects]).delete()
    write_parts(objects, context)


def replace_links(objects: list[Object], context: WriteContext) -> None:
    """For a merge alone: what was decided about two entities holds for one."""
    ListLink.objects.filter(entity__in=[item["id"] for item in objects]).delete()
    write_links(objects, context)


def remove(ids: list[str]) -> None:
    for model in (*PARTS, ListLink):
        model.objects.filter(entity__in=ids).delete()
    Entity.objects.filter(id__in=ids)._raw_delete("default")


def entity_row(item: Object, context: WriteContext) -> Object:
    columns = ("id", "key", "type", "name", "countries", "anonymous", "screening")
    return {
        "corpus_id": context.corpus_id,
        "reference": item["reference"] or "",
        "note": item["note"] or "",
        "revision": item["revision"],
        **{column: item[column] for column in columns},
    }


def write_parts(objects: list[Object], context: WriteContext) -> None:
    names = [(item["id"], position, alias) for item in objects for position, alias in enumerate(item["aliases"])]
    add(context, EntityName, [{"entity_id": pk, "position": position, "name": alias} for pk, position, alias in names])
    add(context, EntityIdentifier, [entry | {"entity_id": item["id"]} for item in objects for entry in item["identifiers"]])


def write_links(objects: list[Object], context: WriteContext) -> None:
    reviewers = people(objects)
    add(context, ListLink, [list_link_row(item["id"], entry, reviewers) for item in objects for entry in item["list_links"]])


def people(objects: list[Object]) -> dict[str, int]:
    """Ids of reviewers by user name."""
    names = {entry["reviewer"] for item in objects for entry in item["list_links"] if entry.get("reviewer")}
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


def references(item: Object) -> Iterable[tuple[str, str]]:
    return []


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    """From any assignment of the corpus: an entity is shared."""
    yield from pointing("span", Span.objects, ids, "entity_id")
    columns = ("counted_entity_id", "of_whole_entity_id")
    yield from pointing("span", Figure.objects, ids, *columns, owner="span_id")
    yield from pointing("event", Argument.objects, ids, "entity_id", owner="event_id")
    yield from pointing("claim", Claim.objects, ids, "source_entity_id")
    yield from pointing("relation", Relation.objects, ids, "source_id", "target_id")
