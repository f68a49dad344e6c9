"""Things in: from what a reader yields to an article with its exact text. Safe to repeat.

One transaction per article: a thing that fails leaves nothing behind and does not stop the others.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import DataError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from corpus.clean import Cleaned, clean, verbatim
from corpus.confined import records
from corpus.copies import set_apart
from corpus.language import language_of
from corpus.models import (
    Article,
    Corpus,
    Document,
    Intake,
    IntakeItem,
    Outlet,
    Raw,
    Repair,
    Segment,
    Zone,
)
from corpus.models.repeated import Repeated, Slot
from corpus.record import Record, Unread

LONGEST_URL = 2000
# Rows in one INSERT: the statement for all segments of a very long text at once would be larger than the text.
AT_ONCE = 1_000
LONGEST_TEXT = 10_000_000  # code points: more than the longest books
# A language tag by its form (BCP 47); what a page says of its language may be anything.
TAG = re.compile(r"(?=.{2,35}\Z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


# Asked for every text that comes in.
SAME = Repeated(
    lambda: Document.objects.filter(
        Q(raw__sha256=Slot("raw")) | (Q(article__url=Slot("url")) & ~Q(article__url="")),
        corpus=Slot("corpus"),
        sha256=Slot("text"),
    ).order_by()
)
AT = Repeated(lambda: Article.objects.filter(corpus=Slot("corpus"), url=Slot("url")).order_by())
BYTES = Repeated(lambda: Raw.objects.filter(corpus=Slot("corpus"), sha256=Slot("sha256")).only("pk").order_by())


class IngestError(ValueError):
    """A thing that is not stored, in plain words: what and why."""


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


def ingest(corpus: Corpus, items: Iterable[tuple[str, bytes]], *, user: Any = None, door: str) -> Intake:
    """Bring in (name, content) pairs; each gets its own result in the intake."""
    intake = Intake.objects.create(corpus=corpus, user=user, door=door)
    for name, content in items:
        ingest_one(intake, name, content)
    intake.close()
    return intake


def ingest_one(intake: Intake, name: str, content: bytes, url: str = "") -> list[IntakeItem]:
    """A result for each text in these bytes, and for each thing in them that is none."""
    return [keep(intake, found) for found in records(content, name, url)]


def keep(intake: Intake, found: Record | Unread, *, name: str = "", **fields: Any) -> IntakeItem:
    """Store one thing that was read, or say why not: the thing and its result come together."""
    name = name or found.name
    if isinstance(found, Unread):
        return result(intake, name, IntakeItem.Outcome.FAILED, detail=found.why, **fields)
    try:
        cleaned = clean_record(found)  # it may take long; nobody waits for it
        with transaction.atomic():
            stored = store(intake.corpus, found, cleaned)
            return result(intake, name, stored.outcome, document=stored.document, **fields)
    except (ValueError, DataError) as error:
        return result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error), **fields)


def clean_record(record: Record, refuse: Collection[str] = ()) -> Cleaned:
    """Raises IngestError for what no article is as long as; UnstorableText; ValueError for an unknown repair."""
    if len(record.raw_text) > LONGEST_TEXT:
        raise IngestError(f"the text is too long: an article has {LONGEST_TEXT:,} characters at most")
    return clean(record.raw_text, refuse, record.known)


def result(intake: Intake, name: str, outcome: str, **fields: Any) -> IntakeItem:
    return IntakeItem.objects.create(intake=intake, name=name[:2000].replace("\x00", "\ufffd"), outcome=outcome, **fields)


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
    """Store a text that a person or program typed. `as_is`: not a character of it is changed.

    `refuse`: keys of repairs that are left undone. `facts`: url, outlet (its name), language, published (EDTF). Raises IngestError or ValueError.
    """
    record = Record.of_text(text, title=title)
    intake = Intake.objects.create(corpus=corpus, user=user, door=door)
    try:
        cleaned = verbatim(record.raw_text) if as_is else clean(record.raw_text, refuse)
        stored = store(corpus, record, cleaned, facts=facts)
    except ValueError as error:
        result(intake, title or "text", IntakeItem.Outcome.FAILED, detail=str(error))
        raise
    else:
        result(intake, title or "text", stored.outcome, document=stored.document)
        return stored
    finally:
        intake.close()


@transaction.atomic
def store(corpus: Corpus, record: Record, cleaned: Cleaned, *, facts: dict[str, Any] | None = None) -> Stored:
    """Make an article of a record, or find the one that is there already.

    The same bytes, or the same address with the same text, are there already; another text at a
    known address is a new document of the same article.
    """
    refuse_blank(cleaned)
    lock(corpus)
    found = present(corpus, record, cleaned, (facts or {}).get("url") or record.url)
    if found:
        return Stored(found, created=False, cleaned=cleaned)
    known = article_at(corpus, address(record, facts or {}))
    article = known or new_article(corpus, record, cleaned, facts or {})
    document = write_document(article, record, cleaned, version=known.documents.count() + 1 if known else 1)
    return Stored(document, created=True, cleaned=cleaned)


def refuse_blank(cleaned: Cleaned) -> None:
    if not any(map(str.isalnum, cleaned.text)):
        raise IngestError("there is no text in it")


def lock(corpus: Corpus) -> None:
    """One writer at a time in a corpus, so that two uploads of one thing do not both store it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('attest.ingest'), %s)", [corpus.pk])


