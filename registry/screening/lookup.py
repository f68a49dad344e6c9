"""Listed names that are worth comparing with others, by the keys that they have in common: one statement for many names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from registry.models import ListVersion
from registry.screening.word_keys import ENOUGH, is_enough

AskedKey = tuple[int, int, int]  # number of what is asked for, key, bits of its words

BEST, MOST_NAMES = 150, 4_000  # names of each list to compare for each; names that a key may have
NEAR = 4 * BEST  # names of all versions of a list, before those that are asked for are taken
MOST_OF_TEXTS = 500  # names with a key that two words of a text have in common
COLUMNS = """n.id, n.text, n.kind, n.language, e.id, e.list_id, e.ref, e.kind, e.digest, e.births, e.countries, e.identifiers, s.number"""
SCOPES = "jsonb_to_recordset(%(scopes)s::jsonb) AS s(list bigint, number int, programmes text[])"
IN_SCOPE = """s.list = e.list_id AND e.versions @> s.number AND (cardinality(s.programmes) = 0 OR e.programmes && s.programmes)"""
# Names have to have more in common than one word: see `word_keys`. A key that very many names have counts only for a name without any other key.
# A rare key says more: registry.names.keys.key_points. What belongs to a key stays in arrays, since the planner, which does not know how
# many keys come, would join two long lists row by row.
BY_KEYS = f"""
WITH posted AS MATERIALIZED (
    SELECT a.numbers, a.words, k.ids, k.weights, k.lists, cardinality(k.ids) > {MOST_NAMES} AS is_frequent FROM (
        SELECT key, array_agg(number) AS numbers, array_agg(word) AS words
        FROM unnest(%(numbers)s::int[], %(keys)s::bigint[], %(words)s::int[]) AS a(number, key, word) GROUP BY key) a
    CROSS JOIN LATERAL (SELECT array_agg(name_id) AS ids, array_agg(weight) AS weights, array_agg(of_list) AS lists FROM (
        SELECT name_id, weight, of_list FROM registry_listednamekey
        WHERE key = a.key AND of_list = ANY(%(lists)s) LIMIT {MOST_NAMES + 1}) few) k
    WHERE k.ids IS NOT NULL
), telling AS MATERIALIZED (
    SELECT coalesce(array_agg(DISTINCT number), '{{}}') AS numbers FROM posted, unnest(numbers) AS number WHERE NOT is_frequent
), shared AS MATERIALIZED (
    SELECT number, n.name_id, n.of_list, sum((n.weight * 1000 / sqrt(cardinality(p.ids)))::int) AS weight
    FROM posted p, unnest(p.numbers, p.words) AS a(number, word), unnest(p.ids, p.weights, p.lists) AS n(name_id, weight, of_list)
    WHERE NOT p.is_frequent OR number <> ALL ((SELECT numbers FROM telling)::int[])
    GROUP BY 1, 2, 3 HAVING bit_or(word) >= {ENOUGH} OR bit_count(bit_or(word)::bit(32)) > 1
), near AS MATERIALIZED (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY number, of_list ORDER BY weight DESC, name_id) AS rank FROM shared) s
    WHERE rank <= {NEAR}
), ranked AS (
    SELECT h.number AS asked, {COLUMNS}, row_number() OVER (PARTITION BY h.number, h.of_list ORDER BY h.rank) AS rank
    FROM near h JOIN registry_listedname n ON n.id = h.name_id JOIN registry_listentry e ON e.id = n.entry_id JOIN {SCOPES} ON {IN_SCOPE}
) SELECT * FROM ranked WHERE rank <= {BEST} ORDER BY asked, rank
"""  # noqa: S608 - of our own words
BY_IDENTIFIER = f"""
SELECT 0, {COLUMNS}, 0 FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
WHERE e.identifiers @> ANY(%(identifiers)s::jsonb[]) ORDER BY n.id
"""  # noqa: S608 - of our own words

OF_ENTRIES = f"""
SELECT k.key, k.weight, {COLUMNS} FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
JOIN registry_listednamekey k ON k.name_id = n.id WHERE e.id = ANY(%(entries)s)
"""  # noqa: S608 - of our own words
# For texts: which names have a key, and no weighing.
HAVING = f"""
SELECT a.key, {COLUMNS}, 0 FROM unnest(%(keys)s::bigint[]) AS a(key) CROSS JOIN LATERAL (
    SELECT name_id FROM registry_listednamekey WHERE key = a.key AND of_list = ANY(%(lists)s) LIMIT {MOST_OF_TEXTS}) k
