"""Texts and what was found in them while they were read. All of it is immutable: it is only shown."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import BigIntegerField, F, Func, IntegerField
from django.db.models.functions import Coalesce, Substr
from django.http import HttpRequest
from django.utils.html import format_html

from corpus.admin.base import CORPUS_FILTER, CorpusTable, ShownInline
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link, excerpt, list_link, quote, stacked
from corpus.models import Document, Raw, Repair, Segment, Zone

SHOWN = 20_000  # code points of a text on its page; the rest is read on the site
WORDS = 300


def words(row: Any) -> Any:
    """The words of a segment or zone, of which the query fetched the first few only."""
    return quote(row.words)


def with_words(rows: Any) -> Any:
    """Segments or zones with the beginning of their words, without fetching the whole text."""
    length = Func(F("end") - F("start"), WORDS, function="LEAST", output_field=IntegerField())
    return rows.annotate(words=Substr("document__text", F("start") + 1, length))


class TextPartInline(ShownInline):
    def get_queryset(self, request: HttpRequest) -> Any:
        return with_words(super().get_queryset(request))

    @admin.display(description="words")
    def shown_words(self, row: Any) -> Any:
        return words(row)


class SegmentInline(TextPartInline):
    model = Segment
    fields = ("code", "kind", "start", "end", "shown_words")
    readonly_fields = fields


class ZoneInline(TextPartInline):
    model = Zone
    fields = ("kind", "start", "end", "shown_words")
    readonly_fields = fields
    verbose_name_plural = "zones (never annotated)"


class RepairInline(ShownInline):
    model = Repair
    fields = ("op", "raw_start", "raw_end", "shown_raw", "shown_clean", "clean_start", "why")
    readonly_fields = fields

    @admin.display(description="raw")
    def shown_raw(self, row: Any) -> Any:
        return visible(row.raw)

    @admin.display(description="clean")
    def shown_clean(self, row: Any) -> Any:
        return visible(row.clean)


def visible(text: str) -> Any:
    """Raw text with its line ends and tabs to be seen."""
    shown = text.replace("\r", "␍").replace("\n", "␊").replace("\t", "␉")
    return format_html('<code dir="auto">{}</code>', excerpt(shown, 200))


@admin.register(Document)
class DocumentAdmin(CorpusTable):
    list_display = ("article_title", "version", "length", "corpus", "extractor", "encoding", "retrieved")
    list_filter = (CORPUS_FILTER, "extractor", "encoding")
    list_select_related = ("article", "corpus")
    more_lookups = ("article", "raw")
    search_fields = ("article__title", "article__key", "sha256")
    date_hierarchy = "retrieved"
    ordering = ("-retrieved", "id")
    inlines = (SegmentInline, ZoneInline, RepairInline)
    readonly_fields = ("article_link", "beginning", "raw_link")
    fieldsets = (
        (None, {"fields": ("article_link", "corpus", "version", "length", "beginning")}),
        (
            "Provenance",
            {
                "fields": (
                    ("extractor", "extractor_version"),
                    ("encoding", "encoding_basis"),
                    "retrieved",
                    ("retrieved_from", "accepted_by"),
                    ("raw_link", "raw_length"),
                    "sha256",
                    "id",
                )
            },
        ),
    )
    csv_columns = columns(
        "id=pk corpus=corpus.slug article=article.title article_id version length sha256 extractor extractor_version "
        "encoding encoding_basis retrieved retrieved_from accepted_by=accepted_by.username",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("article", "corpus")
        return rows.defer("text", "source_map")

    @admin.display(description="article", ordering="article__title")
    def article_title(self, row: Any) -> str:
        return excerpt(row.article.title, 100)

    @admin.display(description="article")
    def article_link(self, row: Any) -> Any:
        return admin_link(row.article)

    @admin.display(description="raw file")
    def raw_link(self, row: Any) -> Any:
        return admin_link(row.raw)

    @admin.display(description="text")
    def beginning(self, row: Any) -> Any:
        cut = Document.objects.filter(pk=row.pk).values_list(Substr("text", 1, SHOWN), flat=True)
        shown = cut.get()
        rest = row.length - len(shown)
        more = f"… and {rest:,} more characters" if rest else ""
        return format_html('<div class="reading" dir="auto">{}</div>{}', shown, more)


class PartAdmin(CorpusTable):
    corpus_path = "document__corpus"
    list_select_related: ClassVar[tuple[str, ...]] = ("document__article",)
    search_fields = ("document__article__title", "kind")
    more_lookups = ("document",)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document__article")
        return with_words(rows).defer("document__text", "document__source_map")

    @admin.display(description="words")
    def shown_words(self, row: Any) -> Any:
        return words(row)

    @admin.display(description="article", ordering="document__article__title")
    def article(self, row: Any) -> Any:
        return admin_link(row.document, excerpt(row.document.article.title, 60))


PART_COLUMNS = columns(
    "id=pk article=document.article.title document_id kind start end words",
)
PART_FILTERS = ("kind", ("document__corpus", VisibleRelated))


@admin.register(Segment)
class SegmentAdmin(PartAdmin):
    list_display = ("code", "kind", "start", "end", "shown_words", "article")
    list_filter = PART_FILTERS
    readonly_fields = ("article", "shown_words")
    fields = ("article", "code", "kind", "start", "end", "position", "shown_words")
    csv_columns = PART_COLUMNS + columns(
        "code position",
    )


@admin.register(Zone)
class ZoneAdmin(PartAdmin):
    list_display = ("kind", "start", "end", "shown_words", "article")
    list_filter = PART_FILTERS
    readonly_fields = ("article", "shown_words", "segment_code")
    fields = ("article", "kind", "start", "end", "segment_code", "shown_words")
    list_select_related = ("document__article", "segment")
    csv_columns = PART_COLUMNS + columns(
        "segment=segment.code",
    )

    @admin.display(description="segment")
    def segment_code(self, row: Any) -> Any:
        return admin_link(row.segment)


@admin.register(Repair)
class RepairAdmin(CorpusTable):
    corpus_path = "document__corpus"
    list_display = ("op", "shown_raw", "shown_clean", "why", "article")
    list_filter = ("op", ("document__corpus", VisibleRelated))
    list_select_related = ("document__article",)
    search_fields = ("raw", "clean", "why", "document__article__title")
    more_lookups = ("document",)
    readonly_fields = ("article", "shown_raw", "shown_clean")
    fields = (
        "article", "op", "raw_start", "raw_end", "shown_raw", "shown_clean", "clean_start", "why", "position",
    )  # fmt: skip
    csv_columns = columns(
        "id=pk article=document.article.title document_id op raw_start raw_end raw clean clean_start why",
    )
    shown_raw = RepairInline.shown_raw
    shown_clean = RepairInline.shown_clean
    article = PartAdmin.article

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document__article")
        return rows.defer("document__text", "document__source_map")


@admin.register(Raw)
class RawAdmin(CorpusTable):
    """Bytes as they came: told by size and hash, handed out by the site only."""

    list_display = ("sha256", "bytes_count", "corpus", "text_count")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus",)
    search_fields = ("sha256",)
    ordering = ("-id",)
    readonly_fields = ("bytes_count", "text_links")
    fields = ("sha256", "bytes_count", "corpus", "text_links")
    csv_columns = columns(
        "id=pk corpus=corpus.slug sha256 bytes=bytes_in_it texts=texts_of_it",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        size = Coalesce("size", Func(F("content"), function="octet_length", output_field=BigIntegerField()))
        rows = super().get_queryset(request).defer("content")
        return rows.annotate(bytes_in_it=size, texts_of_it=count_of(Document, "raw"))

    @admin.display(description="size", ordering="bytes_in_it")
    def bytes_count(self, row: Any) -> str:
        return f"{row.bytes_in_it:,} bytes"

    @admin.display(description="texts", ordering="texts_of_it")
    def text_count(self, row: Any) -> Any:
        return list_link(Document, f"{row.texts_of_it:,}", raw__id__exact=row.pk)

    @admin.display(description="texts")
    def text_links(self, row: Any) -> Any:
        texts = row.documents.select_related("article").defer("text", "source_map")
        return stacked(admin_link(text) for text in texts)
