"""Tallies are made of the log by the worker, whole weeks of a corpus at a time: what is written once is never counted twice.

How long somebody worked in a week is kept for 52 weeks; of older ones the time of all together.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from annotations.models import Tally, TallyReach
from annotations.models.change import settled

GAP = 300  # seconds without a change after which somebody is taken to be away
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('attest.tallies'))"
OLD = "(date_trunc('week', now() AT TIME ZONE 'UTC') - interval '52 weeks')::date"
WEEK = "date_trunc('week', c.at AT TIME ZONE 'UTC')::date"
# A reader's own changes: not what a file brought, a merge or a scheme change moved, or an adjudication decided.
OWN = """FROM annotations_change c JOIN annotations_assignment a ON a.id = c.assignment_id AND a.annotator_id = c.user_id
    AND a.role = 'annotation' JOIN corpus_document d ON d.id = a.document_id
    WHERE c.op <> 'import' AND NOT EXISTS (SELECT FROM annotations_movedbatch b WHERE (b.assignment_id, b.revision) = (a.id, c.revision))
    AND {of}"""
TALLIED = f"""
WITH own AS (
    SELECT d.corpus_id, c.user_id, {WEEK} AS week, c.op, coalesce(c.after, c.before) AS object, c.kind,
        least(extract(epoch FROM coalesce(lead(c.at) OVER w, c.at) - c.at), {GAP}) AS seconds
    {OWN} WINDOW w AS (PARTITION BY c.assignment_id, c.user_id, {WEEK} ORDER BY c.revision, c.position)
), labelled AS (
    SELECT corpus_id, user_id, week, op, '' AS label, seconds FROM own
    UNION ALL SELECT corpus_id, user_id, week, op, concat_ws('.', object ->> 'layer', object ->> 'label'), 0 FROM own WHERE kind = 'span'
), tallied AS (SELECT corpus_id, user_id, week, label, count(*) FILTER (WHERE op = 'create')::int AS made,
    count(*) FILTER (WHERE op = 'update')::int AS changed, count(*) FILTER (WHERE op = 'delete')::int AS removed,
    coalesce(sum(seconds), 0)::int AS seconds
FROM labelled GROUP BY corpus_id, user_id, week, label)
SELECT corpus_id, user_id, week, label, made, changed, removed, CASE WHEN week < {OLD} THEN 0 ELSE seconds END AS seconds FROM tallied
UNION ALL SELECT corpus_id, NULL, week, '', 0, 0, 0, sum(seconds)::int FROM tallied WHERE week < {OLD} AND seconds > 0
    GROUP BY corpus_id, week"""  # noqa: S608 - of our own words
# Of weeks that have become old since they were counted.
FORGET = f"""WITH forgotten AS (SELECT id, corpus_id, week, seconds FROM annotations_tally WHERE week < {OLD} AND seconds > 0 AND user_id IS NOT NULL),
sums AS (INSERT INTO annotations_tally (corpus_id, week, label, made, changed, removed, seconds)
    SELECT corpus_id, week, '', 0, 0, 0, sum(seconds) FROM forgotten GROUP BY corpus_id, week
    ON CONFLICT (corpus_id, week, user_id, label) DO UPDATE SET seconds = annotations_tally.seconds + excluded.seconds)
UPDATE annotations_tally t SET seconds = 0 FROM forgotten f WHERE t.id = f.id"""  # noqa: S608 - likewise
NAMES = "corpus_id, user_id, week, label, made, changed, removed, seconds"
TOUCHED = f"SELECT DISTINCT d.corpus_id, {WEEK} {OWN.format(of='c.number > %s AND c.number <= %s')} ORDER BY 1, 2"
ONE_WEEK = "d.corpus_id = %(corpus)s AND c.at >= %(week)s::timestamp AT TIME ZONE 'UTC' AND c.at < (%(week)s::date + 7)::timestamp AT TIME ZONE 'UTC'"
INSERT = f"INSERT INTO annotations_tally ({NAMES}) SELECT {NAMES} FROM ({TALLIED}) t"  # noqa: S608 - likewise
# What is not up to date on either side; what the log has beyond the reach is left to the worker.
DIFFERENCE = f"""WITH made AS ({TALLIED.format(of="c.number <= %(reach)s")}), kept AS (SELECT {NAMES} FROM annotations_tally)
    SELECT true, m.* FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) m
    UNION ALL SELECT false, k.* FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) k ORDER BY 2, 3, 4, 5, 1"""  # noqa: S608 - likewise


@transaction.atomic
def tally() -> int:
    """Bring the tallies up to where the log is complete. How many weeks of corpora were counted; 0 where another worker is at it."""
    upto = settled()
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return 0
        reach, _ = TallyReach.objects.get_or_create(pk=1, defaults={"number": 0})
        cursor.execute(FORGET)
        cursor.execute(TOUCHED, [reach.number, upto])
        weeks = cursor.fetchall()
        for corpus, week in weeks:
            Tally.objects.filter(corpus=corpus, week=week).delete()
            cursor.execute(
                INSERT.format(of=f"{ONE_WEEK} AND c.number <= %(upto)s"), {"corpus": corpus, "week": week, "upto": upto}
            )
        TallyReach.objects.filter(pk=1).update(number=upto)
        return len(weeks)


@transaction.atomic
def retally() -> int:
    """Make all anew. How many weeks of corpora that were."""
    Tally.objects.all().delete()
    TallyReach.objects.update_or_create(pk=1, defaults={"number": 0})
    return tally()


def disagreements() -> Iterator[str]:
    """Tallies that do not say what the log says, up to where they reach."""
    reach = TallyReach.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCE, {"reach": reach})
        for is_missing, corpus, user, week, label, *counts in cursor.fetchall():
            side = "the log has" if is_missing else "the tallies have"
            yield f"corpus {corpus}, account {user}, week of {week}, {label or 'all changes'}: {side} {', '.join(map(str, counts))}"
