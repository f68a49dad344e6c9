"""What relations between entities mean for questions: what lies in a place, who works there, and who may be the same as whom."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from annotations.scheme.view import Json, SchemeView
from annotations.schemes.of_corpus import NoScheme, current_scheme, current_statement
from annotations.schemes.stored import compiled
from corpus.db.arrays import as_array
from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Corpus


def inside(place: Any, types: list[str]) -> list[Any]:
    """The place and everything that is in it, over relations of these types, however many lie between."""
    with connection.cursor() as cursor:
        cursor.execute(INSIDE, {"place": place, "types": types})
        return [pk for (pk,) in cursor.fetchall()]


INSIDE = """
WITH RECURSIVE inside(id) AS (
    SELECT %(place)s::uuid
    UNION SELECT r.source_id FROM registry_relation r JOIN inside ON r.target_id = inside.id WHERE r.type = ANY(%(types)s)
)
SELECT id FROM inside
"""


def workers(workplaces: list[Any], people: Json) -> list[Any]:
    """Who works in one of `workplaces`, as the scheme's `people` say: over its relations `through`, and what belongs to these `up`."""
    with connection.cursor() as cursor:
        cursor.execute(WORKERS, {"workplaces": as_array(workplaces), "through": people["through"], "up": people["up"]})
        return [pk for (pk,) in cursor.fetchall()]


WORKERS = """
WITH RECURSIVE workers(id) AS (
    SELECT source_id FROM registry_relation WHERE target_id = ANY(%(workplaces)s::uuid[]) AND type = ANY(%(through)s)
    UNION SELECT r.source_id FROM registry_relation r JOIN workers ON r.target_id = workers.id WHERE r.type = ANY(%(up)s)
)
SELECT id FROM workers
"""


class PlaceTies(NamedTuple):
    """The place and all that lies in it; who works there; and who works anywhere of which is known where it lies."""

    inside: list[UUID]
    workers: list[UUID]
    employed: list[UUID]


def place_ties(corpus: Corpus, place: UUID, within: list[str], lying: list[str], people: Json) -> PlaceTies:
    """`within`: the types of relations by which something is in a place; `lying`: those of them that say where it lies. One statement: a
    country has 1,500 places, and each would go to and fro."""
    values = {
        "corpus": corpus.pk,
        "place": place,
        "types": within,
        "lying": lying,
        "through": people["through"],
        "up": people["up"],
    }
    with connection.cursor() as cursor:
        cursor.execute(PLACE_TIES, values)
        ties = PlaceTies([], [], [])
        for number, pk in cursor.fetchall():
            ties[number].append(pk)
        return ties


WORKING = """SELECT source_id FROM registry_relation WHERE target_id IN (SELECT id FROM {places}) AND type = ANY(%(through)s)
    UNION SELECT r.source_id FROM registry_relation r JOIN {name} ON r.target_id = {name}.id WHERE r.type = ANY(%(up)s)"""
PLACE_TIES = f"""
WITH RECURSIVE inside(id) AS (
    SELECT %(place)s::uuid
    UNION SELECT r.source_id FROM registry_relation r JOIN inside ON r.target_id = inside.id WHERE r.type = ANY(%(types)s)
),
lying(id) AS (SELECT source_id FROM registry_relation WHERE corpus_id = %(corpus)s AND type = ANY(%(lying)s)),
workers(id) AS ({WORKING.format(places="inside", name="workers")}),
employed(id) AS ({WORKING.format(places="lying", name="employed")})
SELECT 0, id FROM inside UNION ALL SELECT 1, id FROM workers UNION ALL SELECT 2, id FROM employed
"""  # noqa: S608 - of our own words


def doubtful(corpus: Corpus, pks: list[Any]) -> dict[Any, set[Any]]:
    """Those of the entities that may be the same as others, each with these; by relations that the scheme calls dependent."""
    return doubtful_under(scheme_of(corpus), pks)


def doubtful_under(scheme: SchemeView | None, pks: list[Any]) -> dict[Any, set[Any]]:
    """The same where the scheme is known."""
    return dependent_pairs(round_trip([dependent_statement(scheme, pks)])[0], pks)


DEPENDENT = """SELECT source_id, target_id FROM registry_relation
    WHERE (source_id = ANY($1::uuid[]) OR target_id = ANY($1::uuid[])) AND type = ANY($2)"""


def dependent_statement(scheme: SchemeView | None, pks: list[Any], *also: str) -> Statement:
    """To be sent with others; `dependent_pairs` reads its rows. `also`: "origin", where a document and who issued it are no two sources."""
    relations = scheme.entity_relations if scheme else ()
    types = [entry["code"] for entry in relations if any(entry.get(name) for name in ("dependent", *also))]
    return DEPENDENT, [pks, types]


def dependent_pairs(rows: Rows, pks: list[Any]) -> dict[Any, set[Any]]:
    pairs: dict[Any, set[Any]] = {}
    for one, other in rows:
        pairs.setdefault(one, set()).add(other)
        pairs.setdefault(other, set()).add(one)
    return {pk: pairs[pk] for pk in pks if pk in pairs}


def scheme_of(corpus: Corpus) -> SchemeView | None:
    """The scheme under which the corpus is marked now; None before there is one."""
    return view_of_current(round_trip([current_statement(corpus.pk)])[0])


def view_of_current(rows: Rows) -> SchemeView | None:
    """The same of the rows of `current_statement`."""
    try:
        return compiled(current_scheme(rows)).view
    except NoScheme:
        return None
