"""A file comes for a list: uploaded, fetched, or named in a command. It waits as a version until a worker has read it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from registry.list_versions.content import keep
from registry.list_versions.load import PATIENT, lock, refuse_file
from registry.models import ListFile, ListVersion, SanctionsList

MOST_BYTES = 300_000_000
LONGEST_WAIT = timedelta(hours=1)
State = ListVersion.State


class AlreadyThere(Exception):
    """The same bytes are the file of a version already."""

    def __init__(self, version: ListVersion) -> None:
        self.version = version
        super().__init__(f"Already there: version {version.number} ({version.get_state_display()}).")


class TooLarge(ValueError):
    """The file has more bytes than a list may have."""

    def __init__(self) -> None:
        super().__init__(f"The file has more than {MOST_BYTES // 1_000_000} MB.")


LOADING = ["load_list_version", "load_fetched_list"]  # jobs


@transaction.atomic
def submit(sanctions_list: SanctionsList, content: bytes, *, name: str = "", address: str = "", user: Any = None) -> ListVersion:
    """A version that waits to be loaded. Raises AlreadyThere, TooLarge.

    What was refused can be uploaded again by a person, who may know better; what is fetched again and again is not.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    with connection.cursor() as cursor:
        cursor.execute(PATIENT)
    lock(sanctions_list)
    digest = sha256(content).hexdigest()
    last = sanctions_list.versions.filter(file__sha256=digest).order_by("number").last()
    if last and (last.state in {State.LOADING, State.HELD, State.CURRENT} or (last.state == State.REFUSED and address)):
        raise AlreadyThere(last)
    about = {"size": len(content), "name": name[-300:], "address": address[:2000], "user": user}
    file, _ = ListFile.objects.defer("content").get_or_create(list=sanctions_list, sha256=digest, defaults=about)
    keep(file.pk, content)
    number = (sanctions_list.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return ListVersion.objects.create(list=sanctions_list, number=number, file=file)


def load_later(version: ListVersion, code: str = "") -> None:
    """A job that loads it; versions of one list come one after the other. By its name: the job's own module knows this one."""
    task = app.configure_task(
        "load_list_version", queue="intake", lock=f"list {version.list_id}", queueing_lock=f"load_list {version.pk}"
    )
    task.defer(version=version.pk, code=code)


def give_up_interrupted() -> int:
    """Versions that wait for long and that no job will load: their worker died. How many those are."""
    waiting = ListVersion.objects.filter(state=State.LOADING, loaded__lt=timezone.now() - LONGEST_WAIT)
    jobs = ProcrastinateJob.objects.filter(task_name__in=LOADING, status__in=["todo", "doing"])
    alive = {job.args.get("version") for job in jobs}
    given_up = [version for version in waiting.select_related("list") if version.pk not in alive]
    for version in given_up:
        refuse_file(version, "The worker stopped while it was loaded. Upload the file again.")
        SanctionsList.objects.filter(pk=version.list_id).update(etag="", last_modified="")
    return len(given_up)
