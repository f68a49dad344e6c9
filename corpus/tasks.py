"""Jobs of the background worker: deliveries are read, feeds are asked.

A delivery is one job. Each text in it is stored in a transaction of its own, and what has a result
already is passed over: a job that was cut off goes on where it was. How often a worker began is
written down before it begins, so that a thing that kills workers is given up after three tries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import F
from procrastinate.contrib.django import app

from corpus import copies, feeds
from corpus.confined import records
from corpus.deliveries import defer_forgotten, deliver_addresses
from corpus.fetch import FetchError, fetch
from corpus.ingest import keep, result
from corpus.looks import hold
from corpus.models import Delivery, IntakeItem
from corpus.models.repeated import Repeated, Slot
from corpus.record import Record, Unread

TRIES = 3
BEGUN = Repeated(lambda: Delivery.objects.select_related("intake__corpus").filter(pk=Slot("pk")).order_by())


@app.task(name="read_delivery", queue="intake", retry=False)
def read_delivery(delivery: str) -> None:
    """Read what was given; the outcome stands in the items of its intake. Nothing is raised for bad bytes."""
    given = begun(delivery)
    if given is None:
        return
    if given.tries > TRIES:
        give_up(given, f"reading it ended the worker {TRIES} times")
        return
    try:
        found: Iterable[Record | Unread] = records(*contents(given))
    except FetchError as error:
        found = [Unread(name=given.name, why=str(error))]
    finish(given, failed=store_all(given, found))


def begun(pk: str) -> Delivery | None:
    """The delivery with one try more, or None if it is done already."""
    given = Delivery.objects.filter(pk=pk)
    if not given.exclude(state=Delivery.State.DONE).update(tries=F("tries") + 1, state=Delivery.State.READING):
        return None
    return BEGUN.first(pk=pk)


def contents(given: Delivery) -> tuple[bytes, str, str]:
    """Bytes, name, address. Raises FetchError."""
    if given.content is not None:
        return bytes(given.content), given.name, given.url
    page = fetch(given.url)
    if page is None:
        raise FetchError("the host says that it has not changed")
    return page.content, page.url, page.url


def store_all(given: Delivery, found: Iterable[Record | Unread]) -> bool:
    """A result for each; two things of one name are told apart by a number. Whether any failed, now or in an earlier try."""
    take = hold if given.intake.look_first else keep
    known = dict(given.items.order_by().values_list("name", "outcome"))
    outcomes = set(known.values())
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.name] += 1
        name = one.name if counts[one.name] == 1 else f"{one.name} ({counts[one.name]})"
        if name[:2000] in known:
            continue
        if given.with_pages and feeds.points_to_page(one):
            deliver_addresses(given.intake, [one.url])
        else:
            outcomes.add(take(given.intake, one, name=name, delivery=given).outcome)
        if given.tries > 1:
            # It went on since the last worker died: a thing that kills workers does not.
            given.tries = 1
            Delivery.objects.filter(pk=given.pk).update(tries=1)
    return IntakeItem.Outcome.FAILED in outcomes


def finish(given: Delivery, *, failed: bool) -> None:
    """What failed can be tried again, so its bytes stay; else they go, since every text keeps its own."""
    kept = {} if failed else {"content": None}
    state = Delivery.State.FAILED if failed else Delivery.State.DONE
    Delivery.objects.filter(pk=given.pk).update(state=state, **kept)
    given.intake.close()


def give_up(given: Delivery, why: str) -> None:
    if not given.items.filter(name=given.name).exists():
        result(given.intake, given.name, IntakeItem.Outcome.FAILED, detail=why, delivery=given)
    Delivery.objects.filter(pk=given.pk).update(state=Delivery.State.FAILED)
    given.intake.close()


@app.task(name="set_copies_apart", queue="intake", retry=False)
def set_copies_apart(corpus: int) -> None:
    """Compare the texts that came many at once, each with those before it."""
    copies.set_all_apart(corpus)


@app.periodic(cron="* * * * *")
@app.task(name="ask_feeds", queue="intake", queueing_lock="ask_feeds", pass_context=False)
def ask_feeds(timestamp: int) -> None:
    """Every minute: each feed that is due becomes a job of its own."""
    feeds.defer_due()


@app.periodic(cron="* * * * *")
@app.task(name="find_forgotten", queue="intake", queueing_lock="find_forgotten", pass_context=False)
def find_forgotten(timestamp: int) -> None:
    """Every minute: what waits and has no job gets one."""
    defer_forgotten()


@app.task(name="ask_feed", queue="intake", retry=False)
def ask_feed(feed: int) -> None:
    feeds.ask(feed)
