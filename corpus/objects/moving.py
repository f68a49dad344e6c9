"""Raw bytes to another place, each compared with its SHA-256 on the way: large ones, stored before there were objects, out of their rows;
and those that stay in crawls into the database or the objects, so that the crawls are needed no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length

from corpus.models import Raw
from corpus.objects.crawls import CrawlReader
from corpus.objects.folder import digest
from corpus.objects.raws import DamagedObject, bytes_of, columns

MAY_MOVE = "SELECT set_config('attest.moves_bytes', 'on', true)"


class MovedOut(NamedTuple):
    """How many raw files, and their bytes."""

    files: int
    size: int


def move_out(tell: Callable[[int, int], object] = lambda done, total: None) -> MovedOut:
    """Large ones. Each in a transaction of its own, its object first: who is stopped goes on later. Raises DamagedObject, OSError."""
    rows = Raw.objects.filter(storage=Raw.Storage.ROW).annotate(length=Length("content"))
    return move_all(rows.filter(length__gte=settings.OBJECTS_FROM).order_by("pk"), tell)


def copy_in(tell: Callable[[int, int], object] = lambda done, total: None) -> MovedOut:
    """Those that stay in crawls, likewise."""
    return move_all(Raw.objects.filter(storage=Raw.Storage.CRAWL).order_by("crawl", "crawl_offset", "pk"), tell)


def move_all(rows: QuerySet[Raw], tell: Callable[[int, int], object]) -> MovedOut:
    keys, size, reader = list(rows.values_list("pk", flat=True)), 0, CrawlReader()
    try:
        for done, key in enumerate(keys):
            tell(done, len(keys))
            size += move(key, reader)
    finally:
        reader.close()
    return MovedOut(len(keys), size)


@transaction.atomic
def move(key: int, reader: CrawlReader) -> int:
    """Bytes that have moved to where new ones of their size lie."""
    raw = Raw.objects.select_for_update().get(pk=key)
    content = bytes_of(raw, reader)
    if digest(content) != raw.sha256:
        raise DamagedObject(f"The original file (SHA-256 {raw.sha256}) is damaged in the database. Restore it from a backup.")
    with connection.cursor() as cursor:
        cursor.execute(MAY_MOVE)
    Raw.objects.filter(pk=key, storage=raw.storage).update(**columns(raw.corpus_id, raw.sha256, content))
    return len(content)
