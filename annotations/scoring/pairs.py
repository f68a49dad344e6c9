"""Which pairs of readings there are, and their counts as far as they are up to date.

A reading counts at its `independent` revision, a gold and a rereading as they were submitted. A text that several people have read gives a
pair for each two of them, one for each with the gold, and one for each with the rereading of the same person.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, JSONField, Value
from django.utils import timezone

from annotations.agreement.all_readers import reader_counts
from annotations.agreement.pair_counts import METHOD, gamma_counts, pair_counts
from annotations.agreement.reading import ReadingView
from annotations.documents.build import documents
from annotations.models import Assignment, PairScore
from annotations.schemes.stored import compiled
from annotations.scoring.at_revision import at_revision
from annotations.scoring.versions import SchemeChanges

AT_ONCE = 50  # pairs
GAMMA_PAIRS = 300  # of each other, and as many with the gold and of one person twice: gamma takes a fifth of a second for a pair
SEED_BITS = 2**31 - 1

READINGS = """
WITH readings AS (
    SELECT a.id, a.document_id, a.annotator_id, a.independent AS revision FROM annotations_assignment a
    JOIN corpus_document d ON d.id = a.document_id
    WHERE a.role = 'annotation' AND a.independent IS NOT NULL AND a.status IN ('open', 'submitted')
        AND (%(corpus)s::int IS NULL OR d.corpus_id = %(corpus)s)
), pairs AS (
    SELECT l.id AS "left", l.revision AS left_revision, r.id AS "right", r.revision AS right_revision
    FROM readings l JOIN readings r ON r.document_id = l.document_id AND r.annotator_id > l.annotator_id
    UNION ALL
    SELECT g.id, g.revision, r.id, r.revision FROM annotations_assignment g JOIN readings r ON r.document_id = g.document_id
    WHERE g.role = 'adjudication' AND g.status = 'submitted'
    UNION ALL
    SELECT r.id, r.revision, s.id, s.revision FROM annotations_assignment s
    JOIN readings r ON r.document_id = s.document_id AND r.annotator_id = s.annotator_id
    WHERE s.role = 'rereading' AND s.status = 'submitted'
)
"""
PENDING = f"""{READINGS} SELECT p."left", p.left_revision, p."right", p.right_revision FROM pairs p
LEFT JOIN annotations_pairscore s ON s.left_id = p."left" AND s.right_id = p."right"
    AND (s.left_revision, s.right_revision, s.method) = (p.left_revision, p.right_revision, %(method)s)
WHERE s.id IS NULL ORDER BY p."right", p."left" LIMIT %(most)s"""  # noqa: S608 - of our own words
CURRENT = f"""{READINGS} SELECT array_agg(s.id) FILTER (WHERE s.id IS NOT NULL), count(*) FILTER (WHERE s.id IS NULL) FROM pairs p
LEFT JOIN annotations_pairscore s ON s.left_id = p."left" AND s.right_id = p."right"
    AND (s.left_revision, s.right_revision, s.method) = (p.left_revision, p.right_revision, %(method)s)"""  # noqa: S608 - likewise


# The same pairs each time: their order is drawn by the ids of the readings.
DRAWN = f"""{READINGS}, drawn AS (
    SELECT s.id, s.left_id, s.left_revision, s.right_id, s.right_revision, s.counts ? 'gamma' AS has_gamma,
        row_number() OVER (PARTITION BY d.corpus_id, l.role, t.role ORDER BY md5(s.left_id::text || s.right_id::text)) AS place
    FROM pairs p JOIN annotations_pairscore s ON s.left_id = p."left" AND s.right_id = p."right"
        AND (s.left_revision, s.right_revision, s.method) = (p.left_revision, p.right_revision, %(method)s)
    JOIN annotations_assignment l ON l.id = s.left_id JOIN annotations_assignment t ON t.id = s.right_id
    JOIN corpus_document d ON d.id = l.document_id
) SELECT id, left_id, left_revision, right_id, right_revision FROM drawn WHERE place <= %(most)s AND NOT has_gamma ORDER BY id"""  # noqa: S608 - likewise


# Texts with three or more readings: beside the counts of the pair of their first two, those of all of them.
OF_MANY = f"""{READINGS}, texts AS (
    SELECT array_agg(id::text ORDER BY annotator_id) AS ids, array_agg(revision ORDER BY annotator_id) AS revisions
    FROM readings GROUP BY document_id HAVING count(*) > 2
) SELECT s.id, t.ids, t.revisions FROM texts t
JOIN annotations_pairscore s ON s.left_id = t.ids[1]::uuid AND s.right_id = t.ids[2]::uuid
    AND (s.left_revision, s.right_revision, s.method) = (t.revisions[1], t.revisions[2], %(method)s)
WHERE s.counts #> '{{readers,of}}' IS DISTINCT FROM jsonb_object(t.ids, t.revisions::text[]) ORDER BY s.id"""  # noqa: S608 - likewise


class ReadingPair(NamedTuple):
    left: UUID
    left_revision: int
    right: UUID
    right_revision: int


def pending(corpus: int | None = None, most: int | None = None) -> list[ReadingPair]:
    """Pairs whose counts are missing or out of date."""
    with connection.cursor() as cursor:
        cursor.execute(PENDING, {"corpus": corpus, "method": METHOD, "most": most})
        return [ReadingPair(*row) for row in cursor.fetchall()]


