"""Seals over the evidence log: made every minute by the worker, up to where the log is complete, so that no writer waits."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from corpus.models import EvidenceLog, Seal

# Two workers never make one at a time: whoever comes second has nothing to do.
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('attest.seal'))"
HASH = """encode(sha256(convert_to(concat_ws('|', {before}, {number}, (extract(epoch FROM {at}) * 1000000)::bigint, {upto}, {entries},
    encode({fold}, 'hex')), 'UTF8')), 'hex')"""
# The order of the questions matters: see annotations.models.change.settled.
REACHED = "SELECT coalesce(pg_sequence_last_value('corpus_evidencelog_number_seq'::regclass), 0)"
WRITING = "SELECT attest_entry_writers_from()"
MAKE = f"""
INSERT INTO corpus_seal (number, at, upto, entries, hash)
SELECT number, now(), %(upto)s, entries, {HASH.format(before="before", number="number", at="now()", upto="%(upto)s::bigint", entries="entries", fold="fold")}
FROM (SELECT coalesce(max(number), 0) + 1 AS number, coalesce(max(upto), 0) AS after,
        coalesce((array_agg(hash ORDER BY number DESC))[1], '') AS before FROM corpus_seal) last
CROSS JOIN LATERAL (SELECT count(*) AS entries, attest_chain(e.hash ORDER BY e.number) AS fold FROM corpus_evidencelog e
    WHERE e.number > last.after AND e.number <= %(upto)s) e
WHERE entries > 0"""  # noqa: S608 - of our own words
# Every seal: whether it follows the one before it and is the hash of what it covers, how many entries it says and has.
SEALED = f"""
SELECT s.number, s.at, s.number = s.place, s.hash = {HASH.format(before="s.before", number="s.number", at="s.at", upto="s.upto", entries="s.entries", fold="e.fold")},
    s.entries, e.entries
FROM (SELECT *, row_number() OVER w AS place, coalesce(lag(hash) OVER w, '') AS before, coalesce(lag(upto) OVER w, 0) AS after
    FROM corpus_seal WINDOW w AS (ORDER BY number)) s
CROSS JOIN LATERAL (SELECT count(*) AS entries, attest_chain(e.hash ORDER BY e.number) AS fold FROM corpus_evidencelog e
    WHERE e.number > s.after AND e.number <= s.upto) e
ORDER BY s.number"""  # noqa: S608 - of our own words


@transaction.atomic
def seal() -> Seal | None:
    """Seal what was recorded since the last seal; None where nothing was, or another worker is at it."""
    with connection.cursor() as cursor:
        if not answer(cursor, ALONE):
            return None
        reached, writing = answer(cursor, REACHED), answer(cursor, WRITING)
        upto = reached if writing is None else min(reached or 0, writing)
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        cursor.execute(MAKE, {"upto": upto})
        return Seal.objects.order_by("-number").first() if cursor.rowcount else None


def answer(cursor: Any, question: str) -> int | None:
    cursor.execute(question)
    value: int | None = cursor.fetchone()[0]
    return value


def newest() -> dict[str, Any] | None:
    """The last seal, as an export carries it."""
    last = Seal.objects.order_by("-number").first()
    return {"number": last.number, "at": last.at.isoformat(), "sha256": last.hash} if last else None


def unsealed() -> int:
    """Entries that no seal covers yet."""
    last = Seal.objects.order_by("-number").values_list("upto", flat=True).first()
    return EvidenceLog.objects.filter(number__gt=last or 0).count()
