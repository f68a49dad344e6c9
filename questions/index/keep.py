"""Keeps the index: takes up what is behind, and makes all of it anew."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import batched, chain, cycle
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from annotations.documents.build import PLANNED_ONCE, documents_of, documents_statement
from annotations.documents.checks_sql import FOR_CHECKS
from annotations.models import Assignment
from annotations.queries.findings import contexts_in, views_of
from annotations.schemes.measures_data import DATED_STATEMENT, register_of
from corpus.db.round_trip import Statement, numbered, round_trip, under_way
from corpus.db.running_counts import ARTICLES, recount
from corpus.db.unhurried import UNHURRIED
from corpus.models import Corpus
from questions.index.article_counts import MARKED_ARTICLES
from questions.index.entries_sql import COLUMNS, MADE, OF_ASSIGNMENT, TABLES
from questions.index.findings import AT_ONCE as CHECKED_AT_ONCE
from questions.index.findings import KEPT, READINGS, checked_statement, finding_statements, kept_rows, rows_of_all
from questions.index.scheme_roles import VERSIONS, scheme_roles
from questions.models import Entry, IndexedAssignment, IndexedFinding, Stale

AT_ONCE = 200
NAMES = ", ".join(COLUMNS)
# The worker writes entries while nobody else does; the jobs of a rebuild share the lock.
LOCK, REBUILD = "hashtext('questions.index')", "hashtext('questions.index.rebuild')"
# Nobody waits for a batch of long texts as for a page, and to compile ENTRIES takes longer than to carry it out. Of 200 assignments PostgreSQL
# would read all marks of all corpora in their order, since it takes pages out of their order for four times as dear as on a disk that turns.
PATIENT = (
    f"{UNHURRIED}, set_config('statement_timeout', '600s', true), set_config('jit', 'off', true), "
    "set_config('random_page_cost', '1.1', true)"
)
TAKEN = """DELETE FROM questions_stale WHERE number IN (SELECT number FROM questions_stale ORDER BY number LIMIT %(most)s)
    RETURNING assignment"""
# With the others of their articles: which of them is the best may have changed.
OF_ARTICLES = """SELECT b.id FROM annotations_assignment b JOIN corpus_document d ON d.id = b.document_id
    WHERE d.article_id IN (SELECT t.article_id FROM annotations_assignment a JOIN corpus_document t ON t.id = a.document_id
        WHERE a.id = ANY(%(ids)s::uuid[]))"""
# What says what it said stays: most of an article does when somebody has saved a mark of it, and a row that is written goes into nineteen
# indexes. One statement, since what is derived is derived once; no row is both deleted and inserted.
REPLACED = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "id")
REPLACED_ASSIGNMENT = ", ".join(f"{name} = excluded.{name}" for name in OF_ASSIGNMENT if name != "assignment_id")
TAKEN_UP = ", ".join(OF_ASSIGNMENT)
# Whether an entry `e` says what was made, `m`. There is no operator that compares an array of varchar with one of text.
OF_CODES = "modalities evidences reliabilities credibilities place_roles figure_labels".split()
COMPARED = [f"{{}}.{name}::text[]" if name in OF_CODES else f"{{}}.{name}" for name in COLUMNS]
SAME = " IS NOT DISTINCT FROM ".join(f"({', '.join(each.format(table) for each in COMPARED)})" for table in "em")
WRITTEN = f"""{TABLES}, made AS MATERIALIZED (SELECT {NAMES} FROM ({MADE}) each_of_them),
    skipped AS (DELETE FROM questions_indexedassignment
        WHERE assignment_id = ANY(%(ids)s::uuid[]) AND NOT assignment_id = ANY(ARRAY(SELECT assignment_id FROM wanted))),
    taken_up AS (INSERT INTO questions_indexedassignment ({TAKEN_UP})
        SELECT {", ".join(OF_ASSIGNMENT.values())} FROM wanted
        EXCEPT SELECT {TAKEN_UP} FROM questions_indexedassignment WHERE assignment_id = ANY(%(ids)s::uuid[])
        ON CONFLICT (assignment_id) DO UPDATE SET {REPLACED_ASSIGNMENT}),
    gone AS (DELETE FROM questions_entry e
        WHERE e.assignment_id = ANY(%(ids)s::uuid[]) AND NOT EXISTS (SELECT FROM made m WHERE m.id = e.id))
    INSERT INTO questions_entry ({NAMES}) SELECT {NAMES} FROM made m WHERE NOT EXISTS (
            SELECT FROM questions_entry e WHERE e.assignment_id = ANY(%(ids)s::uuid[]) AND e.id = m.id AND {SAME})
        ON CONFLICT (id) DO UPDATE SET {REPLACED}"""  # noqa: S608 - of our own words
WRITTEN = numbered(WRITTEN, "ids", "roles")
# To plan ENTRIES takes three times as long as to carry it out for one article. The plan that holds for any few of them would go
# through what it has made of many of them again and again.
FEW = 8
PLANNED_ANEW: Statement = ("SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)", ())


class RebuildUnderWay(Exception):
    """Somebody else makes the index anew at this moment."""


def take_up(most: int = AT_ONCE) -> bool:
    """Index what has been behind longest; whether there was any. One transaction: whoever is killed has done nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({LOCK}), {PATIENT}")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(TAKEN, {"most": most})
        stale = {assignment for (assignment,) in cursor.fetchall()}
        if stale:
            write(with_articles(stale))
        return bool(stale)


