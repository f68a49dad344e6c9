"""Chosen pages of a lake into a corpus: read again at their place in the crawl, and stored as an import stores them.

The lake is not trusted with what a text says: the bytes are those that the crawl has there, and must have the digest that the lake
has of them. Where a text came from is kept to the byte, as the source of its document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.intake.article_text import clean_record
from corpus.intake.ingest import add_result, digest_of, keep
from corpus.models import Corpus, Document, Held, Intake, IntakeItem
from corpus.passages.index import index_later
from corpus.provenance.addresses import Source
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import records
from lake.files.folder import LakeFolder
from lake.queries.database import MEMORY
from lake.queries.select import selection
from lake.read.inputs import InputFile, input_files

# The SELECT may end in a comment; and `page` is its own column, not the one of `pages`.
CHOSEN = """WITH chosen AS ({}
) SELECT page, crawl, crawl_sha256, "offset", length, raw_sha256, text_sha256 FROM pages
WHERE page IN (SELECT chosen.page FROM chosen) ORDER BY crawl, "offset", number"""
LONGEST_NAME = 1_800  # bytes of the name of a crawl in the source of a document
SKIPPED = "skipped"


class NoCrawl(ValueError):
    """The file of a crawl is not where it was named."""


class ChosenPage(NamedTuple):
    """A page that goes into the corpus, by where it lies."""

    page: str
    crawl: str
    crawl_sha256: str
    offset: int
    length: int
    raw_sha256: str
    text_sha256: str

    @property
    def source(self) -> str:
        """What is kept of where a text came from: `crawls/a.warc.gz#offset=1234&length=567&sha256=…`, the digest of the whole file."""
        return f"{self.crawl[-LONGEST_NAME:]}#offset={self.offset}&length={self.length}&sha256={self.crawl_sha256}"


class MovedBytes(ValueError):
    """The crawl has other bytes there than the lake has read."""


def promote(
    lake: LakeFolder,
    corpus: Corpus,
    sql: str,
    crawls: Sequence[Path],
    *,
    memory: str = MEMORY,
    progress: Callable[[int], None] | None = None,
) -> Counter[str]:
    """Store the pages that a SELECT with a column `page` gives; how many had which outcome. What the corpus has already is skipped.

    `crawls`: the files and folders that the lake was read from. Raises SelectRefused, NoInput, NoCrawl, MissingExtra.
    """
    files = {file.name: file for file in input_files(list(crawls))}
    outcomes: Counter[str] = Counter()
    intake: Intake | None = None
    try:
        with selection(lake, sql, memory, CHOSEN, needs="page") as answer:
            for batch in answer.batches:
                chosen = [ChosenPage(*row) for row in batch]
                check_files(chosen, files)
                new = list(without_present(corpus, chosen))
                outcomes[SKIPPED] += len(chosen) - len(new)
                for page in new:
                    intake = intake or Intake.objects.create(corpus=corpus, door=Intake.Door.COMMAND)
                    outcomes[promote_page(intake, page, files[page.crawl]).outcome] += 1
                if progress:
                    progress(outcomes.total())
    finally:
        if intake:
            intake.close()
            index_later()
    return outcomes


def check_files(pages: Iterable[ChosenPage], files: dict[str, InputFile]) -> None:
    """Raises NoCrawl before anything of a batch is stored."""
    missing = next((page.crawl for page in pages if page.crawl not in files), None)
    if missing:
        raise NoCrawl(f"The crawl {missing} is not in the folders named with --from: name what `lake read` was given.")


def without_present(corpus: Corpus, pages: Sequence[ChosenPage]) -> Iterator[ChosenPage]:
    """Those that the corpus has neither as this text from these bytes, nor from this place, nor waiting for a manager."""
    having = Document.objects.filter(corpus=corpus, raw__sha256__in=[page.raw_sha256 for page in pages])
    rows = list(having.values_list("raw__sha256", "sha256", "retrieved_from"))
    texts, sources = {row[:2] for row in rows}, {(raw, source) for raw, _, source in rows}
    waiting = set(
        Held.objects.filter(item__intake__corpus=corpus, source__in=[page.source for page in pages]).values_list(
            "source", flat=True
        )
    )
    for page in pages:
        is_there = (page.raw_sha256, page.text_sha256) in texts or (page.raw_sha256, page.source) in sources
        if not (is_there or page.source in waiting):
            texts.add((page.raw_sha256, page.text_sha256))
            yield page


def promote_page(intake: Intake, page: ChosenPage, file: InputFile) -> IntakeItem:
    """Its result in the intake, whatever happens."""
    try:
        record = record_of(page, file)
    except (MovedBytes, OSError) as error:
        return add_result(intake, page.source, IntakeItem.Outcome.FAILED, detail=str(error))
    return keep(intake, record, source=Source(page.source))


def record_of(page: ChosenPage, file: InputFile) -> Record:
    """What the readers make of its bytes now. Raises MovedBytes, OSError."""
    same = [
        record
        for record in records(bytes_of(page, file), page.crawl)
        if isinstance(record, Record) and digest_of(record.raw) == page.raw_sha256
    ]
    if not same:
        raise MovedBytes(
            f"{file.path} has at byte {page.offset:,} not what the lake has read there (SHA-256 {page.raw_sha256}). "
            "Put the crawl back as it was, or read it into the lake again."
        )
    return next((record for record in same if text_digest(record) == page.text_sha256), same[0])


def text_digest(record: Record) -> str:
    """Empty for what cannot be cleaned."""
    try:
        return digest_of(clean_record(record).text.encode())
    except ValueError:
        return ""


def bytes_of(page: ChosenPage, file: InputFile) -> bytes:
    with Path(file.path).open("rb") as stream:
        stream.seek(page.offset)
        return stream.read(page.length)
