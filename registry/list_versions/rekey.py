"""Keys of listed names that another matcher made, made anew: in turns, so that an upgrade needs no file to be loaded again."""

from __future__ import annotations

from time import monotonic

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from corpus.db.row_writer import Written
from corpus.jobs.heartbeat import got_on
from registry.list_versions.rows import COPY_KEYS
from registry.models import ListedName, ListedNameKey
from registry.names import MATCHER, analyse, keys

AT_ONCE, TURN_SECONDS = 500, 5
TASK = "rekey_names"


def outdated_names() -> QuerySet[ListedName]:
    """Two ranges of an index, unlike “not equal”: it is asked each minute."""
    return ListedName.objects.filter(Q(matcher__lt=MATCHER) | Q(matcher__gt=MATCHER))


def rekey_some() -> int:
    """The next names that nobody else has at hand. How many those were."""
    with transaction.atomic():
        rows = outdated_names().select_for_update(of=("self",), skip_locked=True).select_related("entry").order_by("pk")
        names = list(rows[:AT_ONCE])
        pks, copied = [name.pk for name in names], Written()
        ListedNameKey.objects.filter(name__in=pks).delete()
        for name in names:
            for key in keys(analyse(name.text, name.entry.kind)):
                copied.write_row((name.pk, key.value, key.weight, name.entry.list_id))
        with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(COPY_KEYS) as copy:
            copy.write(copied.whole())
        ListedName.objects.filter(pk__in=pks).update(matcher=MATCHER)
    return len(names)


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
