"""What changed in a list between two versions, as screening needs it: entries to compare again, and references that are gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from registry.models import ListCandidate, ListEntry
from registry.names.keys import hashed
from registry.screening.lookup import MOST_NAMES, KeyIndex, ListScope
from registry.screening.subjects import identifiers_of

MOST_CHANGED = 5_000  # entries
# Frequent keys are left out: a name has others, and nearly every entity would be compared again.
KEYS = f"""
SELECT DISTINCT k.key FROM registry_listednamekey k JOIN registry_listedname n ON n.id = k.name_id WHERE n.entry_id = ANY(%s)
AND (SELECT count(*) FROM (SELECT 1 FROM registry_listednamekey o WHERE o.key = k.key LIMIT {MOST_NAMES + 1}) few) <= {MOST_NAMES}
"""  # noqa: S608 - of our own words
SHARING = "SELECT entity_id FROM registry_entitykeys WHERE entity_id = ANY(%s) AND keys && %s::bigint[]"


class ListChange(NamedTuple):
    """Entries that are new or stand otherwise since a version, with their references and keys, and the references that are gone."""

    names: KeyIndex
    refs: set[str]
    gone: set[str]
    keys: list[int]


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
    entries = [pk for pk, _, _ in fresh]
    own = {hashed(f"identifier {each}") for each in identifiers}
    return ListChange(
        KeyIndex(entries, [scope]), refs, set(before.values_list("ref", flat=True)) - refs, sorted(own | set(keys_of(entries)))
    )


def keys_of(entries: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [entries])
        return [key for (key,) in cursor.fetchall()]


def touched(entities: Collection[Any], list_id: int, change: ListChange) -> set[Any]:
    """Entities of which something may come out otherwise: they share a key with what changed, or have a candidate there."""
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [list(entities), change.keys])
        sharing = {pk for (pk,) in cursor.fetchall()}
    having = ListCandidate.objects.filter(entity__in=list(entities), list=list_id, ref__in=change.refs | change.gone)
    return sharing | set(having.values_list("entity", flat=True))
