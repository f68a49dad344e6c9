"""What a question is put to: the index, and in place of what it is behind with, entries derived on the spot."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from corpus.db.round_trip import Rows, Statement, numbered, round_trip
from corpus.models import Corpus
from questions.asking.condition import EVERY, Condition, both
from questions.index.entries_sql import COLUMNS, ENTRIES
from questions.index.keep import parameters, with_articles

MOST_LIVE = 200
INDEX = "questions_entry"
NAMES = ", ".join(COLUMNS)
# Derived once for all statements of an answer: each would take longer to plan it than to carry it out.
DERIVE = f"SELECT coalesce(json_agg(made), '[]')::text FROM ({ENTRIES}) made"  # noqa: S608 - of our own words
DERIVED = "live"
LIVE = f"{DERIVED} AS MATERIALIZED (SELECT {NAMES} FROM jsonb_populate_recordset(NULL::questions_entry, %(live)s::jsonb))"  # noqa: S608
BESIDE = f"""(SELECT {NAMES} FROM questions_entry WHERE assignment_id <> ALL(%(ids)s::uuid[])
    UNION ALL SELECT {NAMES} FROM {DERIVED})"""  # noqa: S608 - of our own words


# What the corpus waits for, and how many entries PostgreSQL expects the index to have. An assignment that is gone may have been of any corpus.
WAITING = """SELECT DISTINCT s.assignment FROM questions_stale s LEFT JOIN annotations_assignment a ON a.id = s.assignment
    LEFT JOIN corpus_document d ON d.id = a.document_id WHERE a.id IS NULL OR d.corpus_id = %(corpus)s"""
# The first of them, each looked up by itself: PostgreSQL does not know how few wait, and would read all assignments.
STATE = numbered(
    """SELECT ARRAY(SELECT s.assignment FROM (SELECT DISTINCT assignment FROM questions_stale) s WHERE %(corpus)s = coalesce(
        (SELECT d.corpus_id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id WHERE a.id = s.assignment),
        %(corpus)s) LIMIT %(most)s), (SELECT reltuples FROM pg_class WHERE oid = 'questions_entry'::regclass)""",
    "corpus",
    "most",
)
NUMBER = f"SELECT count(*) FROM ({WAITING}) waiting"  # noqa: S608 - of our own words

UNLINKED, LINKED = Condition("{e}.linked IS NULL"), Condition("{e}.linked IS NOT NULL")
ALONE = Condition("{e}.copy_of IS NULL AND {e}.story IS NULL AND {e}.linked IS NULL")
BESIDE_OTHERS = Condition("{e}.copy_of IS NOT NULL OR {e}.story IS NOT NULL OR {e}.linked IS NOT NULL")
BEHIND = Condition("{e}.assignment_id = ANY(%(ids)s::uuid[])")


class CountedEntries(NamedTuple):
    """Some of the entries: what FROM takes, and which of it. `sign`: "-" where their number is taken off, else "+"."""

    sign: str
    table: str
    condition: Condition


class EntrySource(NamedTuple):
    """`table`: what FROM takes; `tables`: what WITH must say for it; `behind`: how many assignments the answer does not heed yet;
    `expected`: how many entries of all corpora PostgreSQL expects in the index; `unchecked`: of an earlier state, assignments whose findings
    are in no table."""

    table: str
    tables: str
    values: dict[str, Any]
    behind: int
    expected: float = 0
    unchecked: frozenset[UUID] = frozenset()

    @property
    def apart(self) -> list[tuple[str, Condition]]:
        """What FROM takes of the index and of what is derived, each by itself with what its entries must be. PostgreSQL does not see that
        entries of the first have an order once both are put together."""
        if not self.tables:
            return [(INDEX, EVERY)]
        return [(INDEX, Condition("{e}.assignment_id <> ALL(%(ids)s::uuid[])")), (DERIVED, EVERY)]

    def joined(self, on: str) -> str:
        """SQL that joins entries as `e`. Beside what is derived each is looked up by itself: PostgreSQL would put both together first."""
        if not self.tables:
            return f"JOIN {self.table} e ON {on}"
        return f"CROSS JOIN LATERAL (SELECT * FROM {self.table} e WHERE {on} OFFSET 0) e"  # noqa: S608 - of our own words

    def added_up(self, fitting: Condition) -> list[CountedEntries]:
        """What is counted of these entries so that the index is read alone: all of it, without what it is behind with, and what is derived."""
        index = CountedEntries("+", INDEX, fitting)
        if not self.tables:
            return [index]
        return [index, CountedEntries("-", INDEX, both([fitting, BEHIND])), CountedEntries("+", DERIVED, fitting)]

    def rows_added_up(self, there: Condition, heads: Condition) -> list[CountedEntries]:
        """The same of entries that fit and stand for rows. Hardly any is a copy, told again or linked; the others do, whatever else there is."""
        return [*self.added_up(both([there, ALONE])), CountedEntries("+", self.table, both([heads, BESIDE_OTHERS]))]


def numbers_by(part: str, counts: list[CountedEntries]) -> str:
    """SQL of how many there are in all of each part."""
    counted = "SELECT {part} AS part, {sign} count(*) AS number FROM {table} e WHERE {fitting} GROUP BY 1"
    each = [counted.format(part=part, sign=sign, table=table, fitting=some.of("e")) for sign, table, some in counts]
    return f"SELECT part, sum(number)::bigint FROM ({' UNION ALL '.join(each)}) each GROUP BY part HAVING sum(number) > 0"  # noqa: S608


def state_statement(corpus: Corpus) -> Statement:
    """What `source` begins with, to be sent with others."""
    return STATE, [corpus.pk, MOST_LIVE + 1]


def source(corpus: Corpus, state: Rows | None = None, unchecked: frozenset[UUID] = frozenset()) -> EntrySource:
    """True at once: a save counts from its commit on, as long as the index is not far behind with this corpus. What others wait for
    is in no number here. `state`: the rows of `state_statement`, where it was sent with others."""
    ((stale, expected),) = state or round_trip([state_statement(corpus)])[0]
    if not stale:
        return EntrySource(INDEX, "", {}, 0, expected, unchecked)
    with connection.cursor() as cursor:
        if len(stale) > MOST_LIVE:
            cursor.execute(NUMBER, {"corpus": corpus.pk})
            return EntrySource(INDEX, "", {}, cursor.fetchone()[0], expected, unchecked)
        derived = parameters(with_articles(stale))
        cursor.execute(DERIVE, derived)
        return EntrySource(BESIDE, LIVE, {"ids": derived["ids"], "live": cursor.fetchone()[0]}, 0, expected, unchecked)
