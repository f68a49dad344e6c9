"""Things are given: files and addresses become deliveries of an intake, which has a job for the worker while any of them waits.

A job takes one delivery after the other. Of an intake as many jobs may run as there are workers, and a delivery is
being read as long as the job that took it runs: of a job whose worker died, another one takes it over. An address
waits for its site first (`corpus.intake.pages`), and is read like a file once its bytes are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Max

from corpus.db.round_trip import numbered, round_trip
from corpus.intake.article_text import IngestError
from corpus.intake.ingest import add_result
from corpus.intake.queue import FREE, defer_fetching, defer_reading, fetch_row
from corpus.models import Corpus, Delivery, Intake, IntakeItem
from corpus.provenance.sites import host_of, site_of
from corpus.readers.budget import EACH, MEGABYTE

SILENT_SECONDS = 30
READ = ("id", "name", "url", "content", "tries", "with_pages", "fetched_from", "media_type")
PARAMETERS = ("intake", "job", "done", "state", "mine", "more", "ahead", "light", "suspects")
# One delivery is done with, and the next one is begun. The commit does not wait for the disk as long as another one follows:
# if the power fails, what was done with is read again, and results that are there already are passed over.
NEXT = numbered(
    f"""
WITH done AS (
    UPDATE corpus_delivery SET state = %(state)s::text, content = CASE WHEN %(state)s::text = 'failed' AND url = '' THEN content END
    WHERE id = %(done)s::uuid
)
UPDATE corpus_delivery SET state = 'reading', tries = tries + 1, job = %(job)s::bigint
WHERE id = (
    SELECT id FROM corpus_delivery
    WHERE intake_id = %(intake)s AND state IN ('waiting', 'reading') AND site = '' AND id <> ALL (%(mine)s::uuid[])
    AND {FREE} AND %(more)s::boolean AND (tries = 0) <> %(suspects)s::boolean
    ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED
) AND (NOT %(ahead)s::boolean OR size <= %(light)s::bigint)
RETURNING {", ".join(READ)},
    (SELECT json_object_agg(name, outcome) FROM corpus_intakeitem AS item WHERE item.delivery_id = corpus_delivery.id),
    set_config('synchronous_commit', 'off', true)
