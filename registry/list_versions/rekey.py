"""Keys of listed names that another matcher made, made anew: list by list, so that an upgrade needs no file to be loaded again."""

from __future__ import annotations

from itertools import batched
from time import monotonic

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from corpus.jobs.heartbeat import got_on
from registry.list_versions import name_keys
from registry.list_versions.load import PATIENT, lock
from registry.models import ListedName, ListedNameKey, SanctionsList
from registry.names import MATCHER

AT_ONCE, TURN_SECONDS = 500, 5
TASK = "rekey_names"


def outdated_names() -> QuerySet[ListedName]:
    """Two ranges of an index, unlike “not equal”: it is asked each minute."""
    return ListedName.objects.filter(Q(matcher__lt=MATCHER) | Q(matcher__gt=MATCHER))


def rekey_some() -> int:
    """The names of the next list, in one transaction: until its end the list is looked up by the keys before. How many those were."""
    first = outdated_names().order_by("pk").values_list("entry__list", flat=True).first()
    if first is None:
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PATIENT)
        lock(SanctionsList.objects.get(pk=first))
        ListedNameKey.objects.filter(of_list=first).delete()
        names = ListedName.objects.filter(entry__list=first)
        rows = names.order_by("pk").values_list("pk", "text", "entry__kind")
        for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
            name_keys.lay(some)
            got_on()
        name_keys.add(first)
        return names.exclude(matcher=MATCHER).update(matcher=MATCHER)


def rekey_for(seconds: float = TURN_SECONDS) -> bool:
    """Whether nothing is left to do."""
    end = monotonic() + seconds
    while monotonic() < end:
        if not rekey_some():
            return True
        got_on()
    return False


def defer() -> None:
    """By its name: the job's own module knows this one."""
    app.configure_task(TASK, queue="intake", lock=TASK).defer()


def carry_on() -> None:
    if not rekey_for():
        defer()
