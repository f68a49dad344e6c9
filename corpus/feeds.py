"""Subscriptions to feeds: asked when they are due, only for what is new, and less often while they fail."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeGuard

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from corpus.confined import records
from corpus.deliveries import deliver_addresses, open_intake
from corpus.fetch import FetchError, Page, checked, fetch
from corpus.ingest import keep
from corpus.models import Article, Corpus, Feed, Intake, Raw
from corpus.record import Record, Unread

LONGEST = timedelta(days=1)
AT_ONCE = 100


def subscribe(corpus: Corpus, url: str, *, user: Any, minutes: int = 60, with_pages: bool = True) -> Feed:
    """Raises FetchError for an address that is never fetched. The worker asks for it within a minute."""
    checked(url)
    feed, _ = Feed.objects.get_or_create(
        corpus=corpus, url=url, defaults={"created_by": user, "minutes": minutes, "with_pages": with_pages, "due": timezone.now()}
    )
    return feed


def look_now(feed: Feed) -> None:
    """Ask as soon as a worker is free, without waiting until it is due."""
    defer_asking(feed)


def defer_asking(feed: Feed) -> None:
    """By its name: the job's own module knows this one. Two looks at one feed come one after the other."""
    app.configure_task("ask_feed", queue="intake", lock=f"feed {feed.pk}").defer(feed=feed.pk)


def adjust(feed: Feed, **changed: Any) -> None:
    """Another pace, with pages or without, paused (`is_active`) or on again: then it is due at once."""
    if changed.get("is_active") and not feed.is_active:
        changed["due"] = timezone.now()
    for name, value in changed.items():
        setattr(feed, name, value)
    feed.save(update_fields=list(changed))


@transaction.atomic
def defer_due() -> int:
    """A job for each feed that is due, however many workers look at the same time. How many those are."""
    due = Feed.objects.select_for_update(skip_locked=True).filter(is_active=True, due__lte=timezone.now())[:AT_ONCE]
    for feed in due:
        defer_asking(feed)
        # Until it has been asked: if that worker dies, another one tries after the usual time.
        Feed.objects.filter(pk=feed.pk).update(due=timezone.now() + timedelta(minutes=feed.minutes))
    return len(due)


def ask(pk: int) -> Intake | None:
    """Ask for one feed. An intake for what is new in it; None where nothing is, or where it failed."""
    feed = Feed.objects.select_related("corpus", "created_by").filter(pk=pk, is_active=True).first()
    if feed is None:
        return None
    try:
        page = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        found = [] if page is None else entries(feed, page)
    except FetchError as error:
        failed(feed, str(error))
        return None
    intake = brought_in(feed, fresh(feed.corpus, found))
    went_well(feed, page, found)
    return intake


def entries(feed: Feed, page: Page) -> list[Record]:
    """What the feed tells of. Raises FetchError where a page came that is no feed."""
    found = list(records(page.content, feed.url, page.url))
    told = [one for one in found if isinstance(one, Record) and one.reader == "feed"]
    if not told:
        raise FetchError(next((one.why for one in found if isinstance(one, Unread)), "a page came that is no feed"))
    return told


def fresh(corpus: Corpus, found: list[Record]) -> list[Record]:
    """Entries of which neither the address nor, where they have none, the bytes are there already."""
    digests = {sha256(one.raw).hexdigest(): one for one in found if not one.url}
    addresses = set(
        Article.objects.filter(corpus=corpus, url__in=[one.url for one in found if one.url]).values_list("url", flat=True)
    )
    known = set(Raw.objects.filter(corpus=corpus, sha256__in=digests).values_list("sha256", flat=True))
    nameless = [one for digest, one in digests.items() if digest not in known]
    return [one for one in found if one.url and one.url not in addresses] + nameless


def brought_in(feed: Feed, found: list[Record]) -> Intake | None:
    """An intake of these entries, or of their pages; None for no entries."""
    if not found:
        return None
    intake = open_intake(feed.corpus, user=feed.created_by, door=Intake.Door.FEED)
    for one in found:
        if feed.with_pages and one.url:
            deliver_addresses(intake, [one.url])
        else:
            keep(intake, one)
    intake.close()
    return intake


def points_to_page(found: Record | Unread) -> TypeGuard[Record]:
    """An entry of a feed with a page of its own."""
    return isinstance(found, Record) and found.reader == "feed" and bool(found.url)


def went_well(feed: Feed, page: Page | None, found: list[Record]) -> None:
    now = timezone.now()
    marks = {} if page is None else {"etag": page.etag, "last_modified": page.last_modified}
    title = feed.title or next((one.outlet for one in found), "")
    Feed.objects.filter(pk=feed.pk).update(
        asked=now, due=now + timedelta(minutes=feed.minutes), failures=0, problem="", title=title[:300], **marks
    )


def failed(feed: Feed, why: str) -> None:
    """Each failure in a row doubles the time until the next look, up to a day."""
    now, failures = timezone.now(), feed.failures + 1
    pause = min(LONGEST, timedelta(minutes=feed.minutes) * 2 ** min(failures, 12))
    Feed.objects.filter(pk=feed.pk).update(asked=now, due=now + pause, failures=failures, problem=why[:500])
