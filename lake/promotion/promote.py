"""Chosen pages of a lake into a corpus: their bytes at their place in the crawl, their texts as an import stores them.

The bytes are those that the crawl has there, and must have the digest that the lake has of them. What the lake has of their text is
stored a thousand pages at a time, once one of these was read again and gave the same. Where a text came from is kept to the byte, as
the source of its document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from django.db import DataError, IntegrityError

from corpus.db.round_trip import round_trip
from corpus.db.row_writer import own_server
from corpus.intake.article_text import clean_record
from corpus.intake.ingest import add_result, digest_of, keep
from corpus.intake.many import DraftedBatch, ReadText, drafted_batch, store_many
from corpus.models import Corpus, Intake, IntakeItem
from corpus.passages.index import index_later
from corpus.readers import sandboxed
from corpus.readers.extracted import Record
from lake.files.addresses import LakeFiles
from lake.promotion.pages import ChosenPage, CrawlBytes, read_texts, stays_at
from lake.promotion.rows import MissingRow
from lake.queries.database import MEMORY
from lake.queries.select import selection
from lake.read.places import Crawls, InputFile, input_files

# The SELECT may end in a comment; and `page` is its own column, not the one of `pages`.
COLUMNS = ChosenPage.__annotations__
CHOSEN = f"""WITH chosen AS ({{}}
) SELECT {", ".join(f'"{column}"' for column in COLUMNS)} FROM pages
WHERE page IN (SELECT chosen.page FROM chosen) ORDER BY crawl, "offset", number"""  # noqa: S608 - of our own words
COUNTED = """WITH chosen AS ({}
) SELECT count(*) FROM pages WHERE page IN (SELECT chosen.page FROM chosen)"""
HAVING = """SELECT raw.sha256, own.sha256, own.retrieved_from FROM unnest($2::text[]) asked (sha256)
JOIN corpus_raw raw ON raw.corpus_id = $1 AND raw.sha256 = asked.sha256 JOIN corpus_document own ON own.raw_id = raw.id"""
WAITING = """SELECT held.source FROM unnest($2::text[]) asked (source)
JOIN corpus_held held ON held.source = asked.source JOIN corpus_intakeitem item ON item.id = held.item_id
JOIN corpus_intake intake ON intake.id = item.intake_id WHERE intake.corpus_id = $1"""
FAILED = """SELECT item.name FROM unnest($2::text[]) asked (name) JOIN corpus_intakeitem item ON item.name = asked.name
WHERE item.intake_id = $1::bigint AND item.outcome = 'failed'"""
SKIPPED = "skipped"


class PageBatch(NamedTuple):
    """Pages on their way, and what another thread makes of them meanwhile."""

    pages: list[ChosenPage]
    drafts: Future[PageDrafts]


class PageDrafts(NamedTuple):
    """The pages whose texts need not be read again, and these on their way in."""

    pages: list[str]
    batch: DraftedBatch


class NoCrawl(ValueError):
    """The file of a crawl is not where it was named, or not where original files may stay."""


class MovedBytes(ValueError):
    """The crawl has other bytes there than the lake has read."""


def promote(
    lake: LakeFiles,
    corpus: Corpus,
    sql: str,
    crawls: Sequence[Crawls],
    *,
    memory: str = MEMORY,
    progress: Callable[[Counter[str]], None] | None = None,
    intake: Intake | None = None,
    stay: Path | None = None,
) -> Counter[str]:
    """Store the pages that a SELECT with a column `page` gives; how many had which outcome. What the corpus has already is skipped.

    `crawls`: the files, folders and addresses that the lake was read from. `intake`: one that was begun before; its failures are skipped too.
    `stay`: the folder of crawls, below which original files stay where they are; else they are copied. Raises SelectRefused, NoInput, NoCrawl, MissingExtra.
    """
    files = {file.name: file for file in input_files(list(crawls))}
    reader, again = CrawlBytes(files, stay), CrawlBytes(files, stay)  # each of one thread
    outcomes: Counter[str] = Counter()
    facts, server = intake.facts if intake else {}, own_server()
    sandboxed.start_early()  # for the page of a thousand that is read again
    try:
        with selection(lake, sql, memory, CHOSEN, needs="page") as answer, ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next_pages, answer.batches)
            before: PageBatch | None = None
            while (chosen := coming.result()) or before:
                check_files(chosen, files, stay)
                new = list(without_present(corpus, chosen, intake, before.pages if before else ()))
                # Both while the batch before it is stored.
                drafts = ahead.submit(drafts_of, corpus, facts, new, reader, server)
                coming = ahead.submit(next_pages, answer.batches)
                if before and before.pages:
                    intake = intake or Intake.objects.create(corpus=corpus, door=Intake.Door.COMMAND)
                    outcomes += promote_batch(intake, before.pages, before.drafts.result(), again)
                outcomes[SKIPPED] += len(chosen) - len(new)
                before = PageBatch(new, drafts) if chosen else None
                if progress:
                    progress(outcomes)
    finally:
        reader.close()
        again.close()
        if intake:
            intake.close()
            index_later()
    return outcomes


def next_pages(batches: Iterator[list[tuple[Any, ...]]]) -> list[ChosenPage]:
    """Empty where there are no more."""
    return [ChosenPage(*row) for row in next(batches, ())]


def count_pages(lake: LakeFiles, sql: str, memory: str = MEMORY) -> int:
    """How many pages a SELECT with a column `page` gives. Raises SelectRefused, MissingExtra."""
    with selection(lake, sql, memory, COUNTED, needs="page") as answer:
        return int(next(answer.batches)[0][0])


def check_files(pages: Iterable[ChosenPage], files: dict[str, InputFile], stay: Path | None = None) -> None:
    """Raises NoCrawl before anything of a batch is stored."""
    pages = list(pages)
    missing = next((page.crawl for page in pages if page.crawl not in files), None)
    if missing:
        raise NoCrawl(f"The crawl {missing} is not in the folders named with --from: name what `lake read` was given.")
    outside = next((crawl for crawl in {page.crawl for page in pages} if stay and not stays_at(stay, files[crawl])), None)
    if outside:
        raise NoCrawl(
            f"The crawl {outside} does not lie below CRAWLS, so original files cannot stay there: copy them, or move it."
        )


def without_present(
    corpus: Corpus, pages: Sequence[ChosenPage], intake: Intake | None, coming: Iterable[ChosenPage]
) -> Iterator[ChosenPage]:
    """Those that the corpus has neither as this text from these bytes, nor from this place, nor waiting for a manager, nor failed in this
    intake. `coming`: pages that are not stored yet and will be."""
    sources = [page.source for page in pages]
    rows, held, failed = round_trip(
        [
            (HAVING, [corpus.pk, [*{page.raw_sha256 for page in pages}]]),
            (WAITING, [corpus.pk, sources]),
            (FAILED, [intake and intake.pk, sources]),
        ]
    )
    texts, known = {row[:2] for row in rows}, {(raw, source) for raw, _, source in rows}
    texts |= {(page.raw_sha256, page.text_sha256) for page in coming}
    left = {source for (source,) in chain(held, failed)}
    for page in pages:
        is_there = (page.raw_sha256, page.text_sha256) in texts or (page.raw_sha256, page.source) in known
        if not (is_there or page.source in left):
            texts.add((page.raw_sha256, page.text_sha256))
            yield page


def drafts_of(
    corpus: Corpus, facts: Mapping[str, Any], pages: Sequence[ChosenPage], crawls: CrawlBytes, server: Any
) -> PageDrafts:
    """Of pages of which the lake has enough, or of none where one of them cannot be drafted: each says for itself which."""
    texts = texts_of(pages, crawls)
    try:
        return PageDrafts([*texts], drafted_batch(corpus, facts, texts.values(), server))
    except (ValueError, DataError):
        return PageDrafts([], drafted_batch(corpus, facts, (), server))


def texts_of(pages: Sequence[ChosenPage], crawls: CrawlBytes) -> dict[str, ReadText]:
    """Of pages of which the lake has enough, by page; of none where a sample is not as the lake has it. The database is not asked."""
    texts = {page.page: text for page, text in read_texts(pages, crawls)}
    sample = next((page for page in reversed(pages) if page.page in texts), None)  # the last: a file of rows stands there
    return texts if sample and is_as_read(sample, texts[sample.page], crawls) else {}


def promote_batch(intake: Intake, pages: Sequence[ChosenPage], drafts: PageDrafts, crawls: CrawlBytes) -> Counter[str]:
    """All at once whose texts are there; the others are read again, one by one."""
    try:
        outcomes = dict(zip(drafts.pages, store_many(intake, drafts.batch), strict=True))
    except (ValueError, DataError, IntegrityError):  # of one of them; which one, each says for itself
        outcomes = {}
    return Counter(outcomes.get(page.page) or promote_page(intake, page, crawls).outcome for page in pages)


def is_as_read(page: ChosenPage, text: ReadText, crawls: CrawlBytes) -> bool:
    """Whether its bytes, read again, give what the lake has of it."""
    try:
        cleaned = clean_record(record_of(page, crawls))
    except (ValueError, OSError):
        return False
    return cleaned == text.cleaned


def promote_page(intake: Intake, page: ChosenPage, crawls: CrawlBytes) -> IntakeItem:
    """Its result in the intake, whatever happens."""
    try:
        record = record_of(page, crawls)
    except (MovedBytes, OSError) as error:
        return add_result(intake, page.source, IntakeItem.Outcome.FAILED, detail=str(error))
    return keep(intake, record, source=crawls.proven_source(page))


def record_of(page: ChosenPage, crawls: CrawlBytes) -> Record:
    """What the readers make of its bytes now. Raises MovedBytes, OSError."""
    at = f"row {page.number:,}" if page.is_row else f"byte {page.offset:,}"
    data, name = bytes_of(page, crawls)
    same = [
        record
        for record in sandboxed.records(data, name)
        if isinstance(record, Record) and digest_of(record.raw) == page.raw_sha256
    ]
    if not same:
        raise MovedBytes(
            f"{page.crawl} has at {at} not what the lake has read there (SHA-256 {page.raw_sha256}). "
            "Put the crawl back as it was, or read it into the lake again."
        )
    record = next((record for record in same if text_digest(record) == page.text_sha256), same[0])
    return replace(record, name=page.name) if page.is_row else record  # by itself it is the first of its file


def text_digest(record: Record) -> str:
    """Empty for what cannot be cleaned."""
    try:
        return digest_of(clean_record(record).text.encode())
    except ValueError:
        return ""


def bytes_of(page: ChosenPage, crawls: CrawlBytes) -> tuple[bytes, str]:
    """What is to be read, and the name that its reader goes by. Raises MovedBytes, OSError."""
    path = crawls.path(page.crawl)
    if page.is_row:
        try:
            return crawls.rows.row(path, page.number), f"{page.crawl}.json"
        except MissingRow as error:
            raise MovedBytes(
                f"{page.crawl} has no row {page.number:,}: {error}. Put the file back as it was, or read it into the lake again."
            ) from error
    return b"".join(crawls.reader.stored(path, [(page.offset, page.length)])), page.crawl
