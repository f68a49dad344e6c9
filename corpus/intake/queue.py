"""Jobs for what waits: each intake has one while anything is to be read, each site while anything of it is to be fetched.

A job takes what no other job has. Readings wait in the queue `intake`, what asks the web in the queue `fetch`, and each queue has
slots of its own in a worker: a file never waits for a host.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.intake.hosts import free_at
from corpus.models import Intake

TRIES = 3  # how often a thing may end the worker that has it
# It waits, or is left over from a job that no worker runs any more, or that a second worker has begun anew.
FREE = """(state = 'waiting' OR state = 'reading' AND (job = %(job)s::bigint OR NOT EXISTS (
    SELECT FROM procrastinate_jobs AS other WHERE other.id = corpus_delivery.job AND other.status = 'doing')))"""
UNREAD = f"""
SELECT DISTINCT intake_id FROM corpus_delivery WHERE state IN ('waiting', 'reading') AND {FREE} AND site = ''
AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'read_intake ' || intake_id AND status = 'todo')
"""  # noqa: S608 - our own words
UNFETCHED = f"""
SELECT DISTINCT site FROM corpus_delivery WHERE state IN ('waiting', 'reading') AND site <> '' AND {FREE}
AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'fetch_page ' || site AND status = 'todo')
"""  # noqa: S608 - our own words
NEXT_DUE = f"""
SELECT min(coalesce(due, clock_timestamp())) FROM corpus_delivery
WHERE site = %(site)s AND state IN ('waiting', 'reading') AND {FREE}
"""  # noqa: S608 - our own words
# Of two who give something of one site at a time, the second sees the job of the first.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('attest.fetch ' || %s, 0))"


@transaction.atomic
def defer_reading(intake: int) -> None:
    """A job that waits, if there is none. While this transaction lasts no worker takes it: it will see what is given here."""
    Intake.objects.select_for_update(no_key=True).get(pk=intake)
    lock = f"read_intake {intake}"
    if not list(ProcrastinateJob.objects.select_for_update().filter(queueing_lock=lock, status="todo").only("pk")):
        # By its name: the job's own module knows this one.
        app.configure_task("read_intake", queue="intake", queueing_lock=lock).defer(intake=intake)


@transaction.atomic
def defer_fetching(site: str) -> None:
    """A job that waits, if there is none, for when the site may be asked. While this transaction lasts no worker takes it."""
    lock = f"fetch_page {site}"
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [site])
    if not list(ProcrastinateJob.objects.select_for_update().filter(queueing_lock=lock, status="todo").only("pk")):
        # By its name: the job's own module knows this one. Its lock is that of the feeds of the site too.
        task = app.configure_task("fetch_page", queue="fetch", lock=lock_of(site), queueing_lock=lock, schedule_at=next_due(site))
        task.defer(site=site)


def lock_of(site: str) -> str:
    """Of all jobs that ask a site: one runs at a time."""
    return f"site {site}"


def next_due(site: str) -> datetime:
    """When the site may be asked for the first of what waits."""
    row = fetch_row(NEXT_DUE, {"site": site, "job": None})
    due: datetime = max(filter(None, [free_at(site), row and row[0]]))
    return due


def fetch_row(query: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def defer_forgotten() -> int:
    """A job for each intake and site of which something waits without one: it failed with the database, or ended too many workers.

    How many those are.
    """
    intakes, sites = keys(UNREAD), keys(UNFETCHED)
    for intake in intakes:
        defer_reading(intake)
    for site in sites:
        defer_fetching(site)
    return len(intakes) + len(sites)


def keys(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"job": None})
        return [key for (key,) in cursor.fetchall()]
