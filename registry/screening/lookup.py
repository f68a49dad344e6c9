"""Listed names that are worth comparing with others, by the keys that they have in common: one statement for many names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from registry.models import ListVersion

BEST, MOST_NAMES = 150, 4_000  # names to compare for each; names that a key may have
MOST_OF_TEXTS = 500  # names with a key that two words of a text have in common
COLUMNS = """n.id, n.text, n.kind, n.language, e.id, e.list_id, e.ref, e.kind, e.digest, e.births, e.countries, e.identifiers, s.number"""
SCOPES = "jsonb_to_recordset(%(scopes)s::jsonb) AS s(list bigint, number int, programmes text[])"
IN_SCOPE = """s.list = e.list_id AND e.versions @> s.number AND (cardinality(s.programmes) = 0 OR e.programmes && s.programmes)
    AND (%(entries)s::bigint[] IS NULL OR e.id = ANY(%(entries)s))"""
# A key that very many names have tells little. It counts only for a name without any other key.
BY_KEYS = f"""
WITH asked AS (SELECT * FROM unnest(%(numbers)s::int[], %(keys)s::bigint[]) AS a(number, key)
), names AS MATERIALIZED (
    SELECT a.key, k.name_id, k.weight, count(*) OVER (PARTITION BY a.key) > {MOST_NAMES} AS is_frequent
    FROM (SELECT DISTINCT key FROM asked) a CROSS JOIN LATERAL (
        SELECT name_id, weight FROM registry_listednamekey WHERE key = a.key LIMIT {MOST_NAMES + 1}) k
), counted AS (
    SELECT number, name_id, weight, is_frequent, bool_and(is_frequent) OVER (PARTITION BY number) AS is_all FROM asked JOIN names USING (key)
), shared AS (
    SELECT number, name_id, sum(weight) AS weight FROM counted WHERE NOT is_frequent OR is_all GROUP BY 1, 2
), ranked AS (
    SELECT h.number AS asked, {COLUMNS}, row_number() OVER (PARTITION BY h.number ORDER BY h.weight DESC, n.id) AS rank
    FROM shared h JOIN registry_listedname n ON n.id = h.name_id JOIN registry_listentry e ON e.id = n.entry_id JOIN {SCOPES} ON {IN_SCOPE}
) SELECT * FROM ranked WHERE rank <= {BEST} ORDER BY asked, rank
"""  # noqa: S608 - of our own words
BY_IDENTIFIER = f"""
SELECT 0, {COLUMNS}, 0 FROM registry_listentry e JOIN {SCOPES} ON {IN_SCOPE} JOIN registry_listedname n ON n.entry_id = e.id
WHERE e.identifiers @> ANY(%(identifiers)s::jsonb[]) ORDER BY n.id
"""  # noqa: S608 - of our own words

# For texts: which names have a key, and no weighing.
HAVING = f"""
SELECT a.key, {COLUMNS}, 0 FROM unnest(%(keys)s::bigint[]) AS a(key) CROSS JOIN LATERAL (
    SELECT name_id FROM registry_listednamekey WHERE key = a.key LIMIT {MOST_OF_TEXTS}) k
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


def current_scopes(list_ids: Iterable[int]) -> list[ListScope]:
    rows = ListVersion.objects.filter(list__in=list(list_ids), state=ListVersion.State.CURRENT)
    return [ListScope(*row) for row in rows.order_by("list").values_list("list", "number")]


def by_keys(
    asked: Sequence[tuple[int, int]], scopes: Collection[ListScope], entries: Sequence[int] | None = None
) -> dict[int, list[ListedRow]]:
    """Listed names by the number of what is asked for, best first; `asked` has (number, key). `entries`: only these."""
    parameters = {"numbers": [number for number, _ in asked], "keys": [key for _, key in asked]}
    return rows_of(BY_KEYS, parameters, scopes, entries) if asked else {}


def by_identifiers(identifiers: Collection[str], scopes: Collection[ListScope]) -> list[ListedRow]:
    """Names of the entries that have one of the identifiers."""
    pairs = [json.dumps([each.split(":", 1)]) for each in identifiers]
    return rows_of(BY_IDENTIFIER, {"identifiers": pairs}, scopes, None).get(0, []) if pairs else []


def names_by_key(keys: Sequence[int], scopes: Collection[ListScope]) -> dict[int, list[ListedRow]]:
    """All listed names that have one of the keys."""
    return rows_of(HAVING, {"keys": list(keys)}, scopes, None) if keys else {}


def rows_of(
    statement: str, parameters: dict[str, Any], scopes: Collection[ListScope], entries: Sequence[int] | None
) -> dict[int, list[ListedRow]]:
    scopes_as_json = json.dumps([each.as_json() for each in scopes])
    rows: dict[int, list[ListedRow]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | {"scopes": scopes_as_json, "entries": entries})
        for number, *columns, _ in cursor.fetchall():
            identifiers = columns[11]
            columns[11] = json.loads(identifiers) if isinstance(identifiers, str) else identifiers
            rows[number].append(ListedRow(*columns))
    return rows
