"""Bytes of pages of crawls that lie in buckets: only those are fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path

from corpus.objects.crawls import CrawlReader
from corpus.objects.s3 import is_bucket
from lake.read.places import ranges

AT_ONCE = 200  # pages in memory


class RangeReader(CrawlReader):
    """Of files as well."""

    def stored(self, path: Path | str, places: Sequence[tuple[int, int]]) -> Iterator[bytes]:
        """Raises OSError."""
        address = str(path)
        if not is_bucket(address):
            yield from super().stored(path, places)
            return
        for some in batched(places, AT_ONCE):
            yield from ranges(address, some)
