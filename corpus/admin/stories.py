"""Stories that people put together, and the sketches by which near-copies are found. Both come about on the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable, ShownInline
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.show import admin_link, list_link
from corpus.models import Article, Cluster, Sketch


class ArticleInline(ShownInline):
    model = Article
    fields = ("article", "outlet", "language", "published_edtf")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("outlet")

    @admin.display(description="article")
    def article(self, row: Any) -> Any:
        return admin_link(row)


@admin.register(Cluster)
class ClusterAdmin(CorpusTable):
    list_display = ("name", "corpus", "article_count")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus",)
    search_fields = ("name", "articles__title")
    ordering = ("name", "id")
    fields = ("corpus", "name")
    inlines = (ArticleInline,)
    csv_columns = columns("id=pk corpus=corpus.slug name articles=articles_in_it")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(articles_in_it=count_of(Article, "cluster"))

    @admin.display(description="articles", ordering="articles_in_it")
    def article_count(self, row: Any) -> Any:
        return list_link(Article, f"{row.articles_in_it:,}", cluster__id__exact=row.pk)


@admin.register(Sketch)
class SketchAdmin(CorpusTable):
    corpus_path = "document__corpus"
    list_display = ("title", "version", "copy_of")
    list_filter = (("document__corpus", VisibleRelated),)
    search_fields = ("document__article__title",)
    ordering = ("document",)
    readonly_fields = ("text", "copy_of", "bands")
    fields = readonly_fields
    csv_columns = columns("document=pk corpus=document.corpus.slug title=document.article.title version=document.version")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document__corpus", "document__article__copy_of")
        return rows.defer("minima", "document__text", "document__source_map")

    @admin.display(description="article", ordering="document__article__title")
    def title(self, row: Any) -> str:
        return str(row.document.article)

    @admin.display(description="text", ordering="document__version")
    def version(self, row: Any) -> int:
        return int(row.document.version)

    @admin.display(description="text")
    def text(self, row: Any) -> Any:
        return admin_link(row.document)

    @admin.display(description="duplicate of")
    def copy_of(self, row: Any) -> Any:
        return admin_link(row.document.article.copy_of)
