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
from typing import BinaryIO, NamedTuple

import numpy as np

from corpus.intake.ingest import digest_of
from corpus.intake.many import ReadText
from corpus.provenance.addresses import Source
from corpus.readers import sandboxed
from corpus.readers.budget import MEGABYTE
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import Child, DeadError
from corpus.sandbox.frames import send
from lake.read.cleaning import unpacked
from lake.read.inputs import InputFile, kind_of
from lake.read.page import LONGEST_ADDRESS, LONGEST_FIELD

LONGEST_NAME = 1_800  # bytes of the name of a crawl in the source of a document
LARGE, MOST = MEGABYTE, 200 * MEGABYTE  # bytes of a record in the crawl, and of all pages that are in memory at a time


class ChosenPage(NamedTuple):
    """A page that goes into the corpus: where it lies, and what the lake has of it. Its fields are the columns of the lake."""

    page: str
    crawl: str
    crawl_sha256: str
    offset: int
    length: int
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
        """What is kept of where a text came from: `crawls/a.warc.gz#offset=1234&length=567&sha256=…`, the digest of the whole file."""
        return f"{self.crawl[-LONGEST_NAME:]}#offset={self.offset}&length={self.length}&sha256={self.crawl_sha256}"

    @property
    def is_whole(self) -> bool:
        """Whether the lake has all that an article is made of: it cuts long names, and older versions of it kept less."""
        cut = len(self.outlet) == LONGEST_FIELD or LONGEST_ADDRESS in map(len, (self.name, self.url, self.claimed))
        return bool(self.cleaning) and not cut and self.length <= LARGE


class CrawlBytes:
    """The bytes of pages, crawl by crawl: one file is open at a time. Of a web archive a process in the sandbox unpacks them, while ours goes on."""

    def __init__(self, files: dict[str, InputFile]) -> None:
        self.files, self.crawl = files, ""
        self.stream: BinaryIO | None = None
        self.child: Child | None = None

    def close(self) -> None:
        if self.child:
            self.child.close()
        if self.stream:
            self.stream.close()
        self.stream = self.child = None

    def open(self, crawl: str) -> None:
        """Raises OSError."""
        if crawl == self.crawl and self.stream:
            return
        self.close()
        path = Path(self.files[crawl].path)
        self.crawl, self.stream = crawl, path.open("rb")
        if kind_of(path) == "warc":
            descriptor = self.stream.fileno()
            self.child = Child("lake.read.raws", str(descriptor), crawl, files=[descriptor])

    def of(self, crawl: str, pages: Sequence[ChosenPage]) -> Iterator[bytes]:
        """Of each page in turn; it ends early where a page kills the process. Raises OSError."""
        self.open(crawl)
        if self.child:
            yield from self.unpacked(self.child, pages)
        elif self.stream:
            for page in pages:
                self.stream.seek(page.offset)
                yield self.stream.read(page.length)

    def unpacked(self, child: Child, pages: Sequence[ChosenPage]) -> Iterator[bytes]:
        try:
            if child.layers().hold or not sandboxed.strict:
                send(child.process.stdin, {"records": [(page.offset, page.length) for page in pages]})
                for _ in pages:
                    yield child.header()["data"]
        except (DeadError, BrokenPipeError):
            self.close()
        except GeneratorExit:
            self.close()  # it is in the middle of an answer that nobody waits for
            raise


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
                        yield page, read_text(page, raw)


def read_text(page: ChosenPage, raw: bytes) -> ReadText:
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
    return ReadText(record, cleaned, minima, Source(page.source), page.raw_sha256, page.text_sha256)
