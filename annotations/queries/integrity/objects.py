"""Raw bytes outside the database: whether the object of each row is there, and is what was stored. Of many, a sample."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.queries.integrity.fault import Fault
from corpus.models import Corpus, Raw
from corpus.objects.raws import DamagedObject, bytes_of

SAMPLE = 200


def faults(corpus: Corpus | None = None, *, whole: bool = False) -> Iterator[Fault]:
    """`whole`: every object is read, however long it takes."""
    rows = Raw.objects.filter(storage=Raw.Storage.OBJECT)
    rows = rows.filter(corpus=corpus) if corpus else rows
    for raw in rows.iterator() if whole else rows.order_by("?")[:SAMPLE]:
        try:
            bytes_of(raw)
        except DamagedObject as error:
            yield Fault("raw", f"raw {raw.pk}", str(error))
