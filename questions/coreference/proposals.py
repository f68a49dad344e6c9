"""Pairs of events that may be one, for a person to judge: nothing is joined without one.

Three rules, each of which names what speaks for the pair:
- people: events of different articles are about the same people, or about two of whom a relation says that they may be the same;
- days and places: events of different articles have stated days at most 14 days apart, and a place of one lies in a place of the other;
- reading: another reading of the same text has a linked event of the same type with the same first trigger.
Type and polarity are the same. What a judgement links or tells apart, be it by other events of their sets, is not proposed, and neither is
what a copy says as its original does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from corpus.models import Corpus
from questions.address.question import read
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.places import MOST_IN_INDEX
from questions.asking.time_limits import within_time
from questions.asking.whose import visible

DAYS = 14
# A page compares so many events with all others, and ends with fewer pairs where these have no more: work has a bound, whatever is there.
COMPARED = 200

APART = """apart(one, other) AS MATERIALIZED (
    SELECT coalesce(a.linked, j.one), coalesce(b.linked, j.other) FROM questions_judgement j
    LEFT JOIN questions_linkedevent a ON a.event = j.one LEFT JOIN questions_linkedevent b ON b.event = j.other
    WHERE j.corpus_id = %(corpus)s AND j.verdict = 'different' AND j.undone_at IS NULL)"""
# Who the people of an event may be, each with whom of the event it may be.
PEOPLE = """SELECT array_agg(mine) AS mine, array_agg(theirs) AS theirs FROM (
    SELECT person, person FROM unnest(e.counted || e.people) person
    UNION SELECT source_id, target_id FROM registry_relation
        WHERE source_id = ANY(e.counted || e.people) AND type = ANY(%(dependent)s)
    UNION SELECT target_id, source_id FROM registry_relation
        WHERE target_id = ANY(e.counted || e.people) AND type = ANY(%(dependent)s)) pairs(mine, theirs)"""
# What lies in the places of an event that has days, and what these lie in.
PLACES = """WITH RECURSIVE own(mine) AS (
    SELECT each FROM unnest(e.places) each WHERE coalesce(e.earliest, e.latest) IS NOT NULL),
inner_places(mine, theirs) AS (SELECT mine, mine FROM own UNION SELECT i.mine, r.source_id
    FROM inner_places i JOIN registry_relation r ON r.target_id = i.theirs WHERE r.type = ANY(%(within)s)),
outer_places(mine, theirs) AS (SELECT mine, mine FROM own UNION SELECT o.mine, r.target_id
    FROM outer_places o JOIN registry_relation r ON r.source_id = o.theirs WHERE r.type = ANY(%(within)s))
SELECT array_agg(mine) AS mine, array_agg(theirs) AS theirs FROM (SELECT * FROM inner_places UNION SELECT * FROM outer_places) pairs"""
CLOSE = """coalesce(p.earliest, p.latest) IS NOT NULL AND coalesce(e.earliest, e.latest) IS NOT NULL
    AND (p.earliest <= coalesce(e.latest, 'infinity') + %(days)s OR p.earliest IS NULL)
    AND (p.latest >= coalesce(e.earliest, '-infinity') - %(days)s OR p.latest IS NULL)"""
ALIKE = """p.type = e.type AND p.polarity = e.polarity AND p.article_id <> e.article_id
    AND {before} AND p.linked IS DISTINCT FROM coalesce(e.linked, e.id)"""
EARLIER = "(p.created, p.article_id) < (e.created, e.article_id)"
SHARED = "p.id, p.linked, p.people, p.counted, p.places, p.earliest, p.latest"


class EventPair(NamedTuple):
    """`one` is of the article that came later, or the event that is asked about. `people`, `places`: of `one` and of `other`, which speak for the pair."""

    came: datetime
    one: UUID
    other: UUID
    is_reading: bool
    people: list[list[UUID]]
    places: list[list[UUID]]
    days_apart: int | None


# After which pair a page begins; without the second event after all pairs of the first.
Position = tuple[datetime, UUID, UUID | None]


class ProposalPage(NamedTuple):
    """`after`: where the next page begins; None at the end."""

    pairs: list[EventPair]
    after: Position | None


def proposals(corpus: Corpus, user: Any, limit: int, after: Position | None = None) -> ProposalPage:
    """Pairs among the events that the person may see, those of articles that came last first. Raises TooBroad, AddressError."""
    with within_time(corpus):
        return Proposer(Asker(read("events", []), corpus, user)).page(limit, after)


def proposals_about(corpus: Corpus, user: Any, events: Sequence[UUID], limit: int) -> list[EventPair]:
    """Pairs of these events with others, earlier or later. Raises TooBroad, AddressError."""
    about = Condition("{e}.id = ANY(%(about)s::uuid[])", {"about": list(events)[:COMPARED]})
    with within_time(corpus):
        proposer = Proposer(Asker(read("events", []), corpus, user))
        answer = IndexAnswer(proposer.asker)
        return proposer.pairs(answer, both([answer.scope, answer.not_copied, about]), limit, before="true")


@dataclass(frozen=True)
class Proposer:
    asker: Asker

    def page(self, limit: int, after: Position | None) -> ProposalPage:
        answer = IndexAnswer(self.asker)
        first = both([answer.scope, answer.not_copied, *starting(after)])
        end = self.rows(answer, END.format(table=answer.source.table, first=first.of("e")), first.values)
        wanted = both([first, *(ending(*end[0]) if end else ())])
        pairs = self.pairs(answer, wanted, limit + 1, later(after))
        if len(pairs) > limit:
            last = pairs[limit - 1]
            return ProposalPage(pairs[:limit], (last.came, last.one, last.other))
        return ProposalPage(pairs, (*end[0], None) if end else None)

    def pairs(
        self, answer: IndexAnswer, wanted: Condition, limit: int, later: str = "true", before: str = EARLIER
    ) -> list[EventPair]:
        """Of events that are `wanted` with others. `before`: SQL of which others."""
        others, readings = both([answer.scope, answer.not_copied]), self.readings
        sql = PAIRS.format(
            table=answer.source.table,
            wanted=wanted.of("e"),
            others=others.of("p"),
            readings=readings.of("p"),
            later=later,
            before=before,
        )
        values = wanted.values | others.values | readings.values | self.values | {"limit": limit}
        return [EventPair(*row) for row in self.rows(answer, sql, values)]

    @property
    def readings(self) -> Condition:
        """Entries of all that the person may see, also where another reading is evidence before it."""
        own = both(visible(replace(self.asker, question=read("events", [("whose", "all")]))))
        sql = own.sql
        for name in own.values:
            sql = sql.replace(f"%({name})s", f"%(all_{name})s")
        return Condition(sql, {f"all_{name}": ids for name, ids in own.values.items()})

    @property
    def values(self) -> dict[str, Any]:
        scheme = self.asker.scheme
        dependent = [relation["code"] for relation in scheme.entity_relations if relation.get("dependent")]
        return {"dependent": dependent, "within": scheme.places["within"], "days": DAYS}

    def rows(self, answer: IndexAnswer, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        tables = ", ".join(filter(None, (answer.source.tables, APART)))
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {tables} {sql}", values | answer.source.values | {"compared": COMPARED})
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


# The last event that a page compares, if there are more.
END = """SELECT e.created, e.id FROM {table} e WHERE {first} ORDER BY e.created DESC, e.id OFFSET %(compared)s - 1 LIMIT 1"""
PAIRS = f"""SELECT e.created, e.id, p.id, p.is_reading,
    ARRAY(SELECT DISTINCT ARRAY[mine, theirs] FROM unnest(who.mine, who.theirs) pair(mine, theirs)
        WHERE theirs = ANY(p.people || p.counted) ORDER BY 1),
    CASE WHEN {CLOSE} THEN ARRAY(SELECT DISTINCT ARRAY[mine, theirs] FROM unnest(near.mine, near.theirs) pair(mine, theirs)
        WHERE theirs = ANY(p.places) ORDER BY 1) ELSE '{{{{}}}}' END,
    CASE WHEN {CLOSE} THEN greatest(0, p.earliest - e.latest, e.earliest - p.latest) END
