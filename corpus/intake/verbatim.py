"""Texts that come with marks on them: stored as they are, since offsets hang on every character, many at once.

A text that the corpus has is found by its digest, whatever article it belongs to. A new one makes an
article. Its address is what the file claims, and finds no article; who published it is stated by whoever loads the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from corpus.cleaning.clean import verbatim
from corpus.db.row_writer import Copies
from corpus.intake.article_text import IngestError
from corpus.intake.metadata import dated, new_article, refuse_deleted
from corpus.intake.new_text import add_rows, new_text
from corpus.models import Article, Corpus, Document, Intake, IntakeItem, Outlet, Raw
from corpus.objects.raws import columns
from corpus.provenance.addresses import stated_by


@dataclass
class VerbatimText:
    """`text` is None where only its digest is known. `facts`: title, url, key, language, published and more
    as in a native document; `outlet` by its name; `file`: the one that brings it, with the place in it."""

    digest: str
    text: str | None
    facts: dict[str, Any] = field(default_factory=dict)
    outlet: str = ""
    file: str = ""

    @property
    def claimant(self) -> str:
        return f"the file of marks {self.file}"[:500]


class ExistingTexts:
    """What a corpus has of some texts, and what will be new in it. In a transaction.

    `after`: the shelf whose new texts will be in the corpus by then.
    """

    def __init__(
        self, corpus: Corpus, texts: Iterable[VerbatimText], reader: str, person: Any, after: ExistingTexts | None = None
    ) -> None:
        self.corpus, self.reader, self.person = corpus, reader, person
        self.texts = {one.digest: one for one in texts}
        self.new: list[Document] = []
        self.look_up()
        for document in after.new if after else ():
            self.meet(document)
        unknown = [one for digest, one in self.texts.items() if one.text is not None and digest not in self.documents]
        self.numbers = iter(numbers(Raw, len(unknown)))

    def look_up(self) -> None:
        """The texts that are there, and what new ones may meet: raw bytes, keys and outlets."""
        own: dict[str, Any] = {"corpus": self.corpus}
        known = Document.objects.filter(sha256__in=self.texts, **own).select_related("article__outlet")
        self.documents = {row.sha256: row for row in known.order_by("version", "retrieved")}
        self.raws = dict(Raw.objects.filter(sha256__in=self.texts, **own).values_list("sha256", "pk"))
        self.keys = set(Article.objects.filter(key__in=self.values_of("key"), **own).values_list("key", flat=True))
        outlets = {one.outlet[:200] for one in self.texts.values()}
        self.outlets = {row.name: row for row in Outlet.objects.filter(name__in=outlets, **own)}

    def values_of(self, fact: str) -> set[str]:
        return {str(one.facts.get(fact) or "") for one in self.texts.values()} - {""}

    def present(self) -> set[UUID]:
        """The documents that there are of these texts."""
        return {row.pk for digest in self.texts if (row := self.documents.get(digest))}

    def facts(self) -> tuple[Any, ...]:
        """What there is of these texts, so that two looks can be compared."""
        documents = {digest: row.pk for digest in self.texts if (row := self.documents.get(digest))}
        raws = {digest: self.raws.get(digest) for digest in self.texts}
        return documents, raws, self.keys & self.values_of("key")

    def find(self, text: VerbatimText) -> Document:
        """The document of a text, or one that is not stored yet. Raises IngestError and UnstorableText."""
        document = self.documents.get(text.digest)
        if document is not None:
            refuse_deleted(document.article)
            return document
        if text.text is None:
            title = str(text.facts.get("title") or "")[:80]
            raise IngestError(
                f"the text of “{title}” (SHA-256 {text.digest[:12]}…) is not in the corpus {self.corpus.slug}: import it first"
            )
        if not any(map(str.isalnum, text.text)):
            raise IngestError("it contains no text")
        return self.drafted(text, text.text)

    def drafted(self, source: VerbatimText, text: str) -> Document:
        facts = source.facts | {"id": None}
        if facts.get("key") in self.keys:
            del facts["key"]
        if isinstance(facts.get("published"), str):
            facts |= dated(facts["published"])
        article = new_article(self.corpus, text, facts, claimant=source.claimant)
        return new_text(
            article,
            text,
            source.digest,
            raw_length=len(text),
            raw_id=self.raws.get(source.digest),
            encoding="utf-8",
            encoding_basis="given as text, with marks on it",
            extractor=self.reader,
            extractor_version="1",
            retrieved_from=source.file[:2000],
        )

    def outlet(self, name: str) -> Outlet | None:
        if name and name not in self.outlets:
            self.outlets[name] = Outlet.objects.get_or_create(corpus=self.corpus, name=name[:200])[0]
        return self.outlets.get(name)

    # Storing

    def put(self, document: Document, source: VerbatimText, out: Copies, intake: Intake) -> None:
        """A drafted document goes among the rows; it is found from now on."""
        article = document.article
        cleaned = verbatim(document.text)
        if document.raw_id is None:
            document.raw_id = next(self.numbers)
            raw = columns(self.corpus.pk, document.sha256, document.text.encode())
            out.add(Raw, [raw | {"id": document.raw_id}], key=True)
        article.outlet = self.outlet(source.outlet)
        article.outlet_basis = stated_by(self.person) if article.outlet else ""
        document.source_map = cleaned.source_map.as_dicts()
        item = IntakeItem(intake=intake, name=article.title, outcome=IntakeItem.Outcome.STORED, document_id=document.pk)
        add_rows(out, document, cleaned, item)
        self.meet(document)
        self.new.append(document)

    def meet(self, document: Document) -> None:
        """Found from now on."""
        article = document.article
        self.documents[document.sha256], self.raws[document.sha256] = document, document.raw_id
        self.keys.add(article.key)


def numbers(model: Any, count: int) -> list[int]:
    """Keys that no other row has or will have."""
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [number for (number,) in cursor.fetchall()]


def compare_later(corpus: Corpus) -> None:
    """Near-copies among texts that came many at once are looked for by the worker: it takes longer than all the rest."""
    try:
        with transaction.atomic():
            app.configure_task("set_copies_apart", queue="intake", queueing_lock=f"set_copies_apart {corpus.pk}").defer(
                corpus=corpus.pk
            )
    except AlreadyEnqueued:
        return  # and does this corpus too
