"""Outlets and articles: what was published. Their texts come in through the readers only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable, ShownInline
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.forms import WholeForm
from corpus.admin.show import admin_link, excerpt, list_link, outside
from corpus.models import Article, Document, Outlet
from corpus.provenance.addresses import stated_by


class OutletForm(WholeForm):
    sentences = {
        "outlet_domain_once": "Another outlet of this corpus has this domain.",
    }


@admin.register(Outlet)
class OutletAdmin(CorpusTable):
    form = OutletForm
    edit_role = add_role = delete_role = "manager"
    list_display = ("name", "domain", "corpus", "article_count")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus",)
    search_fields = ("name", "domain")
    ordering = ("name",)
    autocomplete_fields = ("corpus",)
    fields = ("corpus", "name", "domain")
    csv_columns = columns(
        "id=pk corpus=corpus.slug name domain articles=articles_of_it",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(articles_of_it=count_of(Article, "outlet"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("corpus",) if obj else ()

    @admin.display(description="articles", ordering="articles_of_it")
    def article_count(self, row: Any) -> Any:
        return list_link(Article, f"{row.articles_of_it:,}", outlet__id__exact=row.pk)


class ArticleAdminForm(WholeForm):
    sentences = {
        "article_url_once": "Another article of this corpus has this URL.",
        "article_key_once": "Another article of this corpus has this file key.",
        "article_published_order": "The earliest date is after the latest one.",
    }

    def clean_outlet(self) -> Any:
        outlet = self.cleaned_data["outlet"]
        if outlet and outlet.corpus_id != self.instance.corpus_id:
            raise ValidationError("This outlet belongs to another corpus.")
        return outlet


class TextInline(ShownInline):
    model = Document
    fields = ("version_link", "length", "extractor", "encoding", "retrieved")
    readonly_fields = fields
    verbose_name_plural = "texts, newest first"

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("article")
        return rows.defer("text", "source_map")

    @admin.display(description="version")
    def version_link(self, row: Any) -> Any:
        return admin_link(row, f"text {row.version}")


PUBLISHED = ("published_edtf", ("published_earliest", "published_latest"), "published_basis")


@admin.register(Article)
class ArticleAdmin(CorpusTable):
    """The metadata are edited here; articles come by ingestion and are never deleted in bulk."""

    form = ArticleAdminForm
    edit_role = "manager"
    list_display = ("headline", "outlet", "published_edtf", "language", "corpus", "text_count", "created")
    list_filter = (CORPUS_FILTER, "language", "practice", ("copy_of", admin.EmptyFieldListFilter), ("outlet", VisibleRelated))
    list_select_related = ("corpus", "outlet", "cluster")
    more_lookups = ("cluster", "copy_of")
    search_fields = ("title", "key", "url", "outlet__name")
    search_help_text = "Search by title, file key, URL or outlet. To search the texts, use the article list of the corpus."
    date_hierarchy = "published_earliest"
    ordering = ("-created", "id")
    autocomplete_fields = ("outlet",)
    readonly_fields = (
        *("corpus", "id", "source_file", "created", "web_page", "cluster", "copy_of", "similarity", "copy_decided"),
        *("outlet_basis", "url_basis", "claimed_url", "claimed_outlet", "claimed_by"),
    )
    inlines = (TextInline,)
    fieldsets = (
        (None, {"fields": ("title", ("outlet", "outlet_basis"), "corpus", "language", "practice")}),
        ("Published", {"fields": PUBLISHED}),
        ("Story and duplicates", {"fields": ("cluster", ("copy_of", "similarity"), "copy_decided")}),
        (
            "Source",
            {
                "fields": (
                    "web_page",
                    "url",
                    "url_basis",
                    "claimed_url",
                    "claimed_outlet",
                    "claimed_by",
                    "key",
                    "source_file",
                    "id",
                    "created",
                )
            },
        ),
    )
    csv_columns = columns(
        "id=pk corpus=corpus.slug key title outlet=outlet.name outlet_basis url url_basis claimed_url claimed_outlet claimed_by source_file language published=published_edtf "
        "published_earliest published_latest published_basis practice story=cluster.name copy_of=copy_of_id similarity texts=texts_of_it created",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(texts_of_it=count_of(Document, "article"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """An address or outlet that is entered here is stated by whoever enters it."""
        for name in {"url", "outlet"} & set(form.changed_data):
            setattr(obj, f"{name}_basis", stated_by(request.user) if getattr(obj, name) else "")
        super().save_model(request, obj, form, change)

    @admin.display(description="title", ordering="title")
    def headline(self, row: Any) -> str:
        return excerpt(row.title, 100)

    @admin.display(description="texts", ordering="texts_of_it")
    def text_count(self, row: Any) -> Any:
        return list_link(Document, f"{row.texts_of_it:,}", article__id__exact=row.pk)

    @admin.display(description="web page")
    def web_page(self, row: Any) -> Any:
        return outside(row.url)
