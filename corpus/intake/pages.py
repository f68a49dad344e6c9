"""Addresses become bytes: each site has a job for the worker while anything of it waits, and the job fetches one page.

So a site holds one slot at most, sites take turns, and nobody sleeps in a slot until a slow or strict one may be asked again. The
bytes then wait with those of files, to be read by the jobs of their intake: how long that takes is no matter of the web.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import transaction

from corpus.intake.fetch import Page
from corpus.intake.hosts import fetch, rest
from corpus.intake.ingest import fit
from corpus.intake.limits import FetchError, Later
from corpus.intake.queue import FREE, TRIES, defer_fetching, defer_reading, fetch_row
from corpus.models import Delivery, Intake, IntakeItem

QUICK_SECONDS = 5.0  # a site that takes longer is left alone for as long as it took: it has a slot for half of the time at most
BEGIN = f"""
UPDATE corpus_delivery SET state = 'reading', tries = tries + 1, job = %(job)s::bigint
WHERE id = (
    SELECT id FROM corpus_delivery WHERE site = %(site)s AND state IN ('waiting', 'reading') AND {FREE}
    AND (due IS NULL OR due <= clock_timestamp())
    ORDER BY intake_id, position LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, intake_id, url, name, tries
"""  # noqa: S608 - our own words


class BegunFetch(NamedTuple):
    """A delivery whose page is being fetched."""

    id: UUID
    intake: int
    url: str
    name: str
    tries: int


def fetch_next(site: str, job: int) -> None:
    """Fetch one page of a site; what else waits has another job. Nothing is raised for what the site does."""
    row = fetch_row(BEGIN, {"site": site, "job": job})
    if row:
        began = time.monotonic()
        settle(BegunFetch(*row))
        took = time.monotonic() - began
        if took > QUICK_SECONDS:
            rest(site, took)
    if Delivery.objects.filter(site=site, state=Delivery.State.WAITING).exists():
        defer_fetching(site)


def settle(begun: BegunFetch) -> None:
    """Fetch it, and write down what came of that."""
    if begun.tries > TRIES:
        fail(begun, f"fetching it crashed the worker {TRIES} times")
        return
    try:
        page = cast(Page, fetch(begun.url))  # whoever sends no marks gets no None
    except Later as later:
        delivery_rows(begun).update(state=Delivery.State.WAITING, tries=begun.tries - 1, due=later.moment)
    except FetchError as error:
        fail(begun, str(error))
    else:
        keep_bytes(begun, page)


def delivery_rows(begun: BegunFetch) -> Any:
    return Delivery.objects.filter(pk=begun.id)


@transaction.atomic
def keep_bytes(begun: BegunFetch, page: Page) -> None:
    """The bytes, and a job that reads them, come together."""
    if delivery_rows(begun).update(
        state=Delivery.State.WAITING,
        site="",
        content=page.content,
        size=len(page.content),
        fetched_from=page.url[:2000],
        media_type=page.kind.replace("\0", "")[:200],
        tries=0,
    ):
        defer_reading(begun.intake)


@transaction.atomic
def fail(begun: BegunFetch, why: str) -> None:
    if delivery_rows(begun).update(state=Delivery.State.FAILED, site=""):
        fields = {"outcome": IntakeItem.Outcome.FAILED, "detail": why}
        IntakeItem.objects.get_or_create(intake_id=begun.intake, delivery_id=begun.id, name=fit(begun.name), defaults=fields)
        Intake.objects.get(pk=begun.intake).close()
