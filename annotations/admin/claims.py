"""Claims, citations of measures, links between marks, and notes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html

from annotations.admin.filters import IN_CORPUS, AnnotatorFilter, CredibilityFilter, ReliabilityFilter, by_code
from annotations.admin.owned import OWNER_COLUMNS, WHOSE, OwnedTable, place_link
from annotations.admin.wording import chosen, source_words
from annotations.models import Citation, Claim, Link, Note
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link, quote
from corpus.models.document import text_of


@admin.register(Claim)
class ClaimAdmin(OwnedTable):
    list_display = ("content_words", "source", "said_as", "rating", "evidence", "in_text", "article", "annotator")
    list_filter = (
        by_code("modality"), by_code("mode"), by_code("evidence"), by_code("source_basis"),
        ReliabilityFilter, CredibilityFilter, IN_CORPUS, AnnotatorFilter,
    )  # fmt: skip
    related = ("source_entity", "source_span", "rated_by")
    list_select_related = related
    search_fields = ("quote", "source_entity__name", "source_span__quote", "note", "rating_note")
    date_hierarchy = "assignment__document__article__published_earliest"
    ordering = ("-assignment__created", "assignment", "content", "id")
    readonly_fields = (
        "words", "source", "source_mark", "source_entity_link", "shown_cue", "parent_link", "article", "annotator",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("words", "shown_cue", "article", "annotator")}),
        ("Source", {"fields": ("source_entity_link", "source_mark", "source_basis", "parent_link")}),
        ("Modality", {"fields": (("mode", "modality", "evidence"), "note", "read")}),
        ("Rating", {"fields": (("reliability", "credibility"), "rating_note", ("rated_by", "rated_at"))}),
        ("Technical", {"fields": ("content", "cue", "key", "id", "revision")}),
    )
    csv_columns = OWNER_COLUMNS + columns(
        "content=quote content_fragments cue_fragments source source_entity_id source_span_id source_basis mode modality "
        "evidence parent_id reliability credibility rating_note rated_by=rated_by.username rated_at note",
        content_fragments=lambda row: [f"{start}-{end}" for start, end in row.content],
        cue_fragments=lambda row: [f"{start}-{end}" for start, end in row.cue],
        source=source_words,
    )

    @admin.display(description="content", ordering="quote")
    def content_words(self, row: Claim) -> str:
        return quote(row.quote)

    @admin.display(description="content")
    def words(self, row: Claim) -> str:
        return words_in_place(row, quote(row.quote))

    @admin.display(description="position", ordering="content")
    def in_text(self, row: Claim) -> str:
        return words_in_place(row, f"{row.content[0][0]:,}–{row.content[-1][1]:,}")

    @admin.display(description="source", ordering="source_entity__name")
    def source(self, row: Claim) -> str:
        return source_words(row)

    @admin.display(description="modality", ordering="modality")
    def said_as(self, row: Claim) -> str:
        return f"{chosen(row.modality, 'modality')}, {chosen(row.mode, 'mode')}"

    @admin.display(description="rating", ordering="reliability")
    def rating(self, row: Claim) -> str:
        return f"{row.reliability}{row.credibility}" or "not rated"

    @admin.display(description="entity")
    def source_entity_link(self, row: Claim) -> str:
        return admin_link(row.source_entity)

    @admin.display(description="mark")
    def source_mark(self, row: Claim) -> str:
        return admin_link(row.source_span, row.source_span.quote) if row.source_span else ""

    @admin.display(description="cue")
    def shown_cue(self, row: Claim) -> str:
        text = text_of(row.assignment.document_id)
        return quote(" … ".join(text[start:end] for start, end in row.cue)) if row.cue else ""

    @admin.display(description="parent claim")
    def parent_link(self, row: Claim) -> str:
        return admin_link(row.parent)


def words_in_place(row: Any, shown: Any) -> str:
    """A link to the mark of the source, where there is one; a claim's own words are no mark."""
    anchor = f"#mark={row.source_span_id}" if row.source_span_id else ""
    return format_html(
        '<a class="place" href="{}{}" target="_blank" rel="noopener">{}</a>',
        row.assignment.get_absolute_url(),
        anchor,
        shown,
    )


@admin.register(Citation)
class CitationAdmin(OwnedTable):
    list_display = ("quoted", "measure", "paragraph", "paragraph_basis", "place", "article", "annotator")
    list_filter = (("measure", VisibleRelated), by_code("paragraph_basis"), IN_CORPUS, AnnotatorFilter)
    related = ("measure",)
    list_select_related = related
    search_fields = ("quote", "measure__code", "measure__symbol", "note")
    date_hierarchy = "assignment__document__article__published_earliest"
    ordering = ("-assignment__created", "assignment", "fragments", "id")
    readonly_fields = ("words", "article", "annotator")
    fields = (
        "words", "measure", "paragraph", "paragraph_basis", "note", "article", "annotator", "fragments", "key", "id", "revision",
    )  # fmt: skip
    csv_columns = OWNER_COLUMNS + columns(
        "quote fragments measure=measure.code paragraph paragraph_basis note",
        fragments=lambda row: [f"{start}-{end}" for start, end in row.fragments],
    )

    @admin.display(description="words", ordering="quote")
    def quoted(self, row: Citation) -> str:
        return quote(row.quote)

    @admin.display(description="words")
    def words(self, row: Citation) -> str:
        return place_link(row, row.quote)

    @admin.display(description="position", ordering="fragments")
    def place(self, row: Citation) -> str:
        return place_link(row, f"{row.fragments[0][0]:,}–{row.fragments[-1][1]:,}")


@admin.register(Link)
class LinkAdmin(OwnedTable):
    list_display = ("type", "source", "target", "article", "annotator")
    list_filter = ("type", IN_CORPUS, AnnotatorFilter)
    related = (
        "source_span__label", "target_span__label", "source_event__label", "target_event__label",
        "source_claim__source_entity", "target_claim__source_entity",
    )  # fmt: skip
    list_select_related = related
    search_fields = ("source_span__quote", "target_span__quote", "type")
    date_hierarchy = "assignment__document__article__published_earliest"
    ordering = ("-assignment__created", "assignment", "id")
    readonly_fields = ("source", "target", "article", "annotator")
    fields = ("source", "type", "target", "article", "annotator", "id", "revision")
    csv_columns = (
        columns("id=pk")
        + WHOSE
        + columns(
            "revision type source source_id target target_id",
            source_id=lambda row: row.source.pk,
            target_id=lambda row: row.target.pk,
        )
    )

    @admin.display(description="from")
    def source(self, row: Link) -> str:
        return admin_link(row.source_span or row.source_event or row.source_claim)

    @admin.display(description="to")
    def target(self, row: Link) -> str:
        return admin_link(row.target_span or row.target_event or row.target_claim)


@admin.register(Note)
class NoteAdmin(OwnedTable):
    list_display = ("text", "article", "annotator")
    list_filter = (IN_CORPUS, AnnotatorFilter)
    search_fields = ("text", "assignment__document__article__title")
    ordering = ("-assignment__created", "assignment", "order", "id")
    readonly_fields = ("article", "annotator")
    fields = ("text", "order", "article", "annotator", "id", "revision")
    csv_columns = columns("id=pk") + WHOSE + columns("revision order text")
