"""Subscriptions to feeds: asked when they are due, only for what is new, and less often while they fail."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from typing import Any, NamedTuple, TypeGuard

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from corpus.intake.deliveries import deliver_addresses, open_intake, site_to_ask
from corpus.intake.fetch import Page, checked
from corpus.intake.hosts import fetch
from corpus.intake.ingest import keep
from corpus.intake.limits import FetchError, Later
from corpus.intake.queue import lock_of
from corpus.jobs.heartbeat import got_on
from corpus.models import Article, Corpus, Delivery, Feed, Intake, Raw
from corpus.provenance.addresses import Source
from corpus.provenance.sites import same_site
from corpus.readers.extracted import Record, Unread
from corpus.readers.sandboxed import records

LONGEST = timedelta(days=1)
AT_ONCE = 100  # feeds that get a job in one go
MOST = 100  # entries that are taken of a feed at one look
TOO_MANY = (
    f"only the pages of the first {MOST} entries of a feed are fetched: subscribe to the feed, or import the URL of this entry"
)
READ_SECONDS = 120  # in which all entries of a feed are read


def subscribe(
    corpus: Corpus, url: str, *, user: Any, minutes: int = 60, with_pages: bool = True, other_sites: bool = False
) -> Feed:
    """Raises FetchError for an address that is never fetched. The worker asks for it within a minute."""
    checked(url)
    choices = {"minutes": minutes, "with_pages": with_pages, "other_sites": other_sites}
    feed, _ = Feed.objects.get_or_create(corpus=corpus, url=url, defaults={"created_by": user, "due": timezone.now(), **choices})
    return feed


def look_now(feed: Feed) -> None:
    """Ask as soon as a worker is free, without waiting until it is due."""
    defer_asking(feed)


def defer_asking(feed: Feed, at: datetime | None = None) -> None:
    """By its name: the job's own module knows this one. What asks one site comes one after the other."""
    app.configure_task("ask_feed", queue="fetch", lock=lock_of(site_to_ask(feed.url)), schedule_at=at).defer(feed=feed.pk)


def adjust(feed: Feed, **changed: Any) -> None:
    """Another pace, with pages or without, of other sites too, paused (`is_active`) or on again: then it is due at once."""
    if changed.get("is_active") and not feed.is_active:
        changed["due"] = timezone.now()
    if {"with_pages", "other_sites"} & set(changed):
        changed |= {"etag": "", "last_modified": ""}  # other entries of the same file are taken from now on
    for name, value in changed.items():
        setattr(feed, name, value)
    feed.save(update_fields=list(changed))


@transaction.atomic
def defer_due() -> int:
    """A job for each feed that is due, however many workers look at the same time. How many those are."""
    due = Feed.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        is_active=True, due__lte=timezone.now(), corpus__deletion=None
    )[:AT_ONCE]
    for feed in due:
        defer_asking(feed)
        # Until it has been asked: if that worker dies, another one tries after the usual time.
        Feed.objects.filter(pk=feed.pk).update(due=timezone.now() + timedelta(minutes=feed.minutes))
    return len(due)


def ask(pk: int) -> Intake | None:
    """Ask for one feed. An intake for what is new in it; None where nothing is, where it failed, or is not to be asked yet."""
    feed = Feed.objects.select_related("corpus", "created_by").filter(pk=pk, is_active=True, corpus__deletion=None).first()
    if feed is None:
        return None
    # What was left over is taken now: a feed that has not changed has to send it again.
    marks = {} if feed.left_over else {"etag": feed.etag, "last_modified": feed.last_modified}
    try:
        page = fetch(feed.url, **marks)
        entries = [] if page is None else entries_of(feed, page)
    except Later as later:
        defer_asking(feed, at=later.moment)
        return None
    except FetchError as error:
        failed(feed, str(error))
        return None
    source = Source(page.url if page else feed.url, is_fetched=True)
    taken = choose(feed, source.name, fresh(feed.corpus, entries, source))
    intake = brought_in(feed, taken.entries, source)
    went_well(feed, page, entries, taken)
    return intake


