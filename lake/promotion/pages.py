"""Pages of a lake with what is known of them already, and their bytes out of the crawl: nothing is read a second time.

A page goes without being read again only if its bytes have the digest that the lake has of them. Whatever is unusual is left out here,
and read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus.intake.ingest import digest_of
from corpus.intake.many import ReadText
from corpus.objects.crawls import name_below
from corpus.objects.s3 import is_bucket
from corpus.provenance.addresses import CrawlPlace, Source
from corpus.readers.budget import MEGABYTE
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import PATIENT_SECONDS
from lake.promotion.ranges import RangeReader
from lake.promotion.rows import RowCursor
from lake.read.cleaning import unpacked
from lake.read.inputs import kind_of
from lake.read.page import LONGEST_ADDRESS, LONGEST_FIELD
from lake.read.places import InputFile

LONGEST_NAME = 1_800  # bytes of the name of a crawl in the source of a document
LARGE, MOST = MEGABYTE, 200 * MEGABYTE  # bytes of a record in the crawl, and of all pages that are in memory at a time


class ChosenPage(NamedTuple):
    """A page that goes into the corpus: where it lies, and what the lake has of it. Its fields are the columns of the lake."""

    page: str
    crawl: str
    crawl_sha256: str
    offset: int
    length: int
    number: int
    raw_sha256: str
    text_sha256: str
    name: str
    url: str
    claimed: str
    title: str
    outlet: str
    published: str
    published_basis: str
    language: str
    text: str
    encoding: str
    reader: str
    reader_version: str
    retrieved: str
    cleaning: str | None
    minima: bytes

    @property
    def source(self) -> str:
        """What is kept of where a text came from: `crawls/a.warc.gz#offset=1234&length=567&sha256=…`, the digest of the whole file.

        Of a row of Parquet, which has no bytes of its own: `crawls/a.parquet#row=89&sha256=…`, from 0.
        """
        at = f"row={self.number}" if self.is_row else f"offset={self.offset}&length={self.length}"
        return f"{self.crawl[-LONGEST_NAME:]}#{at}&sha256={self.crawl_sha256}"

    @property
    def is_row(self) -> bool:
        return not self.length

    @property
    def is_whole(self) -> bool:
        """Whether the lake has all that an article is made of: it cuts long names, and older versions of it kept less."""
        cut = len(self.outlet) == LONGEST_FIELD or LONGEST_ADDRESS in map(len, (self.name, self.url, self.claimed))
        return bool(self.cleaning) and not cut and self.length <= LARGE


def page_of(connection: Any, page: str) -> ChosenPage | None:
    """What the lake has under this id."""
    columns = ", ".join(f'"{column}"' for column in ChosenPage.__annotations__)
    row = connection.execute(f"SELECT {columns} FROM pages WHERE page = ?", [page]).fetchone()  # noqa: S608 - of our own words
    return ChosenPage(*row) if row else None


class CrawlBytes:
    """The bytes of pages, crawl by crawl. `stay`: the folder of crawls, if original files are to stay there."""

    def __init__(self, files: dict[str, InputFile], stay: Path | None = None) -> None:
        self.files, self.stay = files, stay
        self.reader, self.rows = RangeReader(PATIENT_SECONDS), RowCursor()
        self.names: dict[str, str] = {}

    def close(self) -> None:
        self.reader.close()
        self.rows.close()

    def path(self, crawl: str) -> str:
        """Or its address."""
        return self.files[crawl].path

    def of(self, crawl: str, pages: Sequence[ChosenPage]) -> Iterator[bytes]:
        """Of each page in turn; it ends early where a page kills the process. Raises OSError."""
        path, places, kind = self.path(crawl), [(page.offset, page.length) for page in pages], kind_of(self.files[crawl])
        if kind == "rows":
            return (self.rows.row(path, page.number) for page in pages)
        return self.reader.unpacked(path, places) if kind == "warc" else self.reader.stored(path, places)

    def source(self, page: ChosenPage) -> Source:
        """Of a page whose bytes were taken from its place."""
        name = "" if page.is_row else self.below(page.crawl)
        return Source(page.source, stays=CrawlPlace(name, page.offset, page.length) if name else None)

    def below(self, crawl: str) -> str:
        """Its path where original files stay; empty where they do not. The file is looked up once."""
        if crawl not in self.names:
            self.names[crawl] = stays_at(self.stay, self.files[crawl]) or ""
        return self.names[crawl]

    def proven_source(self, page: ChosenPage) -> Source:
        """Of a page that a reader made of more or less than its place has: those bytes are copied."""
        with suppress(OSError):
            if self.stay and any(digest_of(raw) == page.raw_sha256 for raw in self.of(page.crawl, [page])):
                return self.source(page)
        return Source(page.source)


def stays_at(root: Path | None, file: InputFile) -> str | None:
    """Its path below the folder of crawls; None where it lies elsewhere, or in a bucket."""
    return None if is_bucket(file.path) else name_below(root, Path(file.path))


def read_texts(pages: Sequence[ChosenPage], crawls: CrawlBytes) -> Iterator[tuple[ChosenPage, ReadText]]:
    """Those of the pages, which come in the order of their crawls, that need not be read again."""
    size = 0
    for crawl, group in groupby((page for page in pages if page.is_whole), key=attrgetter("crawl")):
        some = list(group)
        with suppress(OSError):
            for page, raw in zip(some, crawls.of(crawl, some), strict=False):
                size += len(raw)
                if size > MOST:
                    return
                if digest_of(raw) == page.raw_sha256:
                    with suppress(ValueError):
                        yield page, read_text(page, raw, crawls.source(page))


def read_text(page: ChosenPage, raw: bytes, source: Source) -> ReadText:
    """Raises ValueError where the lake has no sound text of it."""
    cleaned, encoding_basis = unpacked(page.text, page.cleaning or "")
    record = Record(
        raw=raw,
        raw_text="",
        encoding=page.encoding,
        encoding_basis=encoding_basis,
        reader=page.reader,
        reader_version=page.reader_version,
        name=page.name,
        url=page.url,
        claimed=page.claimed,
        title=page.title,
        outlet=page.outlet,
        language=page.language,
        published=page.published,
        published_basis=page.published_basis,
        retrieved=datetime.fromisoformat(page.retrieved) if page.retrieved else None,
    )
    minima = np.frombuffer(page.minima, dtype="<u4")
    return ReadText(record, cleaned, minima, source, page.raw_sha256, page.text_sha256)
