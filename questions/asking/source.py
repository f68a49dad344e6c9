"""What a question is put to: the index, and in place of what it is behind with, entries derived on the spot."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from corpus.models import Corpus
from questions.index.entries_sql import COLUMNS, ENTRIES
from questions.index.keep import parameters, with_articles

MOST_LIVE = 200
NAMES = ", ".join(COLUMNS)
LIVE = f"live AS MATERIALIZED ({ENTRIES})"
BESIDE = f"""(SELECT {NAMES} FROM questions_entry WHERE assignment_id <> ALL(%(ids)s::uuid[])
    UNION ALL SELECT {NAMES} FROM live)"""  # noqa: S608 - of our own words


# What the corpus waits for, and how many entries PostgreSQL expects the index to have. An assignment that is gone may have been of any corpus.
WAITING = """SELECT DISTINCT s.assignment FROM questions_stale s LEFT JOIN annotations_assignment a ON a.id = s.assignment
    LEFT JOIN corpus_document d ON d.id = a.document_id WHERE a.id IS NULL OR d.corpus_id = %(corpus)s"""
STATE = f"""SELECT ARRAY({WAITING} LIMIT %(most)s), (SELECT reltuples FROM pg_class WHERE oid = 'questions_entry'::regclass)"""  # noqa: S608
NUMBER = f"SELECT count(*) FROM ({WAITING}) waiting"  # noqa: S608 - of our own words

# What is derived alone, with columns of the same types as beside the index.
DERIVED = f"(SELECT {NAMES} FROM questions_entry WHERE false UNION ALL SELECT {NAMES} FROM live)"  # noqa: S608 - of our own words


class EntrySource(NamedTuple):
    """`table`: what FROM takes; `tables`: what WITH must say for it; `behind`: how many assignments the answer does not heed yet;
    `expected`: how many entries of all corpora PostgreSQL expects in the index."""

    table: str
    tables: str
    values: dict[str, Any]
    behind: int
    expected: float = 0


def source(corpus: Corpus) -> EntrySource:
    """True at once: a save counts from its commit on, as long as the index is not far behind with this corpus. What others wait for
    is in no number here."""
    values = {"corpus": corpus.pk, "most": MOST_LIVE + 1}
    with connection.cursor() as cursor:
        cursor.execute(STATE, values)
        stale, expected = cursor.fetchone()
        if not stale:
            return EntrySource("questions_entry", "", {}, 0, expected)
        if len(stale) > MOST_LIVE:
            cursor.execute(NUMBER, values)
            return EntrySource("questions_entry", "", {}, cursor.fetchone()[0], expected)
    return EntrySource(BESIDE, LIVE, parameters(with_articles(stale)), 0, expected)
