"""A file becomes a version of its list, whole or not at all: the old version serves until the new one is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection, transaction

from corpus.db.unhurried import UNHURRIED
from corpus.jobs.heartbeat import got_on
from registry.list_versions import reading
from registry.list_versions.changes import added, changes, removed
from registry.list_versions.content import is_kept, pieces
from registry.list_versions.rows import store
from registry.list_versions.suspicion import reasons
from registry.lists.formats import FORMATS
from registry.lists.limits import is_day
from registry.lists.record import EntryRecord, UnreadableList
from registry.models import ListedName, ListEntry, ListFile, ListVersion, SanctionsList

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('attest.list ' || %s, 0))"
# The reader may take two minutes, in which this transaction waits; a hundred thousand entries are counted in one statement.
PATIENT = f"SELECT {UNHURRIED}, set_config('statement_timeout', '10min', true), set_config('jit', 'off', true)"
OF_VERSION = "registry_listentry WHERE list_id = %(list)s AND lower(versions) = %(number)s"
DISCARD = [
    f"DELETE FROM registry_listedname WHERE entry_id IN (SELECT id FROM {OF_VERSION})",  # noqa: S608 - our own words
    f"DELETE FROM {OF_VERSION}",  # noqa: S608 - our own words
    """UPDATE registry_listentry SET versions = int4range(lower(versions), %(before)s)
        WHERE list_id = %(list)s AND upper(versions) = %(number)s + 1""",
]
COMPLETED = (
    "format loader published state based_on entry_count name_count added removed changed respelled reasons losses"
).split()
State = ListVersion.State


def lock(sanctions_list: SanctionsList) -> None:
    """Of two who load or decide versions of one list, the second waits for the first. Until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sanctions_list.pk])


def load(version: ListVersion, code: str = "") -> ListVersion:
    """Read the file of a version that waits. `code`: a format that a person chose. What cannot be read is refused, with the reason."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(PATIENT)
            lock(version.list)
            version.refresh_from_db()
            if version.state == State.LOADING:
                complete(version, code or version.list.format)
    except UnreadableList as error:
        refuse_file(version, str(error))
    return version


def complete(version: ListVersion, code: str) -> None:
    """Raises UnreadableList; then nothing of it is kept."""
    if code and code not in FORMATS:
        raise UnreadableList(f"there is no format “{code}”: use {', '.join(FORMATS)}, or leave it empty")
    if not is_kept(version.file_id):
        raise UnreadableList("its file is not kept")
    if version.list.versions.filter(number__gt=version.number).exclude(state__in=[State.LOADING, State.REFUSED]).exists():
        raise UnreadableList("a newer version was loaded meanwhile")
    current = version.list.current()
    contents = reading.read(pieces(version.file_id), code)
    version.format, version.loader = contents.format, contents.loader
    counter = Counter[str]()
    before = current.number if current else None
    for other in version.list.versions.filter(state=State.HELD):
        discard(other, f"Replaced by version {version.number} before anybody decided.")
    store(version, before, of_programmes(contents.entries, version.list.programmes, counter), got_on)
    if not counter["kept"]:
        raise UnreadableList("the file has no entry of the programmes of this list")
    version.published = date.fromisoformat(contents.published) if contents.published and is_day(contents.published) else None
    version.losses, version.based_on = dict(contents.losses), before
    count(version, before)
    settle(version, current, reasons(version, current, contents.stated_count, counter["read"], contents.recognised))


def of_programmes(entries: Iterable[EntryRecord], programmes: list[str], counter: Counter[str]) -> Iterator[EntryRecord]:
    """Entries of the programmes that the list is kept for; all where it names none."""
    chosen = set(programmes)
    for entry in entries:
        counter["read"] += 1
        if not chosen or chosen & set(entry.programmes):
            counter["kept"] += 1
            yield entry


def count(version: ListVersion, before: int | None) -> None:
    """The numbers of a version, and of what changed."""
    entries = ListEntry.objects.filter(list=version.list, versions__contains=version.number)
    version.entry_count = entries.count()
    version.name_count = ListedName.objects.filter(entry__in=entries).count()
    version.added, version.removed = added(version, before).count(), removed(version, before).count()
    version.changed = version.respelled = 0
    for change in changes(version, before):
        version.respelled += change.only_respelled
        version.changed += not change.only_respelled


def settle(version: ListVersion, current: ListVersion | None, why: list[str]) -> None:
    """Current, or held with the reasons."""
    version.state, version.reasons = (State.HELD, why) if why else (State.CURRENT, [])
    if not why and current:
        ListVersion.objects.filter(pk=current.pk).update(state=State.PAST)
    version.save(update_fields=COMPLETED)


def discard(version: ListVersion, why: str) -> None:
    """Take the entries of a held version away: those that stand in the one before it stand on in that alone."""
    values = {"list": version.list_id, "number": version.number, "before": (version.based_on or 0) + 1}
    with connection.cursor() as cursor:
        for statement in DISCARD:
            cursor.execute(statement, values)
    version.state, version.reasons = State.REFUSED, [*version.reasons, why]
    version.save(update_fields=["state", "reasons", "decided_by", "decided_at"])


def refuse_file(version: ListVersion, why: str) -> None:
    """Keep of a file that cannot be loaded the hash and the reason; its bytes only where another version has them."""
    with transaction.atomic():
        lock(version.list)
        version.refresh_from_db()
        if version.state != State.LOADING:
            return
        version.state, version.reasons = State.REFUSED, [why]
        version.save(update_fields=["state", "reasons"])
        if (
            not ListVersion.objects.filter(file=version.file_id)
            .exclude(pk=version.pk)
            .exclude(decided_by=None, state=State.REFUSED)
            .exists()
        ):
            ListFile.objects.filter(pk=version.file_id).update(content=None)