""",  # noqa: S608 - our own words
    *PARAMETERS,
)
# What was being read when a worker died, and is being read again.
SUSPECT_READ = """
SELECT EXISTS (
    SELECT FROM corpus_delivery AS suspect JOIN procrastinate_jobs AS other ON other.id = suspect.job AND other.status = 'doing'
    WHERE intake_id = %(intake)s AND state = 'reading' AND tries > 1 AND site = '' AND other.id <> %(job)s
)
"""
NAME_MAX = 1000
LIGHT = 900_000  # bytes: of most pages
# What would end a line or a string where the name is written.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def open_intake(corpus: Corpus, *, user: Any, door: str, **fields: Any) -> Intake:
    return Intake.objects.create(corpus=corpus, user=user, door=door, **fields)


def bring_in(
    corpus: Corpus,
    files: Iterable[tuple[str, bytes]],
    urls: Iterable[str],
    *,
    user: Any,
    door: str,
    with_pages: bool = False,
    **fields: Any,
) -> Intake:
    """An intake of files and addresses. A file that is not taken is a failed item at once, and no harm to the others.

    `fields`: look_first, and what `user` states of all articles: outlet (its name), published (EDTF), language.
    """
    intake = open_intake(corpus, user=user, door=door, **fields)
    for name, content in files:
        try:
            deliver(intake, name, content)
        except IngestError as error:
            add_result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error))
    deliver_addresses(intake, urls, with_pages=with_pages)
    intake.close()
    return intake


def deliver(intake: Intake, name: str, content: bytes) -> Delivery:
    """A file. Raises IngestError for one that is empty, too large or without a proper name: it need not wait to be told so."""
    if not name.strip() or len(name) > NAME_MAX or CONTROL.search(name):
        raise IngestError(f"a file name has 1 to {NAME_MAX:,} characters and no line ends or control characters")
    if not content:
        raise IngestError("the file is empty")
    if len(content) > EACH:
        raise IngestError(f"the file is too large: the limit is {EACH // MEGABYTE} MB")
    return add_delivery(intake, name=name, content=content, size=len(content))


def deliver_addresses(intake: Intake, urls: Iterable[str], *, with_pages: bool = False) -> list[Delivery]:
    return [add_delivery(intake, name=url, url=url, site=site_to_ask(url), with_pages=with_pages) for url in urls]


def site_to_ask(url: str) -> str:
    """Of an address that nobody can ask too: that it cannot be asked is told when its turn comes."""
    return site_of(host_of(url.strip()))[:253] or "unknown"


@transaction.atomic
def add_delivery(intake: Intake, **fields: Any) -> Delivery:
    """The row and its job come together or not at all."""
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    last = intake.deliveries.aggregate(last=Max("position"))["last"]
    made = Delivery.objects.create(intake=intake, position=0 if last is None else last + 1, **fields)
    Intake.objects.filter(pk=intake.pk).update(finished=None)
    defer(made)
    return made


def defer(delivery: Delivery) -> None:
    """A job for what it waits for: its site, or a reader."""
    if delivery.site:
        defer_fetching(delivery.site)
    else:
        defer_reading(delivery.intake_id)


class BegunReading(NamedTuple):
    """A delivery that is being read, and the outcomes by name that it has from earlier tries."""

    delivery: Delivery
    known: dict[str, str]

    @property
    def is_light(self) -> bool:
        """Whether another one may be taken while it is read: it takes no long time, and has not ended a worker yet."""
        return self.delivery.tries == 1 and self.delivery.content is not None and len(self.delivery.content) <= LIGHT


def following(
    intake: Intake, job: int, done: Delivery | None = None, *, beside: Delivery | None = None, more: bool = True
) -> BegunReading | None:
    """The next delivery for a job, with one try more; `done` is done with, its `state` says how. None where nothing is left, or no `more` is asked for.

    `beside`: the job is reading this still, and only takes another one that is light too. What was tried before may have ended
    its worker: these suspects come last, and of an intake one at a time is read, by whatever job.
    """
    mine = [each.pk for each in (done, beside) if each]
    row = taken(
        intake=intake.pk,
        job=job,
        done=done and done.pk,
        state=done and done.state,
        mine=mine,
        more=more,
        ahead=beside is not None,
    )
    if row is None and more and beside is None:
        row = next_suspect(intake, job)
    if row is None:
        return None
    *values, known, _ = row
    return BegunReading(Delivery(**dict(zip(READ, values, strict=True)), intake=intake), known or {})


@transaction.atomic
def next_suspect(intake: Intake, job: int) -> Any:
    """Of two jobs that look at the same time, the second sees what the first has taken."""
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    if fetch_row(SUSPECT_READ, {"intake": intake.pk, "job": job}) == (True,):
        return None
    return taken(intake=intake.pk, job=job, suspects=True)


def taken(**values: Any) -> tuple[Any, ...] | None:
    """The delivery that NEXT begins."""
    whole = {"done": None, "state": None, "mine": [], "more": True, "ahead": False, "light": LIGHT, "suspects": False} | values
    (rows,) = round_trip([(NEXT, [whole[name] for name in PARAMETERS])], binary=True)
    return rows[0] if rows else None


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
    failed = intake.deliveries.select_for_update().filter(state=Delivery.State.FAILED).defer("content")
    for delivery in failed:
        delivery.items.filter(outcome=IntakeItem.Outcome.FAILED).delete()
        delivery.site = site_to_ask(delivery.url) if delivery.url else ""
        delivery.state, delivery.tries, delivery.due, delivery.fetched_from = Delivery.State.WAITING, 0, None, ""
        delivery.save(update_fields=["site", "state", "tries", "due", "fetched_from"])
        defer(delivery)
    if failed:
        Intake.objects.filter(pk=intake.pk).update(finished=None)
    return len(failed)
