"""Things in: from what a reader yields to an article with its exact text. Safe to repeat.

One transaction per article: a thing that fails leaves nothing behind and does not stop the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DataError, transaction

from corpus.cleaning.clean import Cleaned
from corpus.db.coming_in import INGEST
from corpus.db.round_trip import Statement, numbered, round_trip
from corpus.db.row_writer import Statements, row_of
from corpus.intake.article_text import IngestError, clean_at_once, clean_record, refuse_blank
from corpus.intake.awaiting_review import hold_back, why
from corpus.intake.metadata import drafted, refuse_deleted
from corpus.intake.new_text import add_rows, new_text
from corpus.models import (
    Article,
    Corpus,
    Document,
    Intake,
    IntakeItem,
    Segment,
    Sketch,
    Zone,
)
from corpus.near_duplicates.duplicates import compare, near_query, sketch_row
from corpus.near_duplicates.shingles import Minima, signature
from corpus.objects.raws import columns, is_large
from corpus.passages.index import index_later
from corpus.provenance.addresses import FETCHED, Addresses, Source, addresses, stated_by
from corpus.provenance.outlets import KnownOutlets, domain_of, name_outlet, state_outlet
from corpus.readers.extracted import Record, Unread
from corpus.readers.sandboxed import records

# What a corpus has of what comes in: this text from the same bytes or address, the article of its address, the one whose address
# it claims, its bytes, the outlet of its domain and that of the name that it states.
THERE = numbered(
    """
SELECT
    (SELECT d.id FROM corpus_document d JOIN corpus_raw r ON r.id = d.raw_id JOIN corpus_article a ON a.id = d.article_id
     WHERE d.corpus_id = %(corpus)s AND d.sha256 = %(text)s
     AND (r.sha256 = %(raw)s OR (a.url IN (%(url)s, %(claimed)s) AND a.url <> '')) LIMIT 1),
    (SELECT id FROM corpus_article WHERE corpus_id = %(corpus)s AND url = %(url)s AND url <> ''),
    (SELECT id FROM corpus_article WHERE corpus_id = %(corpus)s AND url = %(claimed)s AND url <> ''),
    (SELECT id FROM corpus_raw WHERE corpus_id = %(corpus)s AND sha256 = %(raw)s), nextval('corpus_raw_id_seq'),
    (SELECT id FROM corpus_outlet WHERE corpus_id = %(corpus)s AND domain = %(domain)s AND domain <> ''), named.id
