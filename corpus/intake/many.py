"""Texts that were read and cleaned before, stored many at a time: what `ingest.store` does, under one lock and by COPY.

What takes a decision of its own is left to `ingest.store`: an address that is known, and one that an article has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from corpus.cleaning.clean import Cleaned
from corpus.cleaning.segments import TextZone
from corpus.db.round_trip import round_trip
from corpus.db.row_writer import Copies, Row, row_of, sent_meanwhile
from corpus.db.unhurried import unhurried
from corpus.intake.article_text import refuse_blank
from corpus.intake.ingest import NO_WAIT, fit, lock, origin
from corpus.intake.metadata import drafted
from corpus.intake.new_text import add_parts, new_text
from corpus.intake.verbatim import numbers
from corpus.models import Article, Corpus, Document, Intake, IntakeItem, Raw, Segment, Sketch, Zone
from corpus.near_duplicates.batches import likely_originals, make_copies, near_of_all, stored_near
from corpus.near_duplicates.shingles import Minima, bands
from corpus.objects.raws import columns
from corpus.provenance.addresses import Addresses, Source, addresses
from corpus.provenance.outlets import KnownOutlets, name_outlet
from corpus.readers.extracted import Record

# Digests and addresses go as one array, and are asked as its rows: the planner would read a thousand of them by themselves for longer than it
# looks them up, and with `= ANY`, in a plan that it keeps for any array, would look through all of it at each row of the corpus.
TEXTS = """SELECT raw.sha256, own.sha256, own.id FROM unnest($2::text[]) asked (sha256)
JOIN corpus_document own ON own.corpus_id = $1 AND own.sha256 = asked.sha256 JOIN corpus_raw raw ON raw.id = own.raw_id"""
TAKEN = """SELECT own.url FROM unnest($2::text[]) asked (url)
JOIN corpus_article own ON own.corpus_id = $1 AND own.url = asked.url AND own.url <> ''"""
BYTES = """SELECT own.sha256, own.id FROM unnest($2::text[]) asked (sha256)
JOIN corpus_raw own ON own.corpus_id = $1 AND own.sha256 = asked.sha256"""

NO_OUTLETS = KnownOutlets(None, None)  # an address that is only claimed names none


@dataclass(frozen=True, slots=True)
class ReadText:
    """A record, and what was worked out of its raw text, which is left out."""

    record: Record
    cleaned: Cleaned
    minima: Minima
    source: Source
    raw_sha256: str
    text_sha256: str


@dataclass(slots=True)
class Drafted:
    """A text on its way in, with a document of its own, which is new in the corpus or of no use there: one is present, or somebody else decides."""

    text: ReadText
    known: Addresses
    document: Document
    bands: list[int]
    is_new: bool = False
    has_new_bytes: bool = False
    present: UUID | None = None

    @property
    def outcome(self) -> str | None:
        if not self.is_new:
            return IntakeItem.Outcome.PRESENT if self.present else None
        return IntakeItem.Outcome.COPY if self.document.article.copy_of_id else IntakeItem.Outcome.STORED


@dataclass(slots=True)
class DraftedBatch:
    """Texts with all that follows from themselves: another thread makes it while the database stores those before. `parts`: rows, if all are new."""

    drafts: list[Drafted]
    parts: Copies


def drafted_batch(corpus: Corpus, facts: Mapping[str, Any], texts: Iterable[ReadText], server: Any = None) -> DraftedBatch:
    """Nothing is asked of the database. `facts`: of the intake; `server`: of a thread without a connection. Raises ValueError."""
    drafts = [drafted_text(corpus, facts, text) for text in texts]
    return DraftedBatch(drafts, parts_of(drafts, Copies(server)))


def drafted_text(corpus: Corpus, facts: Mapping[str, Any], text: ReadText) -> Drafted:
    refuse_blank(text.cleaned)
    known = addresses(text.record, text.source)
    article = drafted(corpus, text.record, text.cleaned, dict(facts), known)
    if not known.url:
        name_outlet(article, text.record, known, NO_OUTLETS)
    own = origin(text.record, text.cleaned, 0, text.source) | {"raw_length": text.cleaned.source_map.raw_length}
    document = new_text(article, text.cleaned.text, text.text_sha256, **own)
    return Drafted(text, known, document, bands(text.minima, corpus.pk))


def parts_of(drafts: Iterable[Drafted], out: Copies) -> Copies:
    """Rows with nothing of the database in them but the key of their text."""
    for draft in drafts:
        add_parts(out, draft.document, draft.text.cleaned)
        out.add(Sketch, [{"document_id": draft.document.pk, "minima": draft.text.minima.tobytes(), "bands": draft.bands}])
    return out


def store_many(intake: Intake, batch: DraftedBatch) -> list[str | None]:
    """The outcome of each, which stands in the intake; None for one that is left to `ingest.store`. All in one transaction.

    Raises ValueError, DataError or IntegrityError for what cannot be stored: then nothing of it is.
    """
    with unhurried():
        lock(intake.corpus, NO_WAIT)
        meet(intake.corpus, batch.drafts)
        new = [draft for draft in batch.drafts if draft.is_new]
        store_new(intake, batch, new)
    return [draft.outcome for draft in batch.drafts]


def store_new(intake: Intake, batch: DraftedBatch, new: Sequence[Drafted]) -> None:
    """Rows go as soon as they are known, in three parts, so that the database works while Python does: original files while texts are looked
    for that these may be copies of, texts while they are compared, and articles and results last. Then all of them are checked."""
    texts, own = [(draft.document, draft.text.minima) for draft in new], [draft.bands for draft in new]
    stored = stored_near(own)  # before the sketches of these are there
    raws, documents, out = Copies(), Copies(), Copies()
    raws.add(Raw, [raw_row(intake.corpus, draft) for draft in new if draft.has_new_bytes], key=True)
    with sent_meanwhile(raws):
        documents.add(Document, (row_of(draft.document) for draft in new))
        parts = batch.parts if len(new) == len(batch.drafts) else parts_of(new, Copies())
        likely = likely_originals(texts, near_of_all(texts, own, stored))  # waits, if it asks the database, until they are sent
    with sent_meanwhile(documents, parts, checked=False):  # they refer to articles
        make_copies(texts, likely)
        add_all(out, intake, batch.drafts)
    out.send()
    add_zones(out, new)
    out.send()


# What the corpus has


def meet(corpus: Corpus, drafts: Sequence[Drafted]) -> None:
    """Which texts are new, and which are there of the same bytes."""
    present, taken, raws = look_up(corpus, drafts)
    free = iter(numbers(Raw, len({draft.text.raw_sha256 for draft in drafts} - raws.keys())))
    for draft in drafts:
        text = draft.text
        if draft.known.url or draft.known.claimed in taken:
            continue
        draft.present = present.get((text.raw_sha256, text.text_sha256))
        if draft.present:
            continue
        draft.is_new, draft.has_new_bytes = True, text.raw_sha256 not in raws
        if draft.has_new_bytes:
            raws[text.raw_sha256] = next(free)
        draft.document.raw_id = raws[text.raw_sha256]
        present[text.raw_sha256, text.text_sha256] = draft.document.pk


def look_up(corpus: Corpus, drafts: Sequence[Drafted]) -> tuple[dict[tuple[str, str], UUID], set[str], dict[str, int]]:
    """In one round trip: texts by the digests of their bytes and their own, addresses that articles have, bytes by their digest.

    Each value is asked once: of a text that many pages have, every row of it would come for each of them.
    """
    claimed = {draft.known.claimed for draft in drafts} - {""}
    texts, taken, raws = round_trip(
        [
            (TEXTS, [corpus.pk, [*{draft.text.text_sha256 for draft in drafts}]]),
            (TAKEN, [corpus.pk, [*claimed]]),
            (BYTES, [corpus.pk, [*{draft.text.raw_sha256 for draft in drafts}]]),
        ]
    )
    return {(raw, text): key for raw, text, key in texts}, {url for (url,) in taken}, dict(raws)


# Rows


def add_all(out: Copies, intake: Intake, drafts: Sequence[Drafted]) -> None:
    """Articles and results, which follow from what the corpus has."""
    for draft in drafts:
        if draft.outcome:
            document = draft.document.pk if draft.is_new else draft.present
            item = {
                "intake_id": intake.pk,
                "name": fit(draft.text.record.name),
                "outcome": draft.outcome,
                "document_id": document,
            }
            out.add(IntakeItem, [item])
        if draft.is_new:
            out.add(Article, [row_of(draft.document.article)])


def raw_row(corpus: Corpus, draft: Drafted) -> Row:
    text = draft.text
    return columns(corpus.pk, text.raw_sha256, text.record.raw, text.source.stays) | {"id": draft.document.raw_id}


def add_zones(out: Copies, drafts: Iterable[Drafted]) -> None:
    """They name their segments, which are there by now."""
    zoned = {draft.document.pk: draft.text.cleaned.zones for draft in drafts if draft.text.cleaned.zones}
    rows = Segment.objects.filter(document__in=zoned).values_list("document", "code", "pk")
    segments = {(document, code): key for document, code, key in rows}
    for document, zones in zoned.items():
        own = {"document_id": document}
        out.add(Zone, (own | {"segment_id": segments[document, each.segment], **span(each)} for each in zones))


def span(zone: TextZone) -> Row:
    return {"kind": zone.kind, "start": zone.start, "end": zone.end}
