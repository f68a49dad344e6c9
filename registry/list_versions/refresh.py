"""Lists are fetched again when they are due, only if they changed, and less often while that fails. Off until a person sets a period."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from corpus.intake.deliveries import site_to_ask
from corpus.intake.fetch import Page, checked
from corpus.intake.hosts import fetch
from corpus.intake.limits import FetchError, Later, Limits
from corpus.intake.queue import lock_of
from registry.list_versions.load import load
from registry.list_versions.submit import MOST_BYTES, AlreadyThere, submit
from registry.models import ListVersion, SanctionsList

LISTS = Limits(bytes=MOST_BYTES, seconds=600.0, read_seconds=180.0)
LONGEST = timedelta(days=7)
AT_ONCE = 20  # lists that get a job in one go
MOST_DOUBLINGS = 10


def schedule(sanctions_list: SanctionsList) -> None:
    """Due now if a person has just set an address and a period, and not at all without them. The caller saves it."""
    is_on = bool(sanctions_list.address and sanctions_list.minutes)
    sanctions_list.due = (sanctions_list.due or timezone.now()) if is_on else None


def adjust(sanctions_list: SanctionsList, **changed: Any) -> None:
    """Another address, period, or paused. Raises FetchError for an address that is never fetched."""
    if changed.get("address"):
        checked(changed["address"])
    if changed.get("address", sanctions_list.address) != sanctions_list.address:
        changed |= {"etag": "", "last_modified": "", "failures": 0, "problem": ""}
    for name, value in changed.items():
        setattr(sanctions_list, name, value)
    schedule(sanctions_list)
    sanctions_list.save(update_fields=[*changed, "due"])


def look_now(sanctions_list: SanctionsList) -> None:
    """Ask as soon as a worker is free, without waiting until it is due."""
    defer_asking(sanctions_list)


def defer_asking(sanctions_list: SanctionsList, at: datetime | None = None) -> None:
    """By its name: the job's own module knows this one. What asks one site comes one after the other."""
    lock = lock_of(site_to_ask(sanctions_list.address))
    app.configure_task("ask_list", queue="fetch", lock=lock, schedule_at=at).defer(sanctions_list=sanctions_list.pk)


@transaction.atomic
def defer_due() -> int:
    """A job for each list that is due, however many workers look at the same time. How many those are."""
    due = SanctionsList.objects.select_for_update(skip_locked=True).filter(is_active=True, due__lte=timezone.now())[:AT_ONCE]
    for sanctions_list in due:
        defer_asking(sanctions_list)
        # Until it has been asked: if that worker dies, another one tries after the usual time.
        sanctions_list.due = timezone.now() + timedelta(minutes=sanctions_list.minutes or 0)
        sanctions_list.save(update_fields=["due"])
    return len(due)


def ask(pk: int) -> ListVersion | None:
    """Fetch one list. The version that waits to be loaded; None where nothing is new, where it failed, or is not to be asked yet.

    Another job loads it: that takes a minute, in which nothing else would be fetched.
    """
    sanctions_list = SanctionsList.objects.filter(pk=pk, is_active=True).exclude(address="").first()
    if sanctions_list is None:
        return None
    try:
        with tempfile.TemporaryFile() as file:
            marks = {"etag": sanctions_list.etag, "last_modified": sanctions_list.last_modified}
            page = fetch(sanctions_list.address, limits=LISTS, into=file, **marks)
            file.seek(0)
            content = file.read() if page else b""
    except Later as later:
        defer_asking(sanctions_list, at=later.moment)
        return None
    except FetchError as error:
        failed(sanctions_list, str(error))
        return None
    if page is None:
        went_well(sanctions_list)
        return None
    return arrived(sanctions_list, page, content)


def arrived(sanctions_list: SanctionsList, page: Page, content: bytes) -> ListVersion | None:
    """The version of what was fetched, with its job. One that a dead worker left gets a job too; None for one that was read before."""
    marks = {"etag": page.etag, "last_modified": page.last_modified}
    try:
        version = submit(sanctions_list, content, address=page.url)
    except AlreadyThere as error:
        version = error.version
        if version.state != ListVersion.State.LOADING:
            settle_look(sanctions_list, version, marks)
            return None
    note_look(sanctions_list, timedelta(minutes=sanctions_list.minutes or 0))
    with suppress(AlreadyEnqueued):
        lock, queueing_lock = f"list {version.list_id}", f"load_list {version.pk}"
        task = app.configure_task("load_fetched_list", queue="intake", lock=lock, queueing_lock=queueing_lock)
        task.defer(version=version.pk, **marks)
    return version


def load_fetched(version: int, etag: str, last_modified: str) -> None:
    """Load what was fetched, and note how it went. It is asked for by its marks only once it is read."""
    fetched = ListVersion.objects.select_related("list").filter(pk=version).first()
    if fetched and fetched.state == ListVersion.State.LOADING:
        settle_look(fetched.list, load(fetched), {"etag": etag, "last_modified": last_modified})


def settle_look(sanctions_list: SanctionsList, version: ListVersion, marks: dict[str, str]) -> None:
    if version.state == ListVersion.State.REFUSED and not version.decided_by_id:
        failed(sanctions_list, f"version {version.number} was refused: {version.reasons[0]}")
    else:
        went_well(sanctions_list, **marks)


def went_well(sanctions_list: SanctionsList, **marks: str) -> None:
    note_look(sanctions_list, timedelta(minutes=sanctions_list.minutes or 0), failures=0, problem="", **marks)


def failed(sanctions_list: SanctionsList, why: str) -> None:
    """Each failure in a row doubles the time until the next look, up to a week."""
    failures = sanctions_list.failures + 1
    pause = min(LONGEST, timedelta(minutes=sanctions_list.minutes or 0) * 2 ** min(failures, MOST_DOUBLINGS))
    note_look(sanctions_list, pause, failures=failures, problem=why[:500])


def note_look(sanctions_list: SanctionsList, pause: timedelta, **values: Any) -> None:
    """A list without a period was looked at by hand: it is not due again."""
    now = timezone.now()
    due = now + pause if sanctions_list.minutes else None
    SanctionsList.objects.filter(pk=sanctions_list.pk).update(asked=now, due=due, **values)
