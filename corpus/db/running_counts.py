"""Counts of the rows of a corpus that PostgreSQL itself keeps: their triggers, for migrations, and how they are read, added up and compared.

A statement that changes a count adds a row with the difference. So the sum of these rows is true at once, and nobody waits for
another who changes the same count, as they would for a row that holds the number itself. The worker adds the rows up now and then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection, transaction

TABLE = "corpus_runningcount"
# Who adds up what another replaces would bring it in twice.
LOCK = f"hashtext('{TABLE}')"


class Counted(NamedTuple):
    """`table`: whose rows are counted, by its `corpus_id`; `numbers`: name → SQL of which rows `r` this count is of."""

    table: str
    numbers: Mapping[str, str]


ARTICLES = Counted(
    "corpus_article", {"articles": "r.deletion_id IS NULL", "copies": "r.deletion_id IS NULL AND r.copy_of_id IS NOT NULL"}
)


def number_of(name: str) -> str:
    """SQL of a column: that count, out of rows of one corpus."""
    return f"coalesce(sum(number) FILTER (WHERE name = '{name}'), 0)::bigint"


# Triggers, and what was there before them

FUNCTION = """
CREATE FUNCTION {table}_{event}_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {counts} (corpus_id, name, number)
        SELECT corpus_id, name, sum(number) FROM ({rows}) r GROUP BY 1, 2 HAVING sum(number) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER {event}_counted AFTER {event} ON {table} REFERENCING {named} FOR EACH STATEMENT
    EXECUTE FUNCTION {table}_{event}_counted();
"""
ADDED, GONE = "NEW TABLE AS added", "OLD TABLE AS gone"
EVENTS = {"insert": ADDED, "update": f"{GONE} {ADDED}", "delete": GONE}


def made(of: Counted) -> str:
    """SQL that begins to count. Nobody may write the table meanwhile, as no other does while it gets a trigger."""
    triggers = [
        FUNCTION.format(table=of.table, event=event, counts=TABLE, named=named, rows=differences(of, named))
        for event, named in EVENTS.items()
    ]
    return "".join(triggers) + f"INSERT INTO {TABLE} (corpus_id, name, number) {counted(of)};"


def dropped(of: Counted) -> str:
    triggers = [f"DROP TRIGGER {event}_counted ON {of.table}; DROP FUNCTION {of.table}_{event}_counted();" for event in EVENTS]
    return "".join(triggers) + f"DELETE FROM {TABLE} WHERE name IN ({names(of)});"  # noqa: S608 - of our own words


def differences(of: Counted, named: str) -> str:
    """SQL of what the rows of a statement make: one more for each that is there now, one less for each that was."""
    return " UNION ALL ".join(
        f"SELECT r.corpus_id, n.name, {number} AS number FROM {rows} r {each_number(of)}"  # noqa: S608 - of our own words
        for rows, number in {"added": "1", "gone": "-1"}.items()
        if rows in named
    )


def counted(of: Counted) -> str:
    """SQL of the counts as the table itself says them."""
    return f"SELECT r.corpus_id, n.name, count(*) AS number FROM {of.table} r {each_number(of)} GROUP BY 1, 2"  # noqa: S608


def each_number(of: Counted) -> str:
    values = ", ".join(f"('{name}', {condition})" for name, condition in of.numbers.items())
    return f"CROSS JOIN LATERAL (VALUES {values}) n(name, counts) WHERE n.counts"


def names(of: Counted) -> str:
    return ", ".join(f"'{name}'" for name in of.numbers)


# What the worker and commands do

ADD_UP = f"""WITH several AS (SELECT corpus_id, name FROM {TABLE} GROUP BY 1, 2
        HAVING count(*) > 1 OR NOT EXISTS (SELECT FROM corpus_corpus c WHERE c.id = corpus_id)),
    gone AS (DELETE FROM {TABLE} r USING several s WHERE (r.corpus_id, r.name) = (s.corpus_id, s.name) RETURNING r.*)
    INSERT INTO {TABLE} (corpus_id, name, number) SELECT corpus_id, name, sum(number) FROM gone
        WHERE corpus_id IN (SELECT id FROM corpus_corpus) GROUP BY 1, 2 HAVING sum(number) <> 0"""  # noqa: S608 - of our own words


def add_up() -> None:
    """Make one row of all those of a count; none of a corpus that is gone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        cursor.execute(ADD_UP)


def recount(all_counted: Iterable[Counted]) -> None:
    """Count anew, whatever the rows say. What others write meanwhile adds its own rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        for of in all_counted:
            cursor.execute(
                f"""WITH gone AS (DELETE FROM {TABLE} WHERE name IN ({names(of)}))
                INSERT INTO {TABLE} (corpus_id, name, number) {counted(of)}"""  # noqa: S608 - of our own words
            )


def disagreements(all_counted: Iterable[Counted]) -> str:
    """SQL of the counts that are not what the tables say: corpus, its slug, name, what is counted, what there is."""
    there = " UNION ALL ".join(counted(of) for of in all_counted)
    kept = f"SELECT corpus_id, name, sum(number) AS number FROM {TABLE} GROUP BY 1, 2"  # noqa: S608 - of our own words
    return f"""SELECT c.id, c.slug, d.name, d.kept, d.there
        FROM (SELECT corpus_id, name, coalesce(k.number, 0) AS kept, coalesce(t.number, 0) AS there
            FROM ({kept}) k FULL JOIN ({there}) t USING (corpus_id, name)) d JOIN corpus_corpus c ON c.id = d.corpus_id
        WHERE d.kept <> d.there ORDER BY c.slug, d.name"""  # noqa: S608 - of our own words