def rebuild(corpus: Corpus | None = None, jobs: int = 1) -> Iterator[int]:
    """Make all entries and findings anew, of one corpus or of all, and tell after each step how many assignments that were.

    `jobs`: how many connections do that at once; more than one only outside a transaction. Raises RebuildUnderWay.
    """
    with only_rebuild():
        forget_what_is_gone(corpus)
        recount([ARTICLES, MARKED_ARTICLES])
        batches = batched(assignments(corpus), AT_ONCE)
        yield from map(make_anew, batches) if jobs == 1 else made_side_by_side(batches, jobs)


def forget_what_is_gone(corpus: Corpus | None) -> None:
    for rows in (Entry.objects, IndexedAssignment.objects, IndexedFinding.objects):
        gone = rows.exclude(assignment__in=Assignment.objects.order_by())
        gone.filter(**of(corpus, "corpus")).delete()


def make_anew(ids: Sequence[UUID]) -> int:
    """In one transaction; how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({LOCK}), {PATIENT}")
        Stale.objects.filter(assignment__in=ids).delete()
        write(ids)
    return len(ids)


def made_side_by_side(batches: Iterable[Sequence[UUID]], jobs: int) -> Iterator[int]:
    """None waits for another, as the batches have no assignment in common. An error ends it when what is under way is done."""
    with ExitStack() as stack:
        lanes = [stack.enter_context(lane()) for _ in range(jobs)]
        begun: deque[Future[int]] = deque()
        for ids, own in zip(batches, cycle(lanes), strict=False):
            begun.append(own.submit(make_anew, ids))
            if len(begun) > 2 * jobs:
                yield begun.popleft().result()
        yield from (each.result() for each in begun)


@contextmanager
def lane() -> Iterator[ThreadPoolExecutor]:
    """A thread with a connection of its own."""
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread
        finally:
            thread.submit(connections.close_all).result()


@contextmanager
def only_rebuild() -> Iterator[None]:
    """Two would write the same entries and wait for each other. Raises RebuildUnderWay."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({REBUILD})")
        if not cursor.fetchone()[0]:
            raise RebuildUnderWay("The index is being made anew already: wait for the end of the other manage.py index.")
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({REBUILD})")


def write(ids: Iterable[UUID]) -> None:
    """Make the entries and findings of these assignments what their marks say; one that is gone has none."""
    for some in batched(ids, CHECKED_AT_ONCE):
        write_some(list(some))


def write_some(ids: list[UUID]) -> None:
    """The same of so many as are read together. PostgreSQL makes the entries while Python checks. Most saves change no finding."""
    asked = [VERSIONS.statement(), DATED_STATEMENT, checked_statement(ids), READINGS.statement(ids=ids)]
    versions, register, checked, known = round_trip(asked)
    readings = [reading for reading in READINGS.all_made(known) if (reading.pk,) in checked]
    documents = [documents_statement(readings, FOR_CHECKS)] if readings else []
    _, kept, *read = round_trip([PLANNED_ONCE, (KEPT, [ids]), *documents])
    entries = WRITTEN, [ids, json.dumps(scheme_roles(versions))]
    views = views_of(readings, register_of(register))
    with under_way(PLANNED_ONCE if len(ids) <= FEW else PLANNED_ANEW, entries):
        findings = list(rows_of_all(readings, contexts_in(readings, documents_of(chain(*read)), views)))
    if findings != kept_rows(kept):
        round_trip(finding_statements(ids, findings))


def with_articles(ids: Iterable[UUID]) -> set[UUID]:
    """These assignments and the others of their articles."""
    known = set(ids)
    with connection.cursor() as cursor:
        cursor.execute(OF_ARTICLES, {"ids": list(known)})
        return known | {pk for (pk,) in cursor.fetchall()}


def assignments(corpus: Corpus | None) -> list[UUID]:
    rows = Assignment.objects.filter(**of(corpus, "document__corpus")).order_by("document__article", "pk")
    return list(rows.values_list("pk", flat=True))


def of(corpus: Corpus | None, path: str) -> dict[str, Any]:
    return {path: corpus} if corpus else {}


def parameters(ids: Iterable[UUID]) -> dict[str, Any]:
    """What ENTRIES asks for."""
    return {"ids": list(ids), "roles": json.dumps(scheme_roles())}
