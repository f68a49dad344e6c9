"""Texts that were read and cleaned before, stored many at a time: what `ingest.store` does, under one lock and by COPY.

What takes a decision of its own is left to `ingest.store`: an address that is known, and one that an article has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corpus.cleaning.clean import Cleaned
from corpus.cleaning.segments import TextZone
from corpus.db.row_writer import Copies, Row, row_of
from corpus.intake.article_text import refuse_blank
from corpus.intake.ingest import fit, lock, origin
from corpus.intake.metadata import drafted
from corpus.intake.new_text import add_rows, new_text
from corpus.intake.verbatim import numbers
from corpus.models import Article, Corpus, Document, Intake, IntakeItem, Raw, Segment, Sketch, Zone
from corpus.near_duplicates.batches import compare_all
from corpus.near_duplicates.shingles import Minima
from corpus.objects.raws import columns
from corpus.provenance.addresses import Addresses, Source, addresses
from corpus.provenance.outlets import KnownOutlets, name_outlet
from corpus.readers.extracted import Record

NO_OUTLETS = KnownOutlets(None, None, None)  # an address that is only claimed names none


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
    """A text on its way in: its document, new or present, or None where somebody else decides."""

    text: ReadText
    known: Addresses
    article: Article
    document: Document | None = None
    present: UUID | None = None
    has_new_bytes: bool = False

    @property
    def outcome(self) -> str | None:
        if self.document is None:
            return IntakeItem.Outcome.PRESENT if self.present else None
        return IntakeItem.Outcome.COPY if self.document.article.copy_of_id else IntakeItem.Outcome.STORED


def store_many(intake: Intake, texts: Sequence[ReadText]) -> list[str | None]:
    """The outcome of each, which stands in the intake; None for one that is left to `ingest.store`. All in one transaction.

    Raises ValueError, DataError or IntegrityError for what cannot be stored: then nothing of it is.
    """
    drafts = [drafted_text(intake, text) for text in texts]
    with transaction.atomic():
        lock(intake.corpus)
        meet(intake.corpus, drafts)
        own = compare_all([(draft.document, draft.text.minima) for draft in drafts if draft.document])
        out = Copies()
        add_all(out, intake, drafts, iter(own))
        out.send()
        add_zones(out, drafts)
        out.send()
    return [draft.outcome for draft in drafts]


def drafted_text(intake: Intake, text: ReadText) -> Drafted:
    """Nothing of the database is asked: others need not wait."""
    refuse_blank(text.cleaned)
    known = addresses(text.record, text.source)
    article = drafted(intake.corpus, text.record, text.cleaned, intake.facts, known)
    if not known.url:
        name_outlet(article, text.record, known, NO_OUTLETS)
    return Drafted(text, known, article)


# What the corpus has


def meet(corpus: Corpus, drafts: Sequence[Drafted]) -> None:
    """A document for each text that is new, or the one that is there of the same bytes."""
    present, taken, raws = present_texts(corpus, drafts), taken_addresses(corpus, drafts), present_bytes(corpus, drafts)
    free = iter(numbers(Raw, len({draft.text.raw_sha256 for draft in drafts} - raws.keys())))
    for draft in drafts:
        text = draft.text
        if draft.known.url or draft.known.claimed in taken:
            continue
        draft.present = present.get((text.raw_sha256, text.text_sha256))
        if draft.present:
            continue
        draft.has_new_bytes = text.raw_sha256 not in raws
        if draft.has_new_bytes:
            raws[text.raw_sha256] = next(free)
        facts = origin(text.record, text.cleaned, raws[text.raw_sha256], text.source)
        facts["raw_length"] = text.cleaned.source_map.raw_length
        draft.document = new_text(draft.article, text.cleaned.text, text.text_sha256, **facts)
        present[text.raw_sha256, text.text_sha256] = draft.document.pk


def present_texts(corpus: Corpus, drafts: Sequence[Drafted]) -> dict[tuple[str, str], UUID]:
    """By the digests of bytes and text."""
    rows = Document.objects.filter(corpus=corpus, sha256__in=[draft.text.text_sha256 for draft in drafts])
    return {(raw, text): key for raw, text, key in rows.values_list("raw__sha256", "sha256", "pk")}


def taken_addresses(corpus: Corpus, drafts: Sequence[Drafted]) -> set[str]:
    claimed = {draft.known.claimed for draft in drafts} - {""}
    return set(Article.objects.filter(corpus=corpus, url__in=claimed).values_list("url", flat=True))


def present_bytes(corpus: Corpus, drafts: Sequence[Drafted]) -> dict[str, int]:
    rows = Raw.objects.filter(corpus=corpus, sha256__in={draft.text.raw_sha256 for draft in drafts})
    return dict(rows.values_list("sha256", "pk"))


# Rows


def add_all(out: Copies, intake: Intake, drafts: Sequence[Drafted], bands: Iterator[list[int]]) -> None:
    new = [draft for draft in drafts if draft.document]
    out.add(Raw, [raw_row(intake.corpus, draft) for draft in new if draft.has_new_bytes], key=True)
    for draft in drafts:
        if draft.outcome:
            item = IntakeItem(intake=intake, name=fit(draft.text.record.name), outcome=draft.outcome)
            item.document_id = draft.document.pk if draft.document else draft.present
            out.add(IntakeItem, [row_of(item)])
        if draft.document:
            add_rows(out, draft.document, draft.text.cleaned, None)
            sketch = {"document_id": draft.document.pk, "minima": draft.text.minima.tobytes(), "bands": next(bands)}
            out.add(Sketch, [sketch])


def raw_row(corpus: Corpus, draft: Drafted) -> Row:
    key = draft.document and draft.document.raw_id
    return columns(corpus.pk, draft.text.raw_sha256, draft.text.record.raw) | {"id": key}


def add_zones(out: Copies, drafts: Iterable[Drafted]) -> None:
    """They name their segments, which are there by now."""
    zoned = {draft.document.pk: draft.text.cleaned.zones for draft in drafts if draft.document and draft.text.cleaned.zones}
    rows = Segment.objects.filter(document__in=zoned).values_list("document", "code", "pk")
    segments = {(document, code): key for document, code, key in rows}
    for document, zones in zoned.items():
        own = {"document_id": document}
        out.add(Zone, (own | {"segment_id": segments[document, each.segment], **span(each)} for each in zones))


def span(zone: TextZone) -> Row:
    return {"kind": zone.kind, "start": zone.start, "end": zone.end}