JOIN registry_listedname n ON n.id = k.name_id JOIN registry_listentry e ON e.id = n.entry_id JOIN {SCOPES} ON {IN_SCOPE}
"""  # noqa: S608 - of our own words


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


COLUMN_COUNT, IDENTIFIERS = 13, 11  # of COLUMNS, and which one has identifiers


def current_scopes(list_ids: Iterable[int]) -> list[ListScope]:
    rows = ListVersion.objects.filter(list__in=list(list_ids), state=ListVersion.State.CURRENT)
    return [ListScope(*row) for row in rows.order_by("list").values_list("list", "number")]


def by_keys(asked: Sequence[AskedKey], scopes: Collection[ListScope]) -> dict[int, list[ListedRow]]:
    """Listed names by the number of what is asked for, best first."""
    values = {name: [each[column] for each in asked] for column, name in enumerate(("numbers", "keys", "words"))}
    return grouped(rows_of(BY_KEYS, values, scopes)) if asked else {}


def by_identifiers(identifiers: Collection[str], scopes: Collection[ListScope]) -> list[ListedRow]:
    """Names of the entries that have one of the identifiers."""
    pairs = [json.dumps([each.split(":", 1)]) for each in identifiers]
    return [listed_row(columns[1:]) for columns in rows_of(BY_IDENTIFIER, {"identifiers": pairs}, scopes)] if pairs else []


def names_by_key(keys: Sequence[int], scopes: Collection[ListScope]) -> dict[int, list[ListedRow]]:
    """All listed names that have one of the keys."""
    return grouped(rows_of(HAVING, {"keys": list(keys)}, scopes)) if keys else {}


class KeyIndex:
    """The names of some entries by their keys, in memory: what changed in a list is held against many entities."""

    def __init__(self, entries: Sequence[int], scopes: Collection[ListScope]) -> None:
        self.by_key: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.names: dict[int, ListedRow] = {}
        self.entries = set(entries)
        for key, weight, *columns in rows_of(OF_ENTRIES, {"entries": list(entries)}, scopes):
            row = self.names.setdefault(columns[0], listed_row(columns))
            self.by_key[key].append((row.name_id, weight))

    def look_up(self, asked: Sequence[AskedKey]) -> dict[int, list[ListedRow]]:
        """As `by_keys` does."""
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
        return {number: [self.names[name] for name in best(shared)] for number, shared in enough.items()}


def best(shared: dict[int, int]) -> list[int]:
    return sorted(shared, key=lambda name: (-shared[name], name))[:BEST]


def rows_of(statement: str, values: dict[str, Any], scopes: Collection[ListScope]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        lists = [each.list_id for each in scopes]
        cursor.execute(statement, values | {"lists": lists, "scopes": json.dumps([each.as_json() for each in scopes])})
        return list(cursor.fetchall())


def grouped(rows: Sequence[tuple[Any, ...]]) -> dict[int, list[ListedRow]]:
    by_number: dict[int, list[ListedRow]] = defaultdict(list)
    for number, *columns in rows:
        by_number[number].append(listed_row(columns))
    return by_number


def listed_row(columns: Sequence[Any]) -> ListedRow:
    """Of the first columns; Django leaves jsonb as it came."""
    values = list(columns[:COLUMN_COUNT])
    identifiers = values[IDENTIFIERS]
    if identifiers == "[]":  # as most have it, of a hundred names for each that is looked up
        values[IDENTIFIERS] = []
    elif isinstance(identifiers, str):
        values[IDENTIFIERS] = json.loads(identifiers)
    return ListedRow(*values)
