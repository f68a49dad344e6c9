"""That a job has run for long, told on the pages where somebody may wait for it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from corpus.models import Corpus

LONG_SECONDS = 120
LONGEST = """
WITH long AS MATERIALIZED (
    SELECT job.id, job.task_name, job.args, started.age
    FROM procrastinate_jobs AS job CROSS JOIN LATERAL (
        SELECT extract(epoch FROM now() - max(event.at))::int AS age
        FROM procrastinate_events AS event WHERE event.job_id = job.id AND event.type = 'started') AS started
    WHERE job.status = 'doing' AND started.age > %s ORDER BY started.age DESC LIMIT 1
)
SELECT long.task_name, long.age, coalesce(given.name, feed.url, ''), coalesce(given.corpus_id, feed.corpus_id)
FROM long
LEFT JOIN corpus_feed AS feed ON long.task_name = 'ask_feed' AND feed.id = (long.args ->> 'feed')::bigint
LEFT JOIN LATERAL (
    SELECT delivery.name, intake.corpus_id FROM corpus_delivery AS delivery JOIN corpus_intake AS intake ON intake.id = delivery.intake_id
    WHERE delivery.job = long.id AND delivery.state = 'reading' ORDER BY delivery.position LIMIT 1) AS given ON true
"""
KINDS = {
    "read_intake": "reading a file",
    "fetch_page": "fetching a page",
    "ask_feed": "refreshing a feed",
    "load_marks": "importing annotations",
    "move_marks": "merging entities",
    "screen_entities": "screening entities",
    "set_copies_apart": "comparing texts",
    "index_words": "indexing words",
    "mail_digest": "sending a mail",
    "load_list_version": "loading a sanctions list",
    "ask_list": "refreshing a sanctions list",
    "promote_pages": "promoting pages of a lake",
}
NAMED = {"read_intake": "reading {}", "fetch_page": "fetching {}", "ask_feed": "refreshing the feed {}"}


class LongJob(NamedTuple):
    task: str
    seconds: int
    name: str
    corpus: int | None


def long_job(corpus: Corpus) -> str:
    """“A job has run for 7 minutes: reading report.pdf.” Empty for none; a job of another corpus is told without its name."""
    with connection.cursor() as cursor:
        cursor.execute(LONGEST, [LONG_SECONDS])
        row = cursor.fetchone()
    if row is None:
        return ""
    job = LongJob(*row)
    is_own = job.corpus == corpus.pk and job.task in NAMED
    what = NAMED[job.task].format(job.name) if is_own else KINDS.get(job.task, "something else")
    return f"A job has been running for {job.seconds // 60} minutes: {what}. Queued items may have to wait."
