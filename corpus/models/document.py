"""One exact, immutable text of an article, and how it came from the raw bytes."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length

from corpus.db.choices import TextChoices
from corpus.models.access import Corpus
from corpus.models.article import Article
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class Raw(Recorded):
    """Bytes as they came, kept once per corpus. A trigger refuses to change them. Large ones lie outside, as objects; those of a crawl
    may stay there."""

    class Storage(TextChoices):
        ROW = "row", "database"
        OBJECT = "object", "folder of objects"
        CRAWL = "crawl", "crawl"

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="raws")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    storage = models.CharField(max_length=10, choices=Storage, default=Storage.ROW, help_text="Where the bytes lie.")
    size = models.PositiveBigIntegerField(null=True, help_text="Size in bytes; empty: of the content in the row.")

    # Null where they lie elsewhere: nothing is known of a place that there is not.
    crawl = models.CharField(max_length=1000, null=True, help_text="Path of the crawl below CRAWLS.")
    crawl_offset = models.PositiveBigIntegerField(null=True, help_text="First byte of the record in the crawl.")
    crawl_length = models.PositiveBigIntegerField(null=True, help_text="Length of the record in the crawl, in bytes.")

    recorded_as = Evidence(
        "raw",
        left_out={
            "content": "sha256 is its hash, and is compared with it",
            "storage": "the bytes have their hash wherever they lie",
            "size": "it is that of the bytes, whose hash is kept",
            "crawl": "the source of the text says it, with the digest of the whole file",
            "crawl_offset": "the source of the text says it",
            "crawl_length": "the source of the text says it",
        },
    )

    class Meta:
        verbose_name = "raw file"
        constraints = [
            models.UniqueConstraint(fields=["corpus", "sha256"], name="raw_once"),
            models.CheckConstraint(
                condition=Q(sha256=Func(Func(F("content"), function="sha256"), Value("hex"), function="encode")),
                name="raw_sha256_is_of_content",
            ),
            models.CheckConstraint(
                condition=Q(storage="row", content__isnull=False)
                | Q(storage__in=["object", "crawl"], content__isnull=True, size__isnull=False, sha256__regex="^[0-9a-f]{64}$"),
                name="raw_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(size=None)
                | Q(content=None)
                | Q(size=Func(F("content"), function="octet_length", output_field=models.IntegerField())),
                name="raw_size_is_of_content",
            ),
            models.CheckConstraint(
                condition=Q(storage="crawl", crawl__isnull=False, crawl_offset__isnull=False, crawl_length__isnull=False)
                | (~Q(storage="crawl") & Q(crawl=None, crawl_offset=None, crawl_length=None)),
                name="raw_has_its_place_in_a_crawl",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class DocumentQuerySet(RecordedQuerySet["Document"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> DocumentQuerySet:
        return self.filter(article__deletion=None, corpus__in=Corpus.objects.for_user(user, at_least))


class Document(Recorded):
    """One exact text of an article. `text` never changes: a new reading is a new document.

    Every offset in Attest counts Unicode code points of `text`, from 0, end-exclusive, so that
    `document.text[start:end]` is the quote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="documents")
    # Its index is `document_of_corpus`.
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="documents", db_index=False)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64, help_text="SHA-256 of the text in UTF-8.")
    length = models.GeneratedField(
        expression=Length("text"),
        output_field=models.IntegerField(),
        db_persist=True,
        help_text="Length in code points.",
    )
    raw = models.ForeignKey(Raw, on_delete=models.PROTECT, related_name="documents")
    raw_length = models.PositiveIntegerField(help_text="Length of the decoded raw text, in code points.")
    encoding = models.CharField(max_length=40, help_text="Encoding of the raw bytes.")
    encoding_basis = models.CharField("basis of the encoding", max_length=200, blank=True, help_text="How the encoding is known.")
    source_map = models.JSONField(default=list, help_text="List of {clean_start, clean_end, raw_start, raw_end, op}.")
    extractor = models.CharField(max_length=40)
    extractor_version = models.CharField(max_length=40)
    retrieved = models.DateTimeField(help_text="When the bytes were received.")
    retrieved_from = models.CharField(
        max_length=2000, blank=True, help_text="Source of the bytes: a URL, a file or an import channel. Empty: unknown."
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accepted_texts",
        help_text="Who accepted it as a text of the article, if it did not come from the article's URL.",
    )

    objects: ClassVar = DocumentQuerySet.as_manager()
    recorded_as = Evidence(
        "document",
        left_out={"text": "sha256 is its hash, and is compared with it", "length": "generated from the text"},
        digests={"source_map": "encode(sha256(convert_to(r.source_map::text, 'UTF8')), 'hex')"},
    )

    class Meta:
        ordering = ["article", "-version"]
        verbose_name = "text"
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="document_version_once"),
            models.UniqueConstraint(fields=["article", "sha256"], name="document_text_once"),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(
                            Func(F("text"), Value("UTF8"), function="convert_to"),
                            function="sha256",
                        ),
                        Value("hex"),
                        function="encode",
                    )
                ),
                name="document_sha256_is_of_text",
            ),
        ]
        indexes = [
            models.Index(fields=["corpus", "sha256"], name="document_by_text"),
            # Counts of readings ask each text for its article, and no text for its words.
            models.Index(fields=["corpus"], include=("id", "article"), name="document_of_corpus"),
            # Few articles have a second text: which are not the newest is looked up in no time.
            models.Index(fields=["corpus", "article"], condition=Q(version__gt=1), name="document_later"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, text {self.version}"


@lru_cache(maxsize=64)
def text_of(document_id: uuid.UUID) -> str:
    """The text of a document, kept in memory between writes: it cannot change under us."""
    return Document.objects.values_list("text", flat=True).get(pk=document_id)


class Segment(Recorded):
    """A stretch of the text with one function: title, lead, paragraph, caption."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20, help_text="title, lead, cap1, p4")
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    recorded_as = Evidence("segment", chain="document", owner="document_id")

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="segment_position_once"),
            models.UniqueConstraint(fields=["document", "code"], name="segment_code_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="segment_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code


class Zone(Recorded):
    """Words that are never marked: image credits, markers, boilerplate."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="zones")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="zones")
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    recorded_as = Evidence("zone", chain="document", owner="document_id")

    class Meta:
        ordering = ["document", "start"]
        constraints = [
            models.UniqueConstraint(fields=["document", "start"], name="zone_start_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="zone_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"


class Repair(Recorded):
    """One place where the clean text differs from the raw one, and why."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="repairs")
    position = models.PositiveIntegerField()
    op = models.CharField(max_length=20)
    raw_start = models.PositiveIntegerField()
    raw_end = models.PositiveIntegerField()
    raw = models.TextField()
    clean: Any = models.TextField(blank=True)
    clean_start = models.PositiveIntegerField()
    why = models.TextField()

    recorded_as = Evidence("repair", chain="document", owner="document_id")

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="repair_position_once"),
            models.CheckConstraint(condition=Q(raw_start__lte=F("raw_end")), name="repair_raw_order"),
        ]

    def __str__(self) -> str:
        return f"{self.op} at {self.clean_start}"


@lru_cache(maxsize=64)
def parts_of(document_id: uuid.UUID) -> dict[str, list[dict[str, Any]]]:
    """Segments, zones and repairs of a document in the native shape. Like the text, they are kept
    in memory, cannot change, and must not be changed by whoever reads them."""
    text = text_of(document_id)
    zones = Zone.objects.filter(document=document_id).select_related("segment")
    repairs = Repair.objects.filter(document=document_id)
    return {
        "segments": [
            {"id": row.code, "kind": row.kind, "start": row.start, "end": row.end}
            for row in Segment.objects.filter(document=document_id)
        ],
        "zones": [
            {
                "kind": row.kind,
                "segment": row.segment.code,
                "start": row.start,
                "end": row.end,
                "quote": text[row.start : row.end],
            }
            for row in zones
        ],
        "normalisation": [
            dict(row) for row in repairs.values("op", "raw_start", "raw_end", "raw", "clean", "clean_start", "why")
        ],
    }
