"""Raw bytes outside the database: whether the object of each row is there or its place in a crawl, and is what was stored. Of many, a sample."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.queries.integrity.fault import Fault
from corpus.models import Corpus, Raw
from corpus.objects.crawls import CrawlReader
from corpus.objects.raws import DamagedObject, bytes_of

SAMPLE = 200


def faults(corpus: Corpus | None = None, *, whole: bool = False) -> Iterator[Fault]:
    """`whole`: every object is read, however long it takes."""
    rows = Raw.objects.exclude(storage=Raw.Storage.ROW)
    rows = rows.filter(corpus=corpus) if corpus else rows
    if not whole:
        rows = Raw.objects.filter(pk__in=list(rows.order_by("?").values_list("pk", flat=True)[:SAMPLE]))
    reader = CrawlReader()
    try:
        for raw in rows.order_by("crawl", "crawl_offset", "pk").iterator():  # each crawl is opened once
            try:
                bytes_of(raw, reader)
            except DamagedObject as error:
                yield Fault("raw", f"raw {raw.pk}", str(error))
    finally:
        reader.close()
