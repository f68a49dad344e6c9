"""What changed in a list between two versions, as screening needs it: entries to compare again, and references that are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from registry.models import Entity, EntityName, ListCandidate, ListEntry
from registry.names import analyse, within_reach
from registry.names.keys import hashed
from registry.screening.lookup import KeyIndex, ListScope
from registry.screening.match import analysed_for_run
from registry.screening.near import MOST_NAMES
from registry.screening.subjects import identifiers_of, kind_of

MOST_CHANGED = 5_000  # entries
FREQUENT = "SELECT key FROM registry_listednamekey WHERE key = ANY(%s) GROUP BY key HAVING sum(cardinality(names)) > %s"
SHARING = """SELECT entity_id, key FROM registry_entitykeys, unnest(keys) AS of_entity (key)
    WHERE entity_id = ANY(%s) AND key = ANY(%s::bigint[])"""


class ListChange(NamedTuple):
    """Entries that are new or stand otherwise since a version, with their references and keys, and the references that are gone."""

    names: KeyIndex
    refs: set[str]
    gone: set[str]
    keys: list[int]
    identifiers: set[int]


def change_since(scope: ListScope, since: int) -> ListChange | None:
    """None for more than can be held against entities one by one: then they are compared with all of the list."""
    list_id, number, _ = scope
    rows = ListEntry.objects.filter(list=list_id).in_version(number)
    fresh = list(rows.exclude(versions__contains=since).values_list("pk", "ref", "identifiers"))
    if len(fresh) > MOST_CHANGED:
        return None
    before = ListEntry.objects.filter(list=list_id).in_version(since).exclude(versions__contains=number)
    refs = {ref for _, ref, _ in fresh}
    identifiers = {each for _, _, pairs in fresh for each in identifiers_of(pairs)}
    names = KeyIndex([pk for pk, _, _ in fresh], [scope])
    in_names = {each for row in names.names.values() for each in analyse(row.text, row.kind).identifiers}
    own = {hashed(f"identifier {each}") for each in identifiers | in_names}
    gone = set(before.values_list("ref", flat=True)) - refs
    return ListChange(names, refs, gone, sorted(own | (names.by_key.keys() - frequent(names.by_key))), own)


def frequent(keys: Collection[int]) -> set[int]:
    """Keys of very many names. A name has others, and nearly every entity would be compared again."""
    with connection.cursor() as cursor:
        cursor.execute(FREQUENT, [list(keys), MOST_NAMES])
        return {key for (key,) in cursor.fetchall()}


def touched(entities: Collection[Any], list_id: int, change: ListChange, threshold: int) -> set[Any]:
    """Entities of which something may come out otherwise: a name that changed may reach theirs, or they have a candidate there."""
    having = ListCandidate.objects.filter(entity__in=list(entities), list=list_id, ref__in=change.refs | change.gone)
    again = set(having.values_list("entity", flat=True))
    near: dict[int, set[Any]] = defaultdict(set)
    for entity, key in sharing(entities, change.keys):
        if key in change.names.by_key:
            for name, _ in change.names.by_key[key]:
                near[name].add(entity)
        if key in change.identifiers:
            again.add(entity)
    of_entities = names_of(set().union(*near.values()) - again)
    for name, rows in near.items():
        listed = change.names.names[name]
        pairs = [(entity, each) for entity in rows - again for each in of_entities.get(entity, ())]
        within = within_reach(analyse(listed.text, listed.kind), [each for _, each in pairs], threshold, analysed_for_run)
        again.update(pairs[position][0] for position in within)
    return again


def sharing(entities: Collection[Any], keys: Collection[int]) -> list[tuple[Any, int]]:
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [list(entities), list(keys)])
        return list(cursor.fetchall())


def names_of(entities: Collection[Any]) -> dict[Any, list[tuple[str, str]]]:
    """Names of entities as they are compared, each with its kind."""
    names: dict[Any, list[tuple[str, str]]] = {}
    kinds: dict[Any, str] = {}
    for entity, label, name in Entity.objects.filter(pk__in=entities).values_list("pk", "type", "name"):
        kinds[entity] = kind_of(label)
        names[entity] = [(name, kinds[entity])]
    for entity, name in EntityName.objects.filter(entity__in=names).values_list("entity", "name"):
        names[entity].append((name, kinds[entity]))
    return names
