"""Who acts on whom: a row for each actor, kind of event and whoever is acted on, with its events."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any
from uuid import UUID

from questions.asking.answer import COUNTED, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond
from questions.asking.counted_entries import alone, plain, rest
from questions.ledgers.called import Called, quoted, triggers_of
from questions.ledgers.page import LedgerPage, page_and_numbers

Object = dict[str, Any]
MOST_EVENTS = 20  # of a row; `count` says how many there are
KEYS = {"rank": "bigint", "actor_name": "text", "kind": "text", "acted_name": "text", "actor": "uuid", "acted": "uuid"}
SELECTION = EntrySelection(("event",), only=Condition("cardinality({e}.actors) > 0 AND cardinality({e}.acted) > 0"))
# Kind: the type of the event, with the value of the attribute that gives its kinds; of several values, several kinds.
EDGES = """edges AS MATERIALIZED (
    SELECT {part} AS part, e.id, e.linked, e.earliest, one.actor, other.acted, concat_ws(':', e.type, told.value) AS kind
    FROM {table} e CROSS JOIN unnest(e.actors) one(actor) CROSS JOIN unnest(e.acted) other(acted)
    CROSS JOIN LATERAL (SELECT e.attributes -> (%(kinds)s::jsonb ->> e.type) AS value) attribute
    LEFT JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(attribute.value) WHEN 'array' THEN attribute.value
        WHEN 'null' THEN '[]' ELSE jsonb_build_array(attribute.value) END) told(value) ON attribute.value IS NOT NULL
    WHERE {condition})"""
# Most events are one edge, of which an index says all. The others are `edges`.
ONE_EDGE = "cardinality({e}.actors) = 1 AND cardinality({e}.acted) = 1 AND {e}.type <> ALL(%(with_kinds)s::varchar[])"
SEVERAL = "cardinality({e}.actors) > 1 OR cardinality({e}.acted) > 1 OR {e}.type = ANY(%(with_kinds)s::varchar[])"
NUMBERS_OF_PLAIN = """SELECT {part} AS part, e.actors[1] AS actor, e.type AS kind, e.acted[1] AS acted, e.linked, {sign}count(*) AS entries
    FROM {table} e WHERE {condition} GROUP BY 1, 2, 3, 4, 5"""
NUMBERS_OF_EDGES = (
    "SELECT part, actor, kind, acted, linked, count(*) AS entries FROM edges GROUP BY part, actor, kind, acted, linked"
)
# Linked events are one edge. First by linked events: to count distinct ones would sort all edges.
TYPED = """typed AS (
    SELECT part, actor, kind, acted, sum(CASE WHEN linked IS NULL THEN entries ELSE 1 END)::bigint AS count
    FROM (SELECT part, actor, kind, acted, linked, sum(entries) AS entries FROM ({counted}) one
        GROUP BY part, actor, kind, acted, linked HAVING sum(entries) > 0) one
    GROUP BY part, actor, kind, acted)"""
NAMED = """rows AS (
    SELECT t.*, -t.count AS rank, coalesce(one.name, '') AS actor_name, coalesce(other.name, '') AS acted_name
    FROM typed t LEFT JOIN registry_entity one ON one.id = t.actor LEFT JOIN registry_entity other ON other.id = t.acted
    WHERE part = %(part)s AND t.count >= {least})"""
# Of the first page, none of the others can be: their names are not looked up.
LEAST_OF_FIRST_PAGE = (
    """coalesce((SELECT count FROM typed WHERE part = %(part)s ORDER BY count DESC OFFSET %(limit)s LIMIT 1), 0)"""
)
CHOSEN = "chosen AS MATERIALIZED (SELECT * FROM rows WHERE {beyond} ORDER BY {keys} LIMIT %(limit)s)"
OF_EDGE = "e.actors = ARRAY[c.actor] AND e.acted = ARRAY[c.acted] AND e.type = c.kind"
EVENTS_OF_CHOSEN = """events_of_chosen AS MATERIALIZED (
    SELECT c.actor, c.kind, c.acted, e.id, e.earliest FROM chosen c {entries}
    UNION ALL SELECT c.actor, c.kind, c.acted, e.id, e.earliest FROM chosen c JOIN edges e USING (part, actor, kind, acted))"""
PAGE = """SELECT {keys}, count, (array_agg(e.id ORDER BY e.earliest, e.id))[:%(events)s]
    FROM chosen JOIN events_of_chosen e USING (actor, kind, acted) GROUP BY {keys}, count"""
NUMBERS = """SELECT json_build_object(
    'parts', (SELECT coalesce(json_object_agg(part, number), '{}') FROM (SELECT part, count(*) AS number FROM typed GROUP BY part) p),
    'edges', (SELECT coalesce(sum(count), 0) FROM typed WHERE part = %(part)s),
    'typed', (SELECT count(*) FROM typed WHERE part = %(part)s),
    'pairs', (SELECT count(*) FROM (SELECT DISTINCT actor, acted FROM typed WHERE part = %(part)s) p))"""
EVENTS = """SELECT e.id, e.linked, e.status, e.polarity, e.earliest, e.latest, e.article_id, e.assignment_id
    FROM {table} e WHERE e.id = ANY(%(shown)s::uuid[])"""


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    return NetworkRows(IndexAnswer(asker, SELECTION)).page(limit, after)


class NetworkRows:
    """The edges of an answer."""

    def __init__(self, answer: IndexAnswer) -> None:
        self.answer = answer

    @property
    def kinds(self) -> dict[str, str]:
        """By event type, the attribute that gives its kinds."""
        return {code: act["by"] for code, act in self.answer.asker.scheme.acts.items() if act.get("by")}

    @property
    def tables(self) -> list[str]:
        """`edges` and `typed`."""
        answer, part = self.answer, self.answer.part.of("e")
        counted = [
            NUMBERS_OF_PLAIN.format(part=part, sign=each.sign, table=each.table, condition=each.condition.of("e"))
            for each in plain(answer, Condition(ONE_EDGE))
        ]
        edges = EDGES.format(part=part, table=answer.source.table, condition=rest(answer, Condition(SEVERAL)).of("e"))
        return [edges, TYPED.format(counted=" UNION ALL ".join([*counted, NUMBERS_OF_EDGES]))]

    @property
    def events_of_chosen(self) -> str:
        answer = self.answer
        chosen = f"{OF_EDGE} AND {answer.part.of('e')} = c.part AND {alone(answer, Condition(ONE_EDGE)).of('e')}"
        return EVENTS_OF_CHOSEN.format(entries=answer.source.joined(chosen))

    @cached_property
    def values(self) -> Object:
        answer, kinds = self.answer, self.kinds
        asked_for = {"kinds": json.dumps(kinds), "with_kinds": list(kinds), "part": answer.asker.question["part"]}
        return answer.originals.values | answer.part.values | asked_for

    def page(self, limit: int, after: tuple[Any, ...] | None) -> LedgerPage:
        following = beyond(KEYS, after)
        keys = ", ".join(KEYS)
        rows, numbers = page_and_numbers(
            self.answer,
            PAGE.format(keys=keys),
            keys,
            NUMBERS,
            self.values | following.values | {"limit": limit + 1, "events": MOST_EVENTS},
            *(
                *self.tables,
                NAMED.format(least=LEAST_OF_FIRST_PAGE if after is None else 0),
                CHOSEN.format(beyond=following.sql, keys=keys),
                self.events_of_chosen,
            ),
        )
        last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
        parts = {COUNTED: 0} | numbers.pop("parts")
        return LedgerPage(self.shown(rows[:limit]), parts, self.answer.unplaced(), last, self.answer.source.behind, numbers)

    def shown(self, rows: list[tuple[Any, ...]]) -> list[Object]:
        entities = Called(pk for row in rows for pk in row[4:6])
        events = self.events({pk for row in rows for pk in row[-1]})
        return [
            {
                "actor": entities[actor],
                "kind": kind,
                "acted": entities[acted],
                "count": count,
                "events": [events[pk] for pk in ids],
            }
            for _, _, kind, _, actor, acted, count, ids in rows
        ]

    def events(self, ids: set[UUID]) -> dict[UUID, Object]:
        columns = ("event", "linked", "status", "polarity", "earliest", "latest", "article", "assignment")
        rows = self.answer.rows(EVENTS.format(table=self.answer.source.table), {"shown": list(ids)})
        triggers = triggers_of(ids)
        return {
            row[0]: dict(zip(columns, row, strict=True)) | {"triggers": [quoted(mark) for mark in triggers.get(row[0], [])]}
            for row in rows
        }
