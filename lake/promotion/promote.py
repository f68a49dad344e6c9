"""Chosen pages of a lake into a corpus: their bytes at their place in the crawl, their texts as an import stores them.

The bytes are those that the crawl has there, and must have the digest that the lake has of them. What the lake has of their text is
stored a thousand pages at a time, once one of these was read again and gave the same. Where a text came from is kept to the byte, as
the source of its document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from django.db import DataError, IntegrityError

from corpus.intake.article_text import clean_record
from corpus.intake.ingest import add_result, digest_of, keep
from corpus.intake.many import ReadText, store_many
from corpus.models import Corpus, Document, Held, Intake, IntakeItem
from corpus.passages.index import index_later
from corpus.provenance.addresses import Source
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import records
from lake.files.addresses import LakeFiles
from lake.promotion.pages import ChosenPage, CrawlBytes, read_texts
from lake.queries.database import MEMORY
from lake.queries.select import selection
from lake.read.inputs import InputFile, input_files

# The SELECT may end in a comment; and `page` is its own column, not the one of `pages`.
COLUMNS = ChosenPage.__annotations__
CHOSEN = f"""WITH chosen AS ({{}}
) SELECT {", ".join(f'"{column}"' for column in COLUMNS)} FROM pages
WHERE page IN (SELECT chosen.page FROM chosen) ORDER BY crawl, "offset", number"""  # noqa: S608 - of our own words
SKIPPED = "skipped"


class PageBatch(NamedTuple):
    """Pages on their way, and what another thread reads of them meanwhile."""

    pages: list[ChosenPage]
    texts: Future[dict[str, ReadText]]


class NoCrawl(ValueError):
    """The file of a crawl is not where it was named."""


class MovedBytes(ValueError):
    """The crawl has other bytes there than the lake has read."""


def promote(
    lake: LakeFiles,
    corpus: Corpus,
    sql: str,
    crawls: Sequence[Path],
    *,
    memory: str = MEMORY,
    progress: Callable[[Counter[str]], None] | None = None,
    intake: Intake | None = None,
) -> Counter[str]:
    """Store the pages that a SELECT with a column `page` gives; how many had which outcome. What the corpus has already is skipped.

    `crawls`: the files and folders that the lake was read from. `intake`: one that was begun before; its failures are skipped too. Raises SelectRefused, NoInput, NoCrawl, MissingExtra.
    """
    files = {file.name: file for file in input_files(list(crawls))}
    reader = CrawlBytes(files)
    outcomes: Counter[str] = Counter()
    try:
        with selection(lake, sql, memory, CHOSEN, needs="page") as answer, ThreadPoolExecutor(1) as ahead:
            batches: Iterator[Any] = chain(answer.batches, [None])
            before: PageBatch | None = None
            for batch in batches:
                chosen = [ChosenPage(*row) for row in batch or ()]
                check_files(chosen, files)
                new = list(without_present(corpus, chosen, intake, before.pages if before else ()))
                texts = ahead.submit(texts_of, new, reader)  # while the batch before it is stored
                if before and before.pages:
                    intake = intake or Intake.objects.create(corpus=corpus, door=Intake.Door.COMMAND)
                    outcomes += promote_batch(intake, before.pages, before.texts.result(), reader.files)
                outcomes[SKIPPED] += len(chosen) - len(new)
                before = PageBatch(new, texts)
                if progress:
                    progress(outcomes)
    finally:
        reader.close()
        if intake:
            intake.close()
            index_later()
    return outcomes


def check_files(pages: Iterable[ChosenPage], files: dict[str, InputFile]) -> None:
    """Raises NoCrawl before anything of a batch is stored."""
    missing = next((page.crawl for page in pages if page.crawl not in files), None)
    if missing:
        raise NoCrawl(f"The crawl {missing} is not in the folders named with --from: name what `lake read` was given.")


def without_present(
    corpus: Corpus, pages: Sequence[ChosenPage], intake: Intake | None, coming: Iterable[ChosenPage]
) -> Iterator[ChosenPage]:
    """Those that the corpus has neither as this text from these bytes, nor from this place, nor waiting for a manager, nor failed in this
    intake. `coming`: pages that are not stored yet and will be."""
    having = Document.objects.filter(corpus=corpus, raw__sha256__in=[page.raw_sha256 for page in pages])
    rows = list(having.values_list("raw__sha256", "sha256", "retrieved_from"))
    texts, sources = {row[:2] for row in rows}, {(raw, source) for raw, _, source in rows}
    texts |= {(page.raw_sha256, page.text_sha256) for page in coming}
    waiting = set(
        Held.objects.filter(item__intake__corpus=corpus, source__in=[page.source for page in pages]).values_list(
            "source", flat=True
        )
    )
    named = IntakeItem.objects.filter(intake=intake, outcome=IntakeItem.Outcome.FAILED) if intake else IntakeItem.objects.none()
    waiting |= set(named.filter(name__in=[page.source for page in pages]).values_list("name", flat=True))
    for page in pages:
        is_there = (page.raw_sha256, page.text_sha256) in texts or (page.raw_sha256, page.source) in sources
        if not (is_there or page.source in waiting):
            texts.add((page.raw_sha256, page.text_sha256))
            yield page


def texts_of(pages: Sequence[ChosenPage], crawls: CrawlBytes) -> dict[str, ReadText]:
    """Of pages of which the lake has enough, by page; of none where a sample is not as the lake has it. The database is not asked."""
    texts = {page.page: text for page, text in read_texts(pages, crawls)}
    sample = next((page for page in pages if page.page in texts), None)
    return texts if sample and is_as_read(sample, texts[sample.page], crawls.files[sample.crawl]) else {}


def promote_batch(
    intake: Intake, pages: Sequence[ChosenPage], texts: Mapping[str, ReadText], files: Mapping[str, InputFile]
) -> Counter[str]:
    """All at once whose texts are there; the others are read again, one by one."""
    try:
        outcomes = dict(zip(texts, store_many(intake, list(texts.values())), strict=True))
    except (ValueError, DataError, IntegrityError):  # of one of them; which one, each says for itself
        outcomes = {}
    return Counter(outcomes.get(page.page) or promote_page(intake, page, files[page.crawl]).outcome for page in pages)


def is_as_read(page: ChosenPage, text: ReadText, file: InputFile) -> bool:
    """Whether its bytes, read again, give what the lake has of it."""
    try:
        cleaned = clean_record(record_of(page, file))
    except (ValueError, OSError):
        return False
    return cleaned == text.cleaned


def promote_page(intake: Intake, page: ChosenPage, file: InputFile) -> IntakeItem:
    """Its result in the intake, whatever happens."""
    try:
        record = record_of(page, file)
    except (MovedBytes, OSError) as error:
        return add_result(intake, page.source, IntakeItem.Outcome.FAILED, detail=str(error))
    return keep(intake, record, source=Source(page.source))


def record_of(page: ChosenPage, file: InputFile) -> Record:
    """What the readers make of its bytes now. Raises MovedBytes, OSError."""
    if not page.length:
        raise MovedBytes(
            f"{page.crawl} is a Parquet file: its rows have no bytes of their own. Export them as JSON Lines, and read these."
        )
    same = [
        record
        for record in records(bytes_of(page, file), page.crawl)
        if isinstance(record, Record) and digest_of(record.raw) == page.raw_sha256
    ]
    if not same:
        raise MovedBytes(
            f"{page.crawl} has at byte {page.offset:,} not what the lake has read there (SHA-256 {page.raw_sha256}). "
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