class CurrentScores(NamedTuple):
    """Keys of scores that are up to date, and of how many pairs they are missing or out of date."""

    keys: list[int]
    pending: int


def current(corpus: int) -> CurrentScores:
    """Fetched: as a part of a longer query they would be planned as if they were few."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, {"corpus": corpus, "method": METHOD})
        keys, missing = cursor.fetchone()
        return CurrentScores(keys or [], missing)


def score(corpus: int | None = None, seconds: float | None = None) -> int:
    """Count what is missing, for so long; how many pairs that were. Whoever is killed has stored whole pairs."""
    until, done = None if seconds is None else time.monotonic() + seconds, 0
    for some in batched(pending(corpus), AT_ONCE):
        store(some)
        done += len(some)
        if until and time.monotonic() > until:
            break
    return done


def score_gamma(corpus: int | None = None, seconds: float | None = None) -> int:
    """Add gamma to the counts of the drawn pairs of each corpus, for so long; to how many."""
    until, done = None if seconds is None else time.monotonic() + seconds, 0
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, {"corpus": corpus, "method": METHOD, "most": GAMMA_PAIRS})
        rows = cursor.fetchall()
    for pk, *pair in rows:
        if until and time.monotonic() > until:
            break
        one = ReadingPair(*pair)
        # Not where the pair was counted anew meanwhile.
        still = PairScore.objects.filter(pk=pk, left_revision=one.left_revision, right_revision=one.right_revision, method=METHOD)
        done += still.update(counts=with_more({"gamma": gamma_of(one)}), at=timezone.now())
    return done


def gamma_of(pair: ReadingPair) -> dict[str, Any]:
    """The same each time it is measured."""
    views, _ = views_of([pair])
    return gamma_counts(views[pair.left], views[pair.right], seed=pair.right.int & SEED_BITS)


def score_readers(corpus: int | None = None, seconds: float | None = None) -> int:
    """Count all readings of a text together where they are more than two, for so long; of how many texts."""
    until, done = None if seconds is None else time.monotonic() + seconds, 0
    with connection.cursor() as cursor:
        cursor.execute(OF_MANY, {"corpus": corpus, "method": METHOD})
        rows = cursor.fetchall()
    for pk, ids, revisions in rows:
        if until and time.monotonic() > until:
            break
        whole = readers_of(dict(zip(ids, revisions, strict=True)))
        still = PairScore.objects.filter(pk=pk, left_revision=revisions[0], right_revision=revisions[1], method=METHOD)
        done += still.update(counts=with_more({"readers": whole}), at=timezone.now())
    return done


def readers_of(revisions: Mapping[str, int]) -> dict[str, Any]:
    """Counts of all readings of a text, by their ids in the order of their annotators."""
    views, lengths = views_at({UUID(key): revision for key, revision in revisions.items()})
    readings = [views[UUID(key)] for key in revisions]
    of = {key: str(revision) for key, revision in revisions.items()}
    return {"of": of, "layers": reader_counts(readings, lengths[UUID(next(iter(revisions)))])}


def with_more(counts: dict[str, Any]) -> Func:
    """The counts of a row and these, in one step."""
    return Func(F("counts"), Value(counts, JSONField()), arg_joiner=" || ", template="(%(expressions)s)")


def store(pairs: Sequence[ReadingPair]) -> None:
    views, lengths = views_of(pairs)
    now = timezone.now()
    rows = [
        PairScore(
            left_id=pair.left,
            left_revision=pair.left_revision,
            right_id=pair.right,
            right_revision=pair.right_revision,
            method=METHOD,
            counts=pair_counts(views[pair.left], views[pair.right], lengths[pair.left]),
            at=now,
        )
        for pair in pairs
    ]
    fields = ["left_revision", "right_revision", "method", "counts", "at"]
    PairScore.objects.bulk_create(rows, update_conflicts=True, unique_fields=["left", "right"], update_fields=fields)


def views_of(pairs: Iterable[ReadingPair]) -> tuple[dict[UUID, ReadingView], dict[UUID, int]]:
    """By assignment: its marks at the revision that counts, and the length of its text."""
    return views_at(
        {pk: number for pair in pairs for pk, number in ((pair.left, pair.left_revision), (pair.right, pair.right_revision))}
    )


def views_at(revisions: Mapping[UUID, int], until: int | None = None) -> tuple[dict[UUID, ReadingView], dict[UUID, int]]:
    """The same of assignments by their ids, each with the revision that counts; in the codes of the scheme `until`, by default the newest."""
    assignments = list(Assignment.objects.whole().filter(pk__in=revisions).order_by("pk"))
    views, lengths, changes = {}, {}, SchemeChanges(assignments)
    for assignment, (newest, text) in zip(assignments, documents(assignments), strict=True):
        native, revision = newest, revisions[assignment.pk]
        if native["revision"] != revision:
            native = at_revision(newest, assignment, revision)
        native = changes.mapped(native, assignment, revision, until)
        scheme = compiled(assignment.scheme).view
        views[assignment.pk] = ReadingView(native, {layer["code"]: scheme.kind(layer["code"]) for layer in scheme.layers})
        lengths[assignment.pk] = len(text)
    return views, lengths
