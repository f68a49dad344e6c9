"""What articles are found and counted by, made from their texts and titles: only shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.show import admin_link, excerpt
from corpus.models import RunningCount, SearchPassage, SearchWord, UnindexedArticle


@admin.register(SearchPassage)
class SearchPassageAdmin(CorpusTable):
    list_display = ("title", "is_title", "start", "end")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("article",)
    search_fields = ("article__title",)
    more_lookups = ("article", "document")
    ordering = ("-id",)
    readonly_fields = ("text_link", "start", "end", "next", "words")
    fields = readonly_fields
    csv_columns = columns("id=pk corpus=corpus.slug article_id document_id start end next")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article", "corpus")

    @admin.display(description="article", ordering="article__title")
    def title(self, row: Any) -> str:
        return excerpt(row.article.title, 100)

    @admin.display(description="of the title", boolean=True)
    def is_title(self, row: Any) -> bool:
        return row.document_id is None

    @admin.display(description="text")
    def text_link(self, row: Any) -> Any:
        return admin_link(row.document or row.article)


@admin.register(SearchWord)
class SearchWordAdmin(CorpusTable):
    list_display = ("word", "corpus")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus",)
    search_fields = ("word",)
    ordering = ("word", "id")
    readonly_fields = ("word", "corpus")
    fields = readonly_fields
    csv_columns = columns("id=pk corpus=corpus.slug word")


@admin.register(UnindexedArticle)
class UnindexedArticleAdmin(CorpusTable):
    list_display = ("title", "corpus")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("article", "corpus")
    search_fields = ("article__title",)
    ordering = ("id",)
    readonly_fields = ("article_link", "corpus")
    fields = readonly_fields
    csv_columns = columns("id=pk corpus=corpus.slug article_id title=article.title")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article", "corpus")

    @admin.display(description="article", ordering="article__title")
    def title(self, row: Any) -> str:
        return excerpt(row.article.title, 100)

    @admin.display(description="article")
    def article_link(self, row: Any) -> Any:
        return admin_link(row.article)


@admin.register(RunningCount)
class RunningCountAdmin(CorpusTable):
    list_display = ("name", "corpus", "number")
    list_filter = (CORPUS_FILTER, "name")
    list_select_related = ("corpus",)
    ordering = ("id",)
    readonly_fields = ("name", "corpus", "number")
    fields = readonly_fields
    csv_columns = columns("id=pk corpus=corpus.slug name number")