FROM {{table}} e CROSS JOIN LATERAL ({PEOPLE}) who CROSS JOIN LATERAL ({PLACES}) near CROSS JOIN LATERAL (
    SELECT {SHARED}, false AS is_reading FROM {{table}} p
        WHERE (p.people && who.theirs OR p.counted && who.theirs) AND {ALIKE} AND {{others}}
    UNION SELECT {SHARED}, false FROM {{table}} p WHERE cardinality(near.theirs) <= {MOST_IN_INDEX}
        AND p.places && near.theirs AND {CLOSE} AND {ALIKE} AND {{others}}
    UNION SELECT {SHARED}, false FROM {{table}} p WHERE cardinality(near.theirs) > {MOST_IN_INDEX}
        AND EXISTS (SELECT FROM unnest(p.places) each WHERE each = ANY(near.theirs)) AND {CLOSE} AND {ALIKE} AND {{others}}
    UNION SELECT {SHARED}, true FROM {{table}} p WHERE e.linked IS NULL AND p.linked IS NOT NULL AND p.linked <> e.id
        AND p.article_id = e.article_id AND p.document_id = e.document_id AND p.kind = 'event'
        AND p.assignment_id <> e.assignment_id AND p.type = e.type AND p.start = e.start AND {{readings}}) p
WHERE {{wanted}} AND {{later}}
    AND NOT EXISTS (SELECT FROM apart a WHERE a.one = coalesce(e.linked, e.id) AND a.other = coalesce(p.linked, p.id))
    AND NOT EXISTS (SELECT FROM apart a WHERE a.other = coalesce(e.linked, e.id) AND a.one = coalesce(p.linked, p.id))
ORDER BY e.created DESC, e.id, p.id LIMIT %(limit)s"""  # noqa: S608 - of our own words


def starting(after: Position | None) -> list[Condition]:
    """Events from a position on, with the one that it names while that has more pairs."""
    if after is None:
        return []
    came, one, other = after
    compare = ">" if other is None else ">="
    sql = f"{{e}}.created <= %(came)s AND ({{e}}.created < %(came)s OR {{e}}.id {compare} %(one)s)"
    return [Condition(sql, {"came": came, "one": one, "other": other})]


def ending(came: datetime, one: UUID) -> list[Condition]:
    sql = "{e}.created >= %(last_came)s AND ({e}.created > %(last_came)s OR {e}.id <= %(last_one)s)"
    return [Condition(sql, {"last_came": came, "last_one": one})]


def later(after: Position | None) -> str:
    """Of the first event the pairs that no page has had."""
    return "true" if after is None or after[2] is None else "(e.id <> %(one)s OR p.id > %(other)s)"
