"""Jobs of the background worker: what an intake was given is read, pages are fetched, feeds are asked.

A job reads one delivery after the other for a few seconds, then another job goes on, so that intakes take turns. Each text
in a delivery is stored in a transaction of its own, and what has a result already is passed over: a delivery that was cut
off goes on where it was. How often a worker began is written down before it begins, so that a thing that kills workers is
given up after three tries; until then it comes last, alone. While the texts of one delivery are stored its reader goes on with
the next, if neither was ever begun before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.db import OperationalError
from django.db.models import F
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from corpus import seals
from corpus.accounts.browser_links import send_link
from corpus.db import running_counts
from corpus.db.coming_in import articles_come_in
from corpus.db.full_disk import is_full_disk, lost_on_full_disk
from corpus.intake import feeds
from corpus.intake.deliveries import deliver_addresses, following
from corpus.intake.hosts import forget_hosts
from corpus.intake.ingest import keep
from corpus.intake.pages import fetch_next
from corpus.intake.queue import TRIES, defer_forgotten, defer_reading
from corpus.intake.review import hold
from corpus.jobs.heartbeat import got_on
from corpus.models import Delivery, Intake, IntakeItem, UnindexedArticle
from corpus.near_duplicates import duplicates
from corpus.passages.index import index_all, index_later
from corpus.provenance.addresses import Source
from corpus.readers.extracted import Record, Unread
from corpus.readers.sandboxed import SandboxedReading

TURN_SECONDS = 5


@app.task(name="read_intake", queue="intake", retry=False, pass_context=True)
def read_intake(context: JobContext, intake: int) -> None:
    job = context.job.id or 0
    with uncounted_on_full_disk(job):
        read_turn(intake, job)


@contextmanager
def uncounted_on_full_disk(job: int) -> Iterator[None]:
    """What met a full disk has not ended a worker: that does not count as a try, and is tried again when there is room."""
    try:
        yield
    except OperationalError as error:
        if is_full_disk(error):
            begun = Delivery.objects.filter(job=job, state=Delivery.State.READING, tries__gt=0)
            with lost_on_full_disk():
                begun.update(tries=F("tries") - 1)
        raise


def read_turn(intake: int, job: int) -> None:
    """Read what was given; the outcome stands in the items of the intake. Nothing is raised for bad bytes."""
    of = Intake.objects.select_related("corpus").filter(pk=intake).first()
    if of is None:
        return
    end = monotonic() + TURN_SECONDS
    begun = following(of, job)
    if of.deliveries.filter(state=Delivery.State.WAITING, site="").exists():
        defer_reading(intake)  # another worker may help, and somebody goes on after this turn
    done = texts = None
    while begun:
        delivery, known = begun
        texts = texts or begin(delivery)
        ahead = following(of, job, done, beside=delivery, more=monotonic() < end) if begun.is_light else None
        after = begin(ahead.delivery, after=texts) if ahead else None
        delivery.state = Delivery.State.FAILED if store_all(delivery, known, texts) else Delivery.State.DONE
        done, begun = (delivery, ahead) if ahead else (None, following(of, job, delivery, more=monotonic() < end))
        texts = after
    if monotonic() >= end and of.deliveries.filter(state__in=(Delivery.State.WAITING, Delivery.State.READING), site="").exists():
        defer_reading(intake)  # suspects may be left, for which no job waits
    of.close()
    index_later()


def begin(delivery: Delivery, after: Any = None) -> Iterable[Record | Unread]:
    """What is in it. `after`: the process that reads this goes on with it."""
    if delivery.tries > TRIES:
        return [Unread(name=delivery.name, why=f"reading it crashed the worker {TRIES} times")]
    came_from = delivery.fetched_from or delivery.url
    return SandboxedReading(
        bytes(delivery.content or b""), came_from or delivery.name, came_from, delivery.media_type, after=after
    )


def store_all(delivery: Delivery, known: dict[str, str], records: Iterable[Record | Unread]) -> bool:
    """A result for each; two things of one name are told apart by a number. Whether any failed, now or in an earlier try."""
    keep_or_hold = hold if delivery.intake.look_first else keep
    outcomes = set(known.values())
    counts: Counter[str] = Counter()
    for one in pages_of_the_first(records) if delivery.with_pages else records:
        got_on()
        counts[one.name] += 1
        name = one.name if counts[one.name] == 1 else f"{one.name} ({counts[one.name]})"
        if name[:2000] in known:
            continue
        if delivery.with_pages and feeds.points_to_page(one):
            deliver_addresses(delivery.intake, [one.url])
        else:
            outcomes.add(keep_or_hold(delivery.intake, one, name=name, source=source_of(delivery), delivery=delivery).outcome)
        if delivery.tries > 1:
            # It went on since the last worker died: a thing that kills workers does not.
            delivery.tries = 1
            Delivery.objects.filter(pk=delivery.pk).update(tries=1)
    return IntakeItem.Outcome.FAILED in outcomes


def source_of(delivery: Delivery) -> Source:
    """Where the bytes came from: the address that sent them after redirects, or the file."""
    return Source(delivery.fetched_from or delivery.url or delivery.name, is_fetched=bool(delivery.url))


def pages_of_the_first(records: Iterable[Record | Unread]) -> Iterator[Record | Unread]:
    """The same, but of entries whose pages are fetched only as many as a feed may lead to at a time."""
    pages = 0
    for one in records:
        is_page = feeds.points_to_page(one)
        pages += is_page
        yield one if not is_page or pages <= feeds.MOST else Unread(name=one.name, why=feeds.TOO_MANY)


@app.task(name="fetch_page", queue="fetch", retry=False, pass_context=True)
def fetch_page(context: JobContext, site: str) -> None:
    """One page of what waits for a site."""
    job = context.job.id or 0
    with uncounted_on_full_disk(job):
        fetch_next(site, job)


@app.task(name="set_copies_apart", queue="intake", retry=False)
def set_copies_apart(corpus: int) -> None:
    """Compare the texts that came many at once, each with those before it."""
    duplicates.set_all_apart(corpus)


@app.task(name="index_words", queue="intake", retry=False)
def index_words() -> None:
    """Index the words of new texts and titles for a few seconds, then let another job go on. While articles come in, a slice: there is a job
    for the rest when they are in, and every minute."""
    is_short = articles_come_in()
    if not index_all(0 if is_short else TURN_SECONDS) and not is_short:
        index_later()


@app.periodic(cron="* * * * *")
@app.task(name="find_unindexed", queue="intake", queueing_lock="find_unindexed", pass_context=False)
def find_unindexed(timestamp: int) -> None:
    """Every minute: what waits to be indexed gets a job if it has none."""
    if UnindexedArticle.objects.exists():
        index_later()


@app.periodic(cron="*/10 * * * *")
@app.task(name="add_up_counts", queue="intake", queueing_lock="add_up_counts", pass_context=False)
def add_up_counts(timestamp: int) -> None:
    """Every ten minutes: the differences that articles have made to the counts of their corpora meanwhile."""
    running_counts.add_up()


@app.periodic(cron="* * * * *")
@app.task(name="ask_feeds", queue="fetch", queueing_lock="ask_feeds", pass_context=False)
def ask_feeds(timestamp: int) -> None:
    """Every minute: each feed that is due becomes a job of its own."""
    feeds.defer_due()


@app.periodic(cron="* * * * *")
@app.task(name="find_forgotten", queue="fetch", queueing_lock="find_forgotten", pass_context=False)
def find_forgotten(timestamp: int) -> None:
    """Every minute: an intake in which something waits, or a site of which something does, gets a job if it has none."""
    defer_forgotten()
    forget_hosts()


@app.task(name="ask_feed", queue="fetch", retry=False)
def ask_feed(feed: int) -> None:
    feeds.ask(feed)


@app.periodic(cron="* * * * *")
@app.task(name="seal", queue="fetch", queueing_lock="seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Every minute: what was recorded since is sealed."""
    seals.seal()


@app.task(name="mail_browser_link", queue="fetch", retry=RetryStrategy(max_attempts=3, wait=10))
def mail_browser_link(user: int) -> None:
    """0: of a name that nobody has."""
    send_link(user)
