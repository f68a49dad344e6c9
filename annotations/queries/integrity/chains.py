"""The logs against their hashes: each batch of changes, each link of a chain, each seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from annotations.queries.integrity.fault import Fault, called, reading
from corpus.models import Corpus, EvidenceLog, Seal
from corpus.seals import SEALED

# After an erasure, the last entry about it holds the hash of the row without the name (decision 20).
ERASED = """(SELECT DISTINCT ON (e.chain, r.key) e.chain, r.key::int AS place, r.value AS digest FROM corpus_evidencelog e,
    jsonb_each_text(e.state -> '{part}') r WHERE e.kind = 'erasure' ORDER BY e.chain, r.key, e.position DESC)"""
LINKS = f"""SELECT e.chain, position, kind, op, at, position = before + 1 FROM (
    SELECT *, coalesce(lag(hash) OVER w, '') AS last, coalesce(lag(position) OVER w, 0) AS before
    FROM corpus_evidencelog WINDOW w AS (PARTITION BY chain ORDER BY position)) e
LEFT JOIN {ERASED.format(part="entries")} erased ON erased.chain = e.chain AND erased.place = e.position
WHERE position <> before + 1 OR CASE WHEN erased.digest IS NULL
    THEN hash <> attest_link(last, attest_entry(e.chain, position, kind, op, at, state))
    ELSE erased.digest <> encode(sha256(attest_entry(e.chain, position, kind, op, at, state)), 'hex') END"""  # noqa: S608 - of our own words

# The batches of the log beside their entries.
BATCHES = """
SELECT coalesce(c.assignment_id::text, substr(e.chain, 12)), coalesce(c.revision, e.revision), c.count, e.count, c.person
FROM (
    SELECT c.assignment_id, c.revision, count(*) AS count, min(u.username) AS person,
        encode(sha256(string_agg(attest_change(c.id, c.position, c.op, c.kind, c.object_id, c.digest, c.user_id, c.number, c.at,
            c.before, c.after, c.imported), ''::bytea ORDER BY c.position)), 'hex') AS digest
    FROM annotations_change c LEFT JOIN auth_user u ON u.id = c.user_id WHERE {own} GROUP BY c.assignment_id, c.revision
) c FULL JOIN (
    SELECT b.chain, (state ->> 'revision')::int AS revision, (state ->> 'changes')::int AS count,
        coalesce(erased.digest, state ->> 'sha256') AS digest
    FROM corpus_evidencelog b LEFT JOIN {erased} erased ON erased.chain = b.chain AND erased.place = (state ->> 'revision')::int
    WHERE kind = 'changes' AND {chained}
) e ON e.chain = 'assignment/' || c.assignment_id AND e.revision = c.revision
WHERE c.digest IS DISTINCT FROM e.digest ORDER BY 1, 2"""
OWN = """c.assignment_id IN (SELECT a.id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
    WHERE d.corpus_id = %(corpus)s)"""
CHAINED = """b.chain IN (SELECT 'assignment/' || a.id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
    WHERE d.corpus_id = %(corpus)s)"""


def rows_of(query: str, values: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(2_000):
            yield from rows


def seals(corpus: Corpus | None) -> Iterator[Fault]:
    """Seals are over all corpora, whichever is asked about."""
    for number, at, follows, is_true, expected, entries in rows_of(SEALED):
        noun = f"seal {number} of {at:%Y-%m-%d %H:%M}"
        if not follows:
            yield Fault("seal", noun, "the seal before it is missing")
        if entries != expected:
            yield Fault("seal", noun, f"it covers {entries} entries, but states {expected}")
        elif not is_true:
            yield Fault("seal", noun, "its hash does not match what it covers: an entry of the log, or the seal, was modified")


def links(corpus: Corpus | None) -> Iterator[Fault]:
    for chain, position, kind, op, at, follows in rows_of(LINKS):
        what = f"entry {position} of its log ({op} of {kind}, {at:%Y-%m-%d %H:%M})"
        detail = (
            "does not match the hash chain: it, or one before it, was modified" if follows else "the entry before it is missing"
        )
        yield Fault("chain", called(chain), f"{what} {detail}")


def batches(corpus: Corpus | None) -> Iterator[Fault]:
    limits = {"own": OWN, "chained": CHAINED} if corpus else {"own": "true", "chained": "true"}
    limits["erased"] = ERASED.format(part="batches")
    values = {"corpus": corpus.pk} if corpus else None
    for assignment, revision, count, expected, person in rows_of(BATCHES.format(**limits), values):
        yield Fault("change log", f"revision {revision} of {reading(assignment)}", batch_words(count, expected, person))


def batch_words(count: int | None, expected: int | None, person: str | None) -> str:
    if count is None:
        return f"its {expected} changes are missing from the log"
    if expected is None:
        return f"its {count} changes were added to the log outside Attest"
    if count != expected:
        return f"it has {count} changes, but the hash chain has {expected}"
    return f"one of its {count} changes, now by {person}, does not match the hash chain: user, time or content was modified"


# What is told besides


def newest() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def start() -> Any:
    """When the log began with what was there already; None where nothing was."""
    first = EvidenceLog.objects.filter(op=EvidenceLog.Op.START).order_by("number")
    return first.values_list("at", flat=True).first()


def kept(digest: str) -> Fault | None:
    """Of a seal that was kept elsewhere: what is wrong if it is not part of the history."""
    if Seal.objects.filter(hash=digest).exists():
        return None
    return Fault(
        "seal", f"seal {digest}", "is not a seal of this history: something that it covered was modified and sealed again"
    )
