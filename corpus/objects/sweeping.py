"""Objects that no row names: left over by a crash, or by articles that were deleted. They go once no backup can name them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import batched
from typing import NamedTuple

from corpus.models import Raw
from corpus.objects.raws import key_of, store

DAYS = 7
AT_ONCE = 1_000  # keys


class Swept(NamedTuple):
    """How many objects there are, how many of them no row names, and how many were removed."""

    objects: int
    orphans: int
    removed: int


def sweep(days: float = DAYS) -> Swept:
    """Mark what no row names, and remove what was marked so many days ago."""
    folder = store()
    objects = orphans = removed = 0
    for keys in batched(folder.keys(), AT_ONCE):
        named = names(keys)
        objects += len(keys)
        for key in keys:
            if key in named:
                folder.unmark(key)
                continue
            orphans += 1
            if time.time() - folder.mark(key) >= days * 86_400:
                removed += key not in names([key]) and folder.remove(key)
    return Swept(objects, orphans, removed)


def names(keys: Iterable[str]) -> set[str]:
    """Those that a row names."""
    wanted = set(keys)
    rows = Raw.objects.filter(storage=Raw.Storage.OBJECT, sha256__in={key.rpartition("/")[2] for key in wanted})
    return wanted & {key_of(*row) for row in rows.values_list("corpus_id", "sha256")}
