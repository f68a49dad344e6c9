"""Subscriptions to feeds: asked when they are due, only for what is new, and less often while they fail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeGuard

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from corpus.confined import records
from corpus.deliveries import deliver_addresses, open_intake
from corpus.fetch import FetchError, Page, checked, fetch
from corpus.ingest import keep
from corpus.models import Article, Corpus, Feed, Intake
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


@transaction.atomic
def defer_due() -> int:
    """A job for each feed that is due, however many workers look at the same time. How many those are."""
    due = Feed.objects.select_for_update(skip_locked=True).filter(is_active=True, due__lte=timezone.now())[:AT_ONCE]
    for feed in due:
        app.configure_task("ask_feed", queue="intake").defer(feed=feed.pk)
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
    except FetchError as error:
        failed(feed, str(error))
        return None
    intake = None if page is None else brought_in(feed, page)
    went_well(feed, page)
    return intake


def brought_in(feed: Feed, page: Page) -> Intake | None:
    """An intake of the entries whose addresses are not known yet."""
    found = list(records(page.content, feed.url, page.url))
    known = set(Article.objects.filter(corpus=feed.corpus, url__in=[one.url for one in found if isinstance(one, Record)]).values_list("url", flat=True))
    fresh = [one for one in found if isinstance(one, Unread) or one.url not in known]
    if not any(isinstance(one, Record) for one in fresh):
        return None
    intake = open_intake(feed.corpus, user=feed.created_by, door=Intake.Door.FEED)
    for one in fresh:
        if feed.with_pages and points_to_page(one):
            deliver_addresses(intake, [one.url])
        else:
            keep(intake, one)
    intake.close()
    return intake


def points_to_page(found: Record | Unread) -> TypeGuard[Record]:
    """An entry of a feed with a page of its own."""
    return isinstance(found, Record) and found.reader == "feed" and bool(found.url)


def went_well(feed: Feed, page: Page | None) -> None:
    now = timezone.now()
    marks = {} if page is None else {"etag": page.etag, "last_modified": page.last_modified}
    Feed.objects.filter(pk=feed.pk).update(asked=now, due=now + timedelta(minutes=feed.minutes), failures=0, problem="", **marks)


def failed(feed: Feed, why: str) -> None:
    """Each failure in a row doubles the time until the next look, up to a day."""
    now, failures = timezone.now(), feed.failures + 1
    pause = min(LONGEST, timedelta(minutes=feed.minutes) * 2 ** min(failures, 12))
    Feed.objects.filter(pk=feed.pk).update(asked=now, due=now + pause, failures=failures, problem=why[:500])
