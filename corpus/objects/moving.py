"""Large raw bytes that were stored in their rows before there were objects: out of the rows, each compared with its SHA-256 on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Length

from corpus.models import Raw
from corpus.objects.folder import digest
from corpus.objects.raws import DamagedObject, bytes_of, put

MAY_MOVE = "SELECT set_config('attest.moves_bytes', 'on', true)"


class MovedOut(NamedTuple):
    """How many raw files, and their bytes."""

    files: int
    size: int


def move_out(tell: Callable[[int, int], object] = lambda done, total: None) -> MovedOut:
    """Each in a transaction of its own, its object first: who is stopped goes on later. Raises DamagedObject, OSError."""
    rows = Raw.objects.filter(storage=Raw.Storage.ROW).annotate(length=Length("content"))
    keys = list(rows.filter(length__gte=settings.OBJECTS_FROM).order_by("pk").values_list("pk", flat=True))
    size = 0
    for done, key in enumerate(keys):
        tell(done, len(keys))
        size += move(key)
    return MovedOut(len(keys), size)


@transaction.atomic
def move(key: int) -> int:
    """Bytes that have left their row."""
    raw = Raw.objects.select_for_update().get(pk=key)
    content = bytes_of(raw)
    if digest(content) != raw.sha256:
        raise DamagedObject(f"The original file (SHA-256 {raw.sha256}) is damaged in the database. Restore it from a backup.")
    put(raw.corpus_id, raw.sha256, content)
    with connection.cursor() as cursor:
        cursor.execute(MAY_MOVE)
    Raw.objects.filter(pk=key, storage=Raw.Storage.ROW).update(storage=Raw.Storage.OBJECT, content=None, size=len(content))
    return len(content)