FROM (SELECT 1) one LEFT JOIN corpus_outlet named ON named.corpus_id = %(corpus)s AND named.name = %(outlet)s
""",
    "corpus",
    "text",
    "raw",
    "url",
    "claimed",
    "outlet",
    "domain",
)
NEW_BYTES = """INSERT INTO corpus_raw (id, corpus_id, sha256, size, crawl, crawl_offset, crawl_length, storage, content)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"""
# Within the database, and packed as they are.
GIVEN_BYTES = """INSERT INTO corpus_raw (id, corpus_id, sha256, size, storage, content)
SELECT $1::bigint, $2::bigint, $3::text, octet_length(content), 'row', content FROM corpus_delivery WHERE id = $4"""
PASTED = "pasted text"
LOCK = f"SELECT pg_advisory_xact_lock({INGEST}, $1)"
# Of what a delivery brings, or a lake, the commit does not wait for the disk: if the power fails, the delivery is read again, and the
# promotion is carried on. Its end waits, for all that was before it.
NO_WAIT = ", set_config('synchronous_commit', 'off', true)"


class AddressTakenError(IngestError):
    """A text claims the address of an article, and nobody has decided on it. `article`: that one."""

    def __init__(self, record: Record, article: Article) -> None:
        super().__init__(why(article))
        self.record, self.article = record, article


class ArticleVerdict(NamedTuple):
    """What a manager has decided of a text: it is one of `article`, or of none that is there."""

    person: Any
    article: Article | None = None


@dataclass(frozen=True)
class Stored:
    """The text of an article, and whether it is new here."""

    document: Document
    created: bool
    cleaned: Cleaned

    @property
    def outcome(self) -> str:
        if not self.created:
            return IntakeItem.Outcome.PRESENT
        return IntakeItem.Outcome.COPY if self.document.article.copy_of_id else IntakeItem.Outcome.STORED


def ingest(corpus: Corpus, files: Iterable[tuple[str, bytes]], *, user: Any = None, door: str) -> Intake:
    """Bring in (name, content) pairs; each gets its own result in the intake."""
    intake = Intake.objects.create(corpus=corpus, user=user, door=door)
    for name, content in files:
        ingest_one(intake, name, content)
    intake.close()
    return intake


def ingest_one(intake: Intake, name: str, content: bytes, url: str = "") -> list[IntakeItem]:
    """A result for each text in these bytes, and for each thing in them that is none. `url`: the address that sent them."""
    source = Source(url or name, is_fetched=bool(url))
    return [keep(intake, record, source=source) for record in records(content, name, url)]


def keep(intake: Intake, record: Record | Unread, *, source: Source | None = None, name: str = "", **fields: Any) -> IntakeItem:
    """Store one thing that was read, or say why not: the thing and its result come together. The key of the result is left out.

    What claims the address of an article from elsewhere waits for a manager. `source`: a file of that name, where it is not given.
    """
    item = IntakeItem(intake=intake, name=fit(name or record.name), **fields)
    source = source or Source(record.name)
    try:
        if isinstance(record, Unread):
            raise IngestError(record.why)
        store(intake.corpus, record, clean_record(record), source=source, facts=intake.facts, item=item)
    except AddressTakenError as error:
        hold_back(item, error.record, source, error.article)
    except (ValueError, DataError) as error:
        item.outcome, item.detail, item.document = IntakeItem.Outcome.FAILED, str(error), None
        item.save()
    return item


def add_result(intake: Intake, name: str, outcome: str, **fields: Any) -> IntakeItem:
    return IntakeItem.objects.create(intake=intake, name=fit(name), outcome=outcome, **fields)


def fit(name: str) -> str:
    return name[:2000].replace("\x00", "\ufffd")


def ingest_text(
    corpus: Corpus,
    text: str,
    *,
    user: Any,
    door: str,
    title: str = "",
    as_is: bool = False,
    refuse: Collection[str] = (),
    facts: dict[str, Any] | None = None,
) -> Stored:
    """Store a text that a person or program typed: address and outlet are what that person states. `as_is`: not a character is changed.

    `refuse`: keys of repairs that are left undone. `facts`: url, outlet (its name), language, published (EDTF). Raises IngestError or ValueError.
    """
    record = Record.of_text(text, title=title)
    intake = Intake.objects.create(corpus=corpus, user=user, door=door)
    try:
        cleaned = clean_at_once(record.raw_text, refuse, as_is=as_is)
        item = IntakeItem(intake=intake, name=fit(title or "text"))
        source = Source(PASTED if door == Intake.Door.PAGE else intake.get_door_display())
        stored = store(corpus, record, cleaned, source=source, facts=facts, person=user, item=item)
    except ValueError as error:
        add_result(intake, title or "text", IntakeItem.Outcome.FAILED, detail=str(error))
        raise
    finally:
        intake.close()
    index_later()
    return stored


@transaction.atomic
def store(
    corpus: Corpus,
    record: Record,
    cleaned: Cleaned,
    *,
    source: Source,
    facts: dict[str, Any] | None = None,
    person: Any = None,
    item: IntakeItem | None = None,
    verdict: ArticleVerdict | None = None,
) -> Stored:
    """Make an article of a record, or find the one that is there already. `item`: its result, written along with it.

    The same bytes, or the same address with the same text, are there already; another text that the address itself sent, or that
    `person` states with it, is a new document of its article. Raises AddressTakenError where only a `verdict` can tell.
    """
    refuse_blank(cleaned)
    known = stated(facts, person) if facts and facts.get("url") else addresses(record, source)
    article = drafted(corpus, record, cleaned, facts or {}, known)
    minima = signature(cleaned.text)
    given = item.delivery if item else None
    questions = [locking(corpus, NO_WAIT if given else ""), about(corpus, record, cleaned, known), near_query(corpus.pk, minima)]
    _, (existing,), near = round_trip(questions)
    there = There(*existing)
    if there.document:
        document = Document.objects.select_related("article").get(pk=there.document)
        refuse_deleted(document.article)
        confirm(document.article, known, there)
    else:
        article = owner(article, record, there, verdict)
        refuse_deleted(article)
        if not article._state.adding:
            person = verdict.person if verdict and verdict.article else person
        elif facts and facts.get("outlet"):
            state_outlet(article, facts["outlet"], person or facts["person"])
        else:
            name_outlet(article, record, known, there.outlets)
        document = new_text(
            article, cleaned.text, digest_of(cleaned.text.encode()), **origin(record, cleaned, there.raw or there.number, source)
        )
        document.accepted_by = None if document.version == 1 else person
        compare(document, minima, near)
    stored = Stored(document, created=not there.document, cleaned=cleaned)
    if item:
        item.outcome, item.document = stored.outcome, document
    out = Statements()
    if stored.created and not there.raw:
        digest = digest_of(record.raw)
        if given and given.content is record.raw and not is_large(record.raw):
            out.do(GIVEN_BYTES, [document.raw_id, corpus.pk, digest, given.pk])
        else:
            out.do(NEW_BYTES, [document.raw_id, *columns(corpus.pk, digest, record.raw, source.stays).values()])
    write(out, stored, minima, item)
    return stored


def stated(facts: dict[str, Any], person: Any) -> Addresses:
    return Addresses(facts["url"], stated_by(person))


def owner(drafted: Article, record: Record, there: There, verdict: ArticleVerdict | None) -> Article:
    """The article that a new text belongs to: the drafted one, where no other has its address. Raises AddressTakenError."""
    if verdict and verdict.article:
        return verdict.article
    if there.claimed and not verdict:
        raise AddressTakenError(record, Article.objects.get(pk=there.claimed))
    return Article.objects.get(pk=there.article) if there.article else drafted


def confirm(article: Article, known: Addresses, there: There) -> None:
    """The very bytes of an article now came from the address that it claims."""
    if known.basis == FETCHED and article.claimed_url == known.url and not (article.url or there.article):
        article.url, article.url_basis, article.claimed_url = known.url, FETCHED, ""
        article.claimed_by = article.claimed_outlet and article.claimed_by
        article.save(update_fields=["url", "url_basis", "claimed_url", "claimed_by"])


def lock(corpus: Corpus, more: str = "") -> None:
    """One writer at a time in a corpus, so that two uploads of one thing do not both store it. `more`: what is selected along."""
    round_trip([locking(corpus, more)])


def locking(corpus: Corpus, more: str = "") -> Statement:
    """`more`: what is selected along."""
    return LOCK + more, [corpus.pk]


class There(NamedTuple):
    """Keys of what a corpus has of a thing: its text from the same bytes or address, the article of its address, the one whose
    address it claims, its bytes. `number` is free for new bytes."""

    document: UUID | None
    article: UUID | None
    claimed: UUID | None
    raw: int | None
    number: int
    of_domain: int | None
    of_name: int | None

    @property
    def outlets(self) -> KnownOutlets:
        return KnownOutlets(self.of_domain, self.of_name)


def about(corpus: Corpus, record: Record, cleaned: Cleaned, known: Addresses) -> Statement:
    """What asks for one row, a There."""
    claimed = "" if known.url else known.claimed  # a thing with an address of its own asks for no other's
    digests = digest_of(cleaned.text.encode()), digest_of(record.raw)
    return THERE, [corpus.pk, *digests, known.url, claimed, record.outlet[:200], domain_of(known.url)]


def present(corpus: Corpus, record: Record, cleaned: Cleaned, source: Source) -> There:
    ((row,),) = round_trip([about(corpus, record, cleaned, addresses(record, source))])
    return There(*row)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def origin(record: Record, cleaned: Cleaned, raw: int, source: Source) -> dict[str, Any]:
    """Where a new text comes from."""
    return {
        "raw_id": raw,
        "raw_length": len(record.raw_text),
        "encoding": record.encoding[:40],
        "encoding_basis": record.encoding_basis,
        "source_map": cleaned.source_map.as_dicts(),
        "extractor": record.reader,
        "extractor_version": record.reader_version[:40],
        "retrieved_from": source.name[:2000],
    }


def write(out: Statements, stored: Stored, minima: Minima, item: IntakeItem | None) -> None:
    """What is new goes in one round trip with its commit; zones, which name their segments, go in another."""
    document = stored.document
    if stored.created:
        add_rows(out, document, stored.cleaned, item)
        out.add(Sketch, [sketch_row(document, minima)])
        add_zones(out, document, stored.cleaned)
    elif item:
        out.add(IntakeItem, [row_of(item)])
    out.send(last=True)
    document._state.adding = document.article._state.adding = False


def add_zones(out: Statements, document: Document, cleaned: Cleaned) -> None:
    if not cleaned.zones:
        return
    out.send()
    codes = dict(Segment.objects.filter(document=document.pk).values_list("code", "pk"))
    rows = ({"segment_id": codes[z.segment], "kind": z.kind, "start": z.start, "end": z.end} for z in cleaned.zones)
    out.add(Zone, ({"document_id": document.pk} | row for row in rows))
