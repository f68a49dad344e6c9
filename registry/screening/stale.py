"""Which entities of a corpus are to be screened against which list: never screened, changed since, or the list has changed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from corpus.models import Corpus
from registry.models import Entity
from registry.names import MATCHER

# A class, an unnamed party and the types that no list names are compared with none, nor what a person took out.
APPLICABLE = """(cardinality(%(listable)s::text[]) = 0 OR e.type = ANY(%(listable)s)) AND e.anonymous IS NOT TRUE
    AND e.reference <> 'generic' AND e.screening <> 'not_applicable'"""
# What nobody has stated a birth of keeps the digest that it had before there were any.
DIGEST = """encode(sha256(convert_to((jsonb_build_array(e.type, e.name, e.countries, b.threshold, b.programmes,
    (SELECT jsonb_agg(n.name ORDER BY n.name) FROM registry_entityname n WHERE n.entity_id = e.id),
    (SELECT jsonb_agg(jsonb_build_array(i.scheme, i.value) ORDER BY i.scheme, i.value)
     FROM registry_entityidentifier i WHERE i.entity_id = e.id)) || coalesce((SELECT jsonb_agg(a.edtf ORDER BY a.edtf)
     FROM registry_entitybirth a WHERE a.entity_id = e.id), '[]'))::text, 'UTF8')), 'hex')"""
COMPARED = f"""
SELECT e.id AS entity_id, b.list_id, b.threshold, b.programmes, v.id AS version_id, v.number, s.id AS screened_id,
    {DIGEST} AS digest, s.matcher AS was_matcher, s.digest AS was_digest, was.number AS was_number
FROM registry_screenedby b JOIN registry_entity e ON e.corpus_id = b.corpus_id
JOIN registry_listversion v ON v.list_id = b.list_id AND v.state = 'current'
LEFT JOIN registry_screened s ON s.entity_id = e.id AND s.list_id = b.list_id
LEFT JOIN registry_listversion was ON was.id = s.version_id
WHERE b.corpus_id = %(corpus)s AND {APPLICABLE}
"""  # noqa: S608 - of our own words
IS_KNOWN = "screened_id IS NOT NULL AND was_matcher = %(matcher)s AND was_digest = digest"
COLUMNS = (
    f"entity_id, list_id, threshold, programmes, version_id, number, digest, CASE WHEN {IS_KNOWN} THEN was_number END AS since"
)
IS_OUTDATED = f"NOT ({IS_KNOWN} AND was_number = number)"
OF_SOME = f"{COMPARED} AND e.id = ANY(%(entities)s)"
OUTDATED = f"SELECT {COLUMNS} FROM ({COMPARED}) compared WHERE {IS_OUTDATED}"  # noqa: S608 - of our own words
OUTDATED_OF_SOME = f"SELECT {COLUMNS} FROM ({OF_SOME}) compared WHERE {IS_OUTDATED}"  # noqa: S608 - of our own words
NEXT = f"{OUTDATED} ORDER BY entity_id, list_id LIMIT %(most)s"
OUTDATED_ENTITIES = f"SELECT entity_id FROM ({OUTDATED}) outdated"  # noqa: S608 - of our own words
COUNT = f"SELECT count(DISTINCT entity_id) FROM ({OUTDATED}) outdated"  # noqa: S608 - of our own words
OF_ENTITIES = f"""
SELECT entity_id, list_id, {IS_KNOWN} AND was_number = number AS is_fresh, screened_id IS NOT NULL AS is_screened
FROM ({OF_SOME}) compared
"""  # noqa: S608 - of our own words


class UnscreenedRow(NamedTuple):
    """An entity that is to be held against a version of a list; `since` has the version that it was held against as it is."""

    entity: UUID
    list_id: int
    threshold: int
    programmes: list[str]
    version_id: int
    number: int
    digest: str
    since: int | None


class Freshness(NamedTuple):
    """Of an entity and a list: whether it was screened at all, and whether nothing changed since."""

    entity: UUID
    list_id: int
    is_fresh: bool
    is_screened: bool


def parameters(corpus: Corpus, listable: Collection[str], **more: Any) -> dict[str, Any]:
    return {"corpus": corpus.pk, "listable": sorted(listable), "matcher": MATCHER, **more}


def rows_of(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def outdated(corpus: Corpus, listable: Collection[str], most: int) -> list[UnscreenedRow]:
    """Of all that is to be screened the first rows, by entity and list."""
    return [UnscreenedRow(*row) for row in rows_of(NEXT, parameters(corpus, listable, most=most))]


def still_outdated(corpus: Corpus, listable: Collection[str], rows: Collection[UnscreenedRow]) -> list[UnscreenedRow]:
    """Those of the rows that are as they were: the entity, the version of the list, and what of it was compared before."""
    values = parameters(corpus, listable, entities=list({row.entity for row in rows}))
    now = {row[:2]: row for row in rows_of(OUTDATED_OF_SOME, values)}
    return [row for row in rows if now.get(row[:2]) == row]


def count_outdated(corpus: Corpus, listable: Collection[str]) -> int:
    ((number,),) = rows_of(COUNT, parameters(corpus, listable))
    return int(number)


def outdated_entities(corpus: Corpus, listable: Collection[str]) -> RawSQL:
    """Ids of all that is to be screened, for a condition of a queryset, whose values have no names."""
    values, name = parameters(corpus, listable), re.compile(r"%\((\w+)\)s")
    ordered = [values[each] for each in name.findall(OUTDATED_ENTITIES)]
    return RawSQL(name.sub("%s", OUTDATED_ENTITIES), ordered)  # noqa: S611 - of our own words


def count_outdated_for(corpus: Corpus, listable: Collection[str], user: Any) -> int:
    """Of those that the person sees."""
    shown: int = Entity.objects.for_user(user).filter(pk__in=outdated_entities(corpus, listable)).count()
    return shown


def freshness(corpus: Corpus, listable: Collection[str], entities: Collection[Any]) -> list[Freshness]:
    values = parameters(corpus, listable, entities=list(entities))
    return [Freshness(*row) for row in rows_of(OF_ENTITIES, values)] if entities else []


def is_listable(entity: Entity, listable: Collection[str]) -> bool:
    """Whether lists name such an entity."""
    return not why_not_applicable(entity, listable)


def why_not_applicable(entity: Entity, listable: Collection[str]) -> str:
    """Why lists are not looked through for it; empty where they are."""
    if entity.reference == Entity.Reference.GENERIC:
        return "a class, not one party"
    if entity.anonymous:
        return "unnamed"
    if listable and entity.type not in listable:
        return "lists name no entities of this type"
    return "by decision of a person" if entity.screening == Entity.Screening.NOT_APPLICABLE else ""
