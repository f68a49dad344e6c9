"""Listed names that are worth comparing with others, by the keys that they have in common: two statements for many names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from registry.models import ListVersion
from registry.names import analyse
from registry.names import keys as keys_of
from registry.screening.near import BEST, NEAR, AskedKey, NearNames, by_points, nearest
from registry.screening.word_keys import is_enough

MOST_OF_TEXTS = 500  # names of each list with a key that two words of a text have in common
COLUMNS = """n.id, n.text, n.kind, n.language, e.id, e.list_id, e.ref, e.kind, e.digest, e.births, e.countries, e.identifiers, s.number"""
SCOPES = "jsonb_to_recordset(%(scopes)s::jsonb) AS s(list bigint, number int, programmes text[])"
IN_SCOPE = """s.list = e.list_id AND e.versions @> s.number AND (cardinality(s.programmes) = 0 OR e.programmes && s.programmes)"""
# The limit has each entry read by its key: the planner knows nothing of scopes, and would join all entries of the list.
BY_ID = f"""
SELECT {COLUMNS} FROM registry_listedname n
CROSS JOIN LATERAL (SELECT * FROM registry_listentry WHERE id = n.entry_id LIMIT 1) e JOIN {SCOPES} ON {IN_SCOPE}
WHERE n.id = ANY(%(names)s)
"""  # noqa: S608 - of our own words
BY_IDENTIFIER = f"""
SELECT {COLUMNS} FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
WHERE e.identifiers @> ANY(%(identifiers)s::jsonb[]) ORDER BY n.id
"""  # noqa: S608 - of our own words
OF_ENTRIES = f"""
SELECT {COLUMNS} FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
WHERE e.id = ANY(%(entries)s)
"""  # noqa: S608 - of our own words
BY_REF = f"""
SELECT {COLUMNS} FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
WHERE e.ref = ANY(%(refs)s) AND e.list_id = ANY(%(lists)s) ORDER BY n.id
"""  # noqa: S608 - of our own words
# For texts: which names have a key, and no weighing.
HAVING = (
    f"SELECT key, names[1:{MOST_OF_TEXTS}] FROM registry_listednamekey WHERE key = ANY(%(keys)s) AND of_list = ANY(%(lists)s)"  # noqa: S608
)


class ListScope(NamedTuple):
    """A version of a list, or the entries of some programmes of it."""

    list_id: int
    number: int
    programmes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"list": self.list_id, "number": self.number, "programmes": list(self.programmes)}


class ListedRow(NamedTuple):
    """A listed name with its entry."""

    name_id: int
    text: str
    name_kind: str
    language: str
    entry_id: int
    list_id: int
    ref: str
    kind: str
    digest: str
    births: Sequence[str]
    countries: Sequence[str]
    identifiers: Sequence[Sequence[str]]
    number: int


IDENTIFIERS = 11  # which of COLUMNS


def current_scopes(list_ids: Iterable[int]) -> list[ListScope]:
    rows = ListVersion.objects.filter(list__in=list(list_ids), state=ListVersion.State.CURRENT)
    return [ListScope(*row) for row in rows.order_by("list").values_list("list", "number")]


def by_keys(asked: Sequence[AskedKey], scopes: Collection[ListScope]) -> dict[int, list[ListedRow]]:
    """Listed names by the number of what is asked for, of each list the best first."""
    ranked = nearest(asked, [each.list_id for each in scopes])
    rows = rows_in_scope(ranked, scopes)
    by_number: dict[int, list[ListedRow]] = defaultdict(list)
    for each in ranked:
        by_number[each.number] += [rows[name] for name in each.names if name in rows][:BEST]
    return by_number


def rows_in_scope(ranked: Sequence[NearNames], scopes: Collection[ListScope]) -> dict[int, ListedRow]:
    """The best of each, as many as are compared; behind them others for those that are of other versions or programmes."""
    rows: dict[int, ListedRow] = {}
    for start in range(0, NEAR, BEST):
        short = [each.names for each in ranked if len(rows.keys() & each.names[:start]) < BEST]
        names = {name for each in short for name in each[start : start + BEST]} - rows.keys()
        rows |= rows_by_id(names, scopes)
    return rows


def by_identifiers(identifiers: Collection[str], scopes: Collection[ListScope]) -> list[ListedRow]:
    """Names of the entries that have one of the identifiers."""
    pairs = [json.dumps([each.split(":", 1)]) for each in identifiers]
    return [listed_row(columns) for columns in rows_of(BY_IDENTIFIER, {"identifiers": pairs}, scopes)] if pairs else []


def by_refs(refs: Collection[str], scopes: Collection[ListScope]) -> dict[str, list[ListedRow]]:
    """The names of entries by their references."""
    rows: dict[str, list[ListedRow]] = defaultdict(list)
    for columns in rows_of(BY_REF, {"refs": list(refs)}, scopes) if refs else []:
        row = listed_row(columns)
        rows[row.ref].append(row)
    return rows


def names_by_key(keys: Sequence[int], scopes: Collection[ListScope]) -> dict[int, list[ListedRow]]:
    """All listed names that have one of the keys."""
    posted = rows_of(HAVING, {"keys": list(keys)}, scopes) if keys else []
    rows = rows_by_id({name for _, names in posted for name in names}, scopes)
    by_key: dict[int, list[ListedRow]] = defaultdict(list)
    for key, names in posted:
        by_key[key] += [rows[name] for name in names if name in rows]
    return by_key


def rows_by_id(names: Collection[int], scopes: Collection[ListScope]) -> dict[int, ListedRow]:
    """Those that are in scope."""
    rows = rows_of(BY_ID, {"names": list(names)}, scopes) if names else []
    return {row.name_id: row for row in map(listed_row, rows)}


class KeyIndex:
    """The names of some entries by their keys, in memory: what changed in a list is held against many entities."""

    def __init__(self, entries: Sequence[int], scopes: Collection[ListScope]) -> None:
        self.by_key: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.entries = set(entries)
        rows = map(listed_row, rows_of(OF_ENTRIES, {"entries": list(entries)}, scopes))
        self.names: dict[int, ListedRow] = {row.name_id: row for row in rows}
        for row in self.names.values():
            for key in keys_of(analyse(row.text, row.kind)):
                self.by_key[key.value].append((row.name_id, key.weight))

    def look_up(self, asked: Sequence[AskedKey]) -> dict[int, list[ListedRow]]:
        """As `by_keys` does, but all that have enough in common: where much of a list has changed, a name is among the best of
        it that is none of the best of what changed."""
        weights: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        words: dict[tuple[int, int], int] = defaultdict(int)
        for number, key, word in asked:
            for name, weight in self.by_key.get(key, ()):
                weights[number][name] += weight
                words[number, name] |= word
        enough = {
            number: {name: shared[name] for name in shared if is_enough(words[number, name])}
            for number, shared in weights.items()
        }
        return {number: [self.names[name] for name in by_points(shared)] for number, shared in enough.items()}


def rows_of(statement: str, values: dict[str, Any], scopes: Collection[ListScope]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        lists = [each.list_id for each in scopes]
        cursor.execute(statement, values | {"lists": lists, "scopes": json.dumps([each.as_json() for each in scopes])})
        return list(cursor.fetchall())


def listed_row(columns: Sequence[Any]) -> ListedRow:
    """Of the first columns; Django leaves jsonb as it came."""
    values = list(columns)
    identifiers = values[IDENTIFIERS]
    if identifiers == "[]":  # as most have it, of a hundred names for each that is looked up
        values[IDENTIFIERS] = []
    elif isinstance(identifiers, str):
        values[IDENTIFIERS] = json.loads(identifiers)
    return ListedRow(*values)