def entries_of(feed: Feed, page: Page) -> list[Record]:
    """What the feed tells of. Raises FetchError where the response is not a feed, or one that takes long to read."""
    end, read_so_far = monotonic() + READ_SECONDS, []
    for one in records(page.content, feed.url, page.url, page.kind):
        got_on()
        read_so_far.append(one)
        if monotonic() > end:
            raise FetchError(f"reading its entries took more than {READ_SECONDS} seconds")
    listed = [one for one in read_so_far if isinstance(one, Record) and one.reader == "feed"]
    if not listed:
        raise FetchError(next((one.why for one in read_so_far if isinstance(one, Unread)), "the response is not a feed"))
    return listed


def fresh(corpus: Corpus, entries: list[Record], source: Source) -> list[Record]:
    """Entries of which neither the address nor, where they have none, the bytes are there already or on their way.

    An address that only this feed has claimed is there for this feed alone.
    """
    digests = {sha256(one.raw).hexdigest(): one for one in entries if not one.url}
    sought = [one.url for one in entries if one.url]
    articles = Article.objects.filter(corpus=corpus)
    claims = articles.filter(claimed_url__in=sought, documents__retrieved_from=source.name).values_list("claimed_url", flat=True)
    addresses = {*articles.filter(url__in=sought).values_list("url", flat=True), *claims} | tried(corpus, sought)
    known = set(Raw.objects.filter(corpus=corpus, sha256__in=digests).values_list("sha256", flat=True))
    nameless = [one for digest, one in digests.items() if digest not in known]
    return [one for one in entries if one.url and one.url not in addresses] + nameless


def tried(corpus: Corpus, urls: list[str]) -> set[str]:
    """Addresses that a feed has led to before: they wait, or came to something, or failed within a day."""
    deliveries = Delivery.objects.filter(intake__corpus=corpus, intake__door=Intake.Door.FEED, url__in=urls)
    long_ago = Q(state=Delivery.State.FAILED, intake__started__lt=timezone.now() - LONGEST)
    return set(deliveries.exclude(long_ago).values_list("url", flat=True))


class ChosenEntries(NamedTuple):
    """Of the new entries of a look those that are taken, how many are left for the next one, and how many lead to other sites."""

    entries: list[Record]
    left_over: int
    elsewhere: int


def choose(feed: Feed, landed: str, entries: list[Record]) -> ChosenEntries:
    """The newest by their dates, and of those without one the first; no page of another site unless a person chose so."""
    own = [one for one in entries if feed.other_sites or not feed.with_pages or not one.url or is_own(feed, landed, one.url)]
    # Days sort as they are written, and what has none comes last; entries of one day stay in the order of the feed.
    newest = sorted(own, key=lambda one: one.published, reverse=True)
    return ChosenEntries(newest[:MOST], max(0, len(own) - MOST), len(entries) - len(own))


def is_own(feed: Feed, landed: str, url: str) -> bool:
    return same_site(url, feed.url) or same_site(url, landed)


def brought_in(feed: Feed, entries: list[Record], source: Source) -> Intake | None:
    """An intake of these entries, or of their pages; None for no entries."""
    if not entries:
        return None
    intake = open_intake(feed.corpus, user=feed.created_by, door=Intake.Door.FEED)
    for one in entries:
        got_on()
        if feed.with_pages and one.url:
            deliver_addresses(intake, [one.url])
        else:
            keep(intake, one, source=source)
    intake.close()
    return intake


def points_to_page(record: Record | Unread) -> TypeGuard[Record]:
    """An entry of a feed with a page of its own."""
    return isinstance(record, Record) and record.reader == "feed" and bool(record.url)


def went_well(feed: Feed, page: Page | None, entries: list[Record], taken: ChosenEntries) -> None:
    now = timezone.now()
    marks = {} if page is None else {"etag": page.etag, "last_modified": page.last_modified}
    title = feed.title or next((one.outlet for one in entries), "")
    left = {} if page is None else {"left_over": taken.left_over, "elsewhere": taken.elsewhere}
    Feed.objects.filter(pk=feed.pk).update(
        asked=now, due=now + timedelta(minutes=feed.minutes), failures=0, problem="", title=title[:300], **marks, **left
    )


def failed(feed: Feed, why: str) -> None:
    """Each failure in a row doubles the time until the next look, up to a day."""
    now, failures = timezone.now(), feed.failures + 1
    pause = min(LONGEST, timedelta(minutes=feed.minutes) * 2 ** min(failures, 12))
    Feed.objects.filter(pk=feed.pk).update(asked=now, due=now + pause, failures=failures, problem=why[:500])
