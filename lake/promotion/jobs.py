"""Promotions as jobs of the worker: begun, cancelled, and carried on by another worker where one was killed.

What is stored is skipped, and a page that failed is not tried again: so who goes on does nothing twice.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from corpus.jobs.heartbeat import got_on
from corpus.models import Corpus, Intake
from corpus.objects.crawls import name_below
from corpus.objects.s3 import BucketError, MissingLibrary, is_bucket
from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY
from lake.extras import MissingExtra
from lake.files.addresses import lake_at
from lake.files.unreadable import LakeUnreadable
from lake.models import Lake, Promotion
from lake.promotion.promote import NoCrawl, count_pages, promote
from lake.queries.select import SelectRefused
from lake.read.places import NoInput, crawls_at, is_there

State, Originals = Promotion.State, Promotion.Originals
REFUSALS = (MissingExtra, MissingLibrary, NoCrawl, NoInput, SelectRefused)
WITH_JOB = "SELECT args ->> 'promotion' FROM procrastinate_jobs WHERE task_name = 'promote_pages' AND status IN ('todo', 'doing')"


class CancelledError(Exception):
    """Somebody has cancelled the promotion."""


@transaction.atomic
def start(lake: Lake, corpus: Corpus, sql: str, user: Any = None, originals: str = Originals.COPY) -> Promotion:
    """With its job. `sql`: a SELECT with a column `page`. `originals`: whether original files are copied."""
    door = Intake.Door.PAGE if user else Intake.Door.COMMAND
    intake = Intake.objects.create(corpus=corpus, user=user, door=door)
    promotion = Promotion.objects.create(lake=lake, corpus=corpus, intake=intake, sql=sql, originals=originals)
    defer(promotion.pk)
    return promotion


def cancel(promotion: Promotion) -> bool:
    """What is stored stays; False where it has ended. The job ends with the pages that it has at hand."""
    rows = Promotion.objects.filter(pk=promotion.pk, state=State.RUNNING)
    return bool(rows.update(state=State.CANCELLED))


def defer(pk: UUID) -> None:
    """By its name: the job's own module knows this one."""
    app.configure_task("promote_pages", queue="intake", lock=f"promotion {pk}").defer(promotion=str(pk))


def carry_out(pk: str) -> None:
    """Until it is finished, refused or cancelled."""
    promotion = Promotion.objects.unfinished().select_related("lake", "corpus", "intake__user").filter(pk=pk).first()
    if promotion is None:
        return
    try:
        carry_on(promotion)
    except CancelledError:
        promotion.intake.close()
    except (BucketError, LakeUnreadable):  # members need not know where it is
        end(promotion, State.FAILED, f"The lake {promotion.lake.slug} cannot be read now. Ask an administrator to restore it.")
    except REFUSALS as error:
        end(promotion, State.FAILED, str(error))
    else:
        end(promotion, State.DONE)


def carry_on(promotion: Promotion) -> None:
    """Raises CancelledError, and what is one of REFUSALS."""
    if sandboxed.strict and not sandboxed.layers().hold:
        raise NoCrawl(f"Files cannot be read, since the sandbox of the readers is not available: {REMEDY}.")
    lake = promotion.lake
    files, crawls = lake_at(lake.folder), [crawls_at(each) for each in lake.crawls]
    if not files.is_there or not all(map(is_there, crawls)):  # members need not know where these are
        raise NoInput(
            f"The folder or the crawls of the lake {lake.slug} are not on the host of the worker: mount or restore them."
        )

    stay = folder_of_crawls() if promotion.originals == Originals.STAY else None

    row = Promotion.objects.unfinished().filter(pk=promotion.pk)
    row.update(total=count_pages(files, promotion.sql))

    def progress(outcomes: Counter[str]) -> None:
        got_on()
        if not row.update(pages=outcomes.total()):
            raise CancelledError

    promote(files, promotion.corpus, promotion.sql, crawls, progress=progress, intake=promotion.intake, stay=stay)


def folder_of_crawls() -> Path:
    """Below which original files may stay. Raises NoCrawl where the host has none."""
    if not settings.CRAWLS:
        raise NoCrawl("Original files cannot stay in crawls: CRAWLS does not name their folder. Set it, or copy them.")
    return Path(settings.CRAWLS)


def may_stay(lake: Lake) -> bool:
    """Whether original files can stay in the crawls of a lake."""
    root = settings.CRAWLS and Path(settings.CRAWLS)
    return (
        bool(root and lake.crawls)
        and not any(map(is_bucket, lake.crawls))
        and all(name_below(root, Path(each)) for each in lake.crawls)
    )


@transaction.atomic
def end(promotion: Promotion, state: str, detail: str = "") -> None:
    """Unless it was cancelled meanwhile."""
    Promotion.objects.unfinished().filter(pk=promotion.pk).update(state=state, detail=detail)
    promotion.intake.close()


def defer_unfinished() -> None:
    """A job for each promotion that has none, since that was killed."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_JOB)
        with_job = {pk for (pk,) in cursor.fetchall()}
    for pk in Promotion.objects.unfinished().values_list("pk", flat=True):
        if str(pk) not in with_job:
            defer(pk)