def present(corpus: Corpus, record: Record, cleaned: Cleaned, url: str) -> Document | None:
    raw = hashlib.sha256(record.raw).hexdigest()
    return SAME.first(corpus=corpus.pk, text=digest_of(cleaned.text), raw=raw, url=url)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def address(record: Record, facts: dict[str, Any]) -> str:
    return facts.get("url") or (record.url if len(record.url) <= LONGEST_URL else "")


def article_at(corpus: Corpus, url: str) -> Article | None:
    return AT.first(corpus=corpus.pk, url=url) if url else None


def new_article(corpus: Corpus, record: Record, cleaned: Cleaned, facts: dict[str, Any]) -> Article:
    url = address(record, facts)
    outlet = outlet_for(corpus, facts.get("outlet"), url, record.outlet)
    article = Article(
        corpus=corpus,
        title=(facts.get("title") or record.title or first_line(cleaned.text))[:1000],
        url=url,
        source_file=record.name[-500:],
        outlet=outlet,
    )
    stated = record.language if TAG.fullmatch(record.language) else ""
    language = facts.get("language") or stated or language_of(cleaned.text)
    published = dated(facts.get("published")) or dated(record.published, record.published_basis or Article.DateBasis.STATED)
    fill(article, {"language": language} | published)
    article.save(force_insert=True)
    return article


def dated(edtf: str | None, basis: str = Article.DateBasis.STATED) -> dict[str, Any]:
    """A publication date given as one day, month or year of ISO 8601 → the facts of `describe`."""
    if not edtf:
        return {}
    earliest, latest = span_of(edtf)
    return {
        "published": {
            "edtf": edtf,
            "earliest": earliest.isoformat(),
            "latest": latest.isoformat(),
            "basis": basis,
        }
    }


def span_of(edtf: str) -> tuple[date, date]:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD. Raises IngestError for anything else."""
    parts = edtf.split("-")
    try:
        year, *rest = [int(part) for part in parts]
        if len(rest) > 1:
            return date(year, *rest), date(year, *rest)
        first, last = (rest or [1])[0], (rest or [12])[0]
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except (ValueError, TypeError) as error:
        raise IngestError(f"published: {edtf!r} is not a date like 2017-09-04, 2017-09 or 2017") from error


def outlet_for(corpus: Corpus, name: str | None, url: str, stated: str = "") -> Outlet | None:
    """The outlet by the name that a person gave, else by the domain of the address, else as the thing itself says."""
    if name:
        return Outlet.objects.get_or_create(corpus=corpus, name=name)[0]
    domain, stated = (urlsplit(url).hostname or "").removeprefix("www."), stated[:200]
    if not (domain or stated):
        return None
    here = Q(name=stated) | Q(domain=domain) if domain else Q(name=stated)
    found = sorted(Outlet.objects.filter(here, corpus=corpus), key=lambda outlet: outlet.domain != domain)
    if found or not stated:
        return found[0] if found else None
    return Outlet.objects.get_or_create(corpus=corpus, name=stated, defaults={"domain": domain})[0]


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def describe(article: Article, facts: dict[str, Any], outlet: Outlet | None = None) -> None:
    """Fill what is blank in the article's description; what people entered stays."""
    blank = fill(article, facts, outlet)
    if blank:
        article.save(update_fields=blank)


def fill(article: Article, facts: dict[str, Any], outlet: Outlet | None = None) -> list[str]:
    """The same without saving it; the names of the columns that were filled."""
    published = facts.get("published") or {}
    given = {
        "key": facts.get("key") or facts.get("id"),
        "url": facts.get("url"),
        "url_basis": facts.get("url_basis"),
        "language": facts.get("language"),
        "source_file": facts.get("source_file"),
        "published_edtf": published.get("edtf"),
        "published_basis": published.get("basis"),
        "published_earliest": published.get("earliest"),
        "published_latest": published.get("latest"),
        "outlet": outlet,
    }
    blank = {name: value for name, value in given.items() if value and not getattr(article, name)}
    for name, value in blank.items():
        setattr(article, name, value)
    return list(blank)


def write_document(article: Article, record: Record, cleaned: Cleaned, version: int) -> Document:
    digest = hashlib.sha256(record.raw).hexdigest()
    # Nobody else writes to the corpus meanwhile: see `lock`.
    raw = BYTES.first(corpus=article.corpus_id, sha256=digest) or Raw.objects.create(
        corpus=article.corpus, sha256=digest, content=record.raw
    )
    document = Document.objects.create(
        article=article,
        corpus=article.corpus,
        version=version,
        text=cleaned.text,
        sha256=digest_of(cleaned.text),
        raw=raw,
        raw_length=len(record.raw_text),
        encoding=record.encoding[:40],
        encoding_basis=record.encoding_basis,
        source_map=cleaned.source_map.as_dicts(),
        extractor=record.reader,
        extractor_version=record.reader_version[:40],
        retrieved=record.retrieved or timezone.now(),
        retrieved_from=record.url[:2000],
    )
    write_parts(document, cleaned)
    set_apart(document)
    return document


def write_parts(document: Document, cleaned: Cleaned) -> None:
    segments = Segment.objects.bulk_create(
        (
            Segment(document=document, position=n, code=s.id, kind=s.kind, start=s.start, end=s.end)
            for n, s in enumerate(cleaned.segments)
        ),
        AT_ONCE,
    )
    by_code = {segment.code: segment for segment in segments}
    Zone.objects.bulk_create(
        Zone(document=document, segment=by_code[z.segment], kind=z.kind, start=z.start, end=z.end) for z in cleaned.zones
    )
    Repair.objects.bulk_create(
        Repair(document=document, position=n, **repair.as_dict()) for n, repair in enumerate(cleaned.repairs)
    )
