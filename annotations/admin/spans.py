"""Marks and figures: the words, what they mean, and the way to their place in the article."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from django.contrib import admin
from django.db.models import Q

from annotations.admin.filters import IN_CORPUS, AnnotatorFilter, ComparatorFilter, FigureLabelFilter, LabelFilter, by_code
from annotations.admin.owned import OWNER_COLUMNS, WHOSE, OwnedTable, are_few, few, in_articles, place_link, place_url
from annotations.admin.wording import counted_words, figure_words
from annotations.models import Figure, Span
from annotations.native.fields import fields, plain
from annotations.native.types import FigureAttributes
from corpus.admin.download import columns
from corpus.admin.show import admin_link, quote, tidy_json
from registry.models import Entity

KEY = re.compile(r"[^\s\d]*\d\S*")  # what an id in a file looks like: F12, A01-cue


@admin.register(Span)
class SpanAdmin(OwnedTable):
    list_display = ("words", "label", "meaning", "place", "article", "annotator")
    list_filter = ("kind", LabelFilter, by_code("mention_type"), IN_CORPUS, AnnotatorFilter)
    related = ("label__layer", "entity", "figure", "event__label")
    list_select_related = related
    search_fields = ("quote", "entity__name", "key", "assignment__document__article__title")
    search_help_text = "Words of the mark, of its entity, or of the title of the article; or the whole id that it has in files."
    date_hierarchy = "assignment__document__article__published_earliest"
    ordering = ("-assignment__created", "assignment_id", "start", "end", "id")
    more_lookups = ("assignment", "event", "entity")
    readonly_fields = ("shown_quote", "meaning", "place", "article", "annotator", "shown_extra", "entity_link", "event_link")
    fieldsets = (
        (None, {"fields": ("shown_quote", "label", "meaning", "article", "annotator")}),
        ("Position (in code points)", {"fields": (("start", "end"), "fragments", "place")}),
        ("Meaning", {"fields": ("mention_type", "entity_link", "event_link", "shown_extra")}),
        ("Technical", {"fields": ("key", "id", "revision")}),
    )
    csv_columns = OWNER_COLUMNS + columns(
        "layer=label.layer.code label=label.code start end fragments quote meaning mention_type entity=entity.name "
        "entity_id event_id",
        fragments=lambda row: [f"{start}-{end}" for start, end in row.fragments],
        meaning=lambda row: meaning_of(row)[1],
    )

    @admin.display(description="words", ordering="quote")
    def words(self, row: Span) -> str:
        return quote(row.quote)

    @admin.display(description="words")
    def shown_quote(self, row: Span) -> str:
        return place_link(row, row.quote)

    @admin.display(description="meaning")
    def meaning(self, row: Span) -> str:
        target, text = meaning_of(row)
        return admin_link(target, text) if target else text

    @admin.display(description="position", ordering="start")
    def place(self, row: Span) -> str:
        return place_link(row, f"{row.start:,}–{row.end:,}")

    @admin.display(description="entity")
    def entity_link(self, row: Span) -> str:
        return admin_link(row.entity)

    @admin.display(description="event")
    def event_link(self, row: Span) -> str:
        return admin_link(row.event)

    @admin.display(description="other attributes")
    def shown_extra(self, row: Span) -> str:
        return tidy_json(row.extra)

    def holding(self, words: str) -> Q:
        matches = Q(quote__holds=words) | Q(entity__in=few(Entity.objects.filter(name__holds=words)))
        matches |= Q(assignment__in=in_articles(words))
        return matches | Q(pk__in=few(Span.objects.filter(key=words))) if KEY.fullmatch(words) else matches

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return place_url(obj) if obj else None


def meaning_of(span: Span) -> tuple[Any, str]:
    """The row that a mark stands for and its words: an entity, a value, an event."""
    figure = getattr(span, "figure", None)
    if figure:
        return figure, figure_words(figure)
    if span.event:
        return span.event, span.event.label.name
    return span.entity, span.entity.name if span.entity else ""


AMOUNT = ("comparator", ("low", "high"), ("approximate", "vague"), "statistic", "use")
UNIT = (("unit", "currency", "currency_basis"), ("per_currency", "per_unit", "per_period"), "per_count")
COUNTED = ("counted_text", "of_whole", "credibility", "note")
VALUES = " ".join(
    "per_count_n" if name == "per_count" else name
    for name in fields(FigureAttributes)
    if name not in ("counted", "counted_text", "of_whole")  # counts
)


def further(*shown: Any) -> list[str]:
    """The attributes of a figure that are not shown by these."""
    names = set(chain.from_iterable((each,) if isinstance(each, str) else each for each in shown))
    return [name for name in plain(FigureAttributes) if name not in names]


@admin.register(Figure)
class FigureAdmin(OwnedTable):
    list_display = ("value", "words", "label", "counts", "flags", "article", "annotator")
    list_filter = (
        FigureLabelFilter, ComparatorFilter, "currency", "unit", "vague", IN_CORPUS, AnnotatorFilter,
    )  # fmt: skip
    related = ("span__label", "counted_span", "counted_entity")
    list_select_related = related
    search_fields = ("span__quote", "counted_text", "counted_entity__name", "counted_span__quote")
    search_help_text = "Words of the figure, or of what it counts."
    date_hierarchy = "assignment__document__article__published_earliest"
    ordering = ("-assignment__created", "assignment_id", "span__start")
    readonly_fields = (
        "value", "shown_quote", "label", "counts", "of_whole", "per_count", "article", "annotator",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("value", "shown_quote", "label", "counts", "article", "annotator")}),
        ("Amount", {"fields": AMOUNT}),
        ("Unit", {"fields": UNIT}),
        ("Counted", {"fields": (*COUNTED, *further(*AMOUNT, *UNIT, *COUNTED))}),
    )
    csv_columns = (
        columns("id=pk key=span.key")
        + WHOSE
        + columns(
            f"label=span.label.code quote=span.quote start=span.start end=span.end value counts {VALUES} revision=span.revision",
            value=figure_words,
            counts=counted_words,
        )
    )

    def holding(self, words: str) -> Q:
        marks = Span.objects.order_by().filter(quote__holds=words)
        counting = Q(counted_text__holds=words) | Q(counted_entity__in=few(Entity.objects.filter(name__holds=words)))
        if not are_few(marks):
            return Q(span__quote__holds=words) | Q(counted_span__quote__holds=words) | counting
        figures = Figure.objects.order_by().values("pk")
        counted = figures.filter(counted_span__in=marks.values("pk"))
        return Q(pk__in=marks.values("pk").union(counted, figures.filter(counting)))

    @admin.display(description="value", ordering="low")
    def value(self, row: Figure) -> str:
        return figure_words(row)

    @admin.display(description="words", ordering="span__quote")
    def words(self, row: Figure) -> str:
        return self.shown_quote(row)

    @admin.display(description="words")
    def shown_quote(self, row: Figure) -> str:
        return place_link(row, row.span.quote)

    @admin.display(description="label", ordering="span__label__name")
    def label(self, row: Figure) -> str:
        return row.span.label.name

    @admin.display(description="counts")
    def counts(self, row: Figure) -> str:
        return counted_words(row)

    @admin.display(description="share of")
    def of_whole(self, row: Figure) -> str:
        return admin_link(row.of_whole_span or row.of_whole_entity)

    @admin.display(description="per")
    def per_count(self, row: Figure) -> str:
        return admin_link(row.per_count_figure or row.per_count_span)

    @admin.display(description="flags")
    def flags(self, row: Figure) -> str:
        named = {"vague": row.vague, row.statistic: row.statistic, row.use: row.use}
        return ", ".join(name for name, present in named.items() if present and name != "none")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return place_url(obj) if obj else None
