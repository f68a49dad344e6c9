"""Things are given: files and addresses become deliveries of an intake, each with a job for the worker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from corpus.ingest import IngestError, result
from corpus.models import Corpus, Delivery, Intake, IntakeItem
from corpus.readers.budget import EACH, MEGABYTE

SILENT_SECONDS = 30
AT_ONCE = 1000
FORGOTTEN = """
SELECT id FROM corpus_delivery WHERE state IN ('waiting', 'reading') AND NOT EXISTS (
    SELECT FROM procrastinate_jobs
    WHERE task_name = 'read_delivery' AND status IN ('todo', 'doing') AND args->>'delivery' = corpus_delivery.id::text
) LIMIT %s FOR UPDATE SKIP LOCKED
"""
NAME_MAX = 1000
# What would end a line or a string where the name is written.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def open_intake(corpus: Corpus, *, user: Any, door: str, look_first: bool = False) -> Intake:
    return Intake.objects.create(corpus=corpus, user=user, door=door, look_first=look_first)


def bring_in(
    corpus: Corpus,
    files: Iterable[tuple[str, bytes]],
    urls: Iterable[str],
    *,
    user: Any,
    door: str,
    with_pages: bool = False,
    look_first: bool = False,
) -> Intake:
    """An intake of files and addresses. A file that is not taken is a failed item at once, and no harm to the others."""
    intake = open_intake(corpus, user=user, door=door, look_first=look_first)
    for name, content in files:
        try:
            deliver(intake, name, content)
        except IngestError as error:
            result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error))
    deliver_addresses(intake, urls, with_pages=with_pages)
    intake.close()
    return intake


def deliver(intake: Intake, name: str, content: bytes) -> Delivery:
    """A file. Raises IngestError for one that is empty, too large or without a proper name: it need not wait to be told so."""
    if not name.strip() or len(name) > NAME_MAX or CONTROL.search(name):
        raise IngestError(f"a file has a name of 1 to {NAME_MAX:,} characters, none of which is a line end or control character")
    if not content:
        raise IngestError("the file is empty")
    if len(content) > EACH:
        raise IngestError(f"the file is too large: {EACH // MEGABYTE} MB are taken at most")
    return given(intake, name=name, content=content, size=len(content))


def deliver_addresses(intake: Intake, urls: Iterable[str], *, with_pages: bool = False) -> list[Delivery]:
    return [given(intake, name=url, url=url, with_pages=with_pages) for url in urls]


@transaction.atomic
def given(intake: Intake, **fields: Any) -> Delivery:
    """The row and its job come together or not at all."""
    Intake.objects.select_for_update().get(pk=intake.pk)
    last = intake.deliveries.aggregate(last=Max("position"))["last"]
    made = Delivery.objects.create(intake=intake, position=0 if last is None else last + 1, **fields)
    Intake.objects.filter(pk=intake.pk).update(finished=None)
    defer_reading(made)
    return made


def defer_reading(delivery: Delivery) -> None:
    """By its name: the job's own module knows this one."""
    app.configure_task("read_delivery", queue="intake").defer(delivery=str(delivery.pk))


@transaction.atomic
def defer_forgotten() -> int:
    """A job for each delivery that waits without one: its own failed with the database, or ended too many workers. How many those are."""
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN, [AT_ONCE])
        keys = [key for (key,) in cursor.fetchall()]
    for delivery in Delivery.objects.filter(pk__in=keys).defer("content"):
        defer_reading(delivery)
    return len(keys)


def is_worker_alive() -> bool:
    """A background worker writes a heartbeat every 10 seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [SILENT_SECONDS],
        )
        (alive,) = cursor.fetchone()
    return bool(alive)


@transaction.atomic
def retry(intake: Intake) -> int:
    """Try again what failed, of everything whose bytes or address are still there. How many deliveries that are."""
    failed = intake.deliveries.select_for_update().filter(state=Delivery.State.FAILED)
    for delivery in failed:
        delivery.items.filter(outcome=IntakeItem.Outcome.FAILED).delete()
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.WAITING, tries=0)
        defer_reading(delivery)
    if failed:
        Intake.objects.filter(pk=intake.pk).update(finished=None)
    return len(failed)
